import { type LabelSetIndex, NONE, type Profile, type ThreadIndex } from '../profile.ts';

/** Labels of a sample. */
export interface SampleTags {
  readonly texts: readonly { readonly key: string; readonly text: string }[];
  readonly numbers: readonly { readonly key: string; readonly number: number }[];
}

/** A sample's labels, its thread's name and numbers among them as in the pprof file that is written: `comm`, `pid`, `tid`. */
export function sampleTags(
  { strings, threads, labelSets }: Profile,
  thread: ThreadIndex,
  labels: LabelSetIndex,
): SampleTags {
  const texts: { key: string; text: string }[] = [];
  const numbers: { key: string; number: number }[] = [];
  if (thread !== NONE) {
    texts.push({ key: 'comm', text: strings[threads.name[thread]] });
    if (threads.pid[thread] !== NONE) numbers.push({ key: 'pid', number: threads.pid[thread] });
    if (threads.tid[thread] !== NONE) numbers.push({ key: 'tid', number: threads.tid[thread] });
  }
  if (labels !== NONE) {
    for (let at = labelSets.start[labels]; at < labelSets.start[labels + 1]; at++) {
      const key = strings[labelSets.key[at]];
      if (Number.isNaN(labelSets.number[at])) texts.push({ key, text: strings[labelSets.text[at]] });
      else numbers.push({ key, number: labelSets.number[at] });
    }
  }
  return { texts, numbers };
}
