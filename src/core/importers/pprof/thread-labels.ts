import type { Label } from '../../profile/builder.ts';
import { NONE } from '../../profile/profile.ts';

export interface ThreadLabels {
  /** The thread that labels tell of; `undefined` where they tell of none. */
  readonly thread: { readonly pid: number; readonly tid: number; readonly name: string } | undefined;
  /** The other labels. A number of 0 without a unit is none: that is how a label is written that has no value. */
  readonly rest: readonly Label[];
}

/**
 * Takes the labels that name a thread out of the others: those of perf_data_converter (comm, pid, tid), of Datadog's profilers
 * (thread name, thread id), of Parca (thread_id, thread_name) and of pprof-rs (thread). The first of a kind counts.
 */
export function splitLabels(labels: readonly Label[]): ThreadLabels {
  let pid = NONE;
  let tid = NONE;
  let name: string | undefined;
  let isThread = false;
  const rest: Label[] = [];
  for (const label of labels) {
    const part = PARTS.get(label.key);
    const number = wholeNumber(label);
    if (part === 'pid' && pid === NONE && number !== undefined) pid = number;
    else if ((part === 'tid' || label.key === 'thread') && tid === NONE && number !== undefined) tid = number;
    else if (part === 'name' && name === undefined && isName(label)) name = 'text' in label ? label.text : '';
    else {
      if ('text' in label || label.number !== 0 || (label.unit ?? '') !== '') rest.push(label);
      continue;
    }
    isThread = true;
  }
  return { thread: isThread ? { pid, tid, name: name ?? '' } : undefined, rest };
}

const PARTS = new Map<string, 'pid' | 'tid' | 'name'>([
  ['pid', 'pid'],
  ['process_id', 'pid'],
  ['process id', 'pid'],
  ['tid', 'tid'],
  ['thread_id', 'tid'],
  ['thread id', 'tid'],
  ['comm', 'name'],
  ['thread', 'name'],
  ['thread_name', 'name'],
  ['thread name', 'name'],
]);

/** The number of a process or thread, be it written as text. */
function wholeNumber(label: Label): number | undefined {
  if ('text' in label && !/^\d{1,10}$/.test(label.text)) return undefined;
  const number = 'text' in label ? Number(label.text) : label.number;
  return Number.isInteger(number) && number >= 0 && number <= 0x7fff_ffff ? number : undefined;
}

/** A text, or a label without a value: a thread without a name. */
function isName(label: Label): boolean {
  return 'text' in label || label.number === 0;
}
