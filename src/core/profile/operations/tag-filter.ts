import { compilePattern } from '../../pattern.ts';
import { IntKeyMap } from '../int-key-map.ts';
import { keepSamples } from '../keep-samples.ts';
import { NONE, type Profile } from '../profile.ts';
import { type SampleTags, sampleTags } from './sample-tags.ts';
import { tagRange } from './tag-range.ts';

/** Only samples with a label that is meant: `go tool pprof -tagfocus`. */
export function tagFocus(profile: Profile, filter: string): Profile {
  const isMeant = tagged(profile, filter);
  return keepSamples(profile, isMeant);
}

/** Without the samples that have a label which is meant: `go tool pprof -tagignore`. */
export function tagIgnore(profile: Profile, filter: string): Profile {
  const isMeant = tagged(profile, filter);
  return keepSamples(profile, (sample) => !isMeant(sample));
}

/**
 * By sample, whether it has a label that a filter means. `KEY=RE,RE` means a label of this key in whose text one of the patterns is found;
 * `RE,RE` means samples where each pattern is found in `key:text` of some label; and `128kb:`, `:1s`, `10ms:20ms`, `KEY=64b` mean numbers.
 * (`compileTagFilter` in https://github.com/google/pprof/blob/main/internal/driver/driver_focus.go)
 */
function tagged(profile: Profile, filter: string): (sample: number) => boolean {
  const isMeant = tagPredicate(profile, filter);
  const { thread, labels } = profile.samples;
  const known = new IntKeyMap(64);
  return (sample) => {
    let answer = known.get(thread[sample], labels[sample]);
    if (answer === NONE) {
      answer = isMeant(sampleTags(profile, thread[sample], labels[sample])) ? 1 : 0;
      known.set(thread[sample], labels[sample], answer);
    }
    return answer === 1;
  };
}

function tagPredicate(profile: Profile, filter: string): (tags: SampleTags) => boolean {
  const split = filter.indexOf('=');
  const key = split < 0 ? undefined : filter.slice(0, split);
  const value = filter.slice(split + 1);
  const isOfKey = (tag: { readonly key: string }) => key === undefined || tag.key === key;
  const isInRange = tagRange(profile, value);
  if (isInRange) return ({ numbers }) => numbers.some((tag) => isOfKey(tag) && isInRange(tag));
  const patterns = value.split(',').map(compilePattern);
  if (key === undefined) {
    return ({ texts }) => patterns.every((isFound) => texts.some((tag) => isFound(`${tag.key}:${tag.text}`)));
  }
  return ({ texts }) => texts.some((tag) => isOfKey(tag) && patterns.some((isFound) => isFound(tag.text)));
}
