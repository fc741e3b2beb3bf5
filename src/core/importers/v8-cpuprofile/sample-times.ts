import type { Float64Column } from '../../profile/column.ts';
import { isMicroseconds } from '../reading/microseconds.ts';

export interface SampleTimes {
  readonly isTimed: boolean;
  /** By position in time: the sample's number. Undefined where the file has them in order of time. */
  readonly order: Int32Array | undefined;
  /** By sample: microseconds since the start, NaN where the file has none. */
  readonly timeUs: Float64Array;
  /** By sample: microseconds until the next in time; of the last until the end of the recording. 0 without a time. */
  readonly lengthUs: Float64Array;
  readonly warnings: readonly string[];
}

interface Recorded {
  readonly count: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly timeDeltas: Float64Column;
  readonly timestamps: Float64Column;
}

/**
 * When samples were taken and how long each stands for. V8 puts some samples into the list later than others of a later time: their
 * deltas are negative. As in Chrome's DevTools samples are put in order of time then, and so no length is negative, and their sum is
 * right. (speedscope sets such a sample to the time of the one before.) A sample stands for the time until the next; the last until the
 * end of the recording, as in VS Code; speedscope gives it no time.
 */
export function sampleTimes({ count, startUs, endUs, timeDeltas, timestamps }: Recorded): SampleTimes {
  const timeUs = new Float64Array(count).fill(Number.NaN);
  const lengthUs = new Float64Array(count);
  const warnings: string[] = [];
  const column = timeDeltas.length > 0 ? timeDeltas : timestamps;
  const known = Math.min(count, column.length);
  const isTimed = known > 0;
  if (!isTimed) return { isTimed, order: undefined, timeUs, lengthUs, warnings };
  const base = Number.isNaN(startUs) ? 0 : startUs;
  let last = 0;
  let notNumbers = 0;
  let backwards = 0;
  for (let sample = 0; sample < known; sample++) {
    const number = column.at(sample);
    const time = column === timeDeltas ? last + number : number - base;
    if (!isMicroseconds(time)) notNumbers++;
    else {
      if (sample > 0 && time < last) backwards++;
      last = time;
    }
    timeUs[sample] = last;
  }
  const order = backwards === 0 ? undefined : Int32Array.from(timeUs.subarray(0, known).keys());
  order?.sort((a, b) => timeUs[a] - timeUs[b] || a - b);
  for (let position = 0; position < known; position++) {
    const sample = order ? order[position] : position;
    const isLast = position === known - 1;
    const next = isLast ? endUs - base : timeUs[order ? order[position + 1] : position + 1];
    lengthUs[sample] = isMicroseconds(next) ? Math.max(0, next - timeUs[sample]) : 0;
  }
  if (count > known) warnings.push(`Samples without a time: ${count - known}.`);
  if (notNumbers > 0) warnings.push(`Times that are no numbers, taken for those before: ${notNumbers}.`);
  if (backwards > 0) warnings.push(`Samples listed after later ones, put in order of time: ${backwards}.`);
  return { isTimed, order, timeUs, lengthUs, warnings };
}
