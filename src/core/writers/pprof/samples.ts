import { LABEL, PROFILE, SAMPLE } from '../../importers/pprof/fields.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { type LabelSetIndex, NONE, type Profile, type ThreadIndex } from '../../profile/profile.ts';
import type { ProtobufWriter } from '../protobuf-writer.ts';
import type { Locations } from './locations.ts';
import type { StringTable } from './string-table.ts';

/**
 * Writes the samples; those of one thread, stack and set of labels are one. Gives by location whether it is in a stack that was
 * written.
 */
export function writeSamples(
  out: ProtobufWriter,
  strings: StringTable,
  profile: Profile,
  locations: Locations,
): Uint8Array {
  const { stack, thread, labels } = profile.samples;
  const isUsed = new Uint8Array(locations.length);
  const weights = merged(profile);
  for (let row = 0; row < weights.first.length; row++) {
    const sample = weights.first[row];
    const ofStack = stack[sample] === NONE ? [] : locations.ofStack(stack[sample]);
    for (const location of ofStack) isUsed[location] = 1;
    out.message(PROFILE.sample, (message) => {
      message.integers(
        SAMPLE.location,
        ofStack.map((location) => location + 1),
      );
      message.integers(
        SAMPLE.value,
        weights.values.map((column) => int64(column[row])),
      );
      if (thread[sample] !== NONE) writeThread(message, strings, profile, thread[sample]);
      if (labels[sample] !== NONE) writeLabels(message, strings, profile, labels[sample]);
    });
  }
  return isUsed;
}

/** By value type: the weight of all samples, and that of what is written of them, which are whole numbers. */
export function writtenTotals(profile: Profile): { readonly exact: number; readonly written: number }[] {
  return merged(profile).values.map((column) => ({
    exact: column.reduce((sum, weight) => sum + weight, 0),
    written: column.reduce((sum, weight) => sum + int64(weight), 0),
  }));
}

/** A weight as it is written: the nearest whole number of 64 bits. */
function int64(weight: number): number {
  return Math.min(MOST_WEIGHT, Math.max(-MOST_WEIGHT, Math.round(weight)));
}

/** The largest below 2^63 that a double has. */
export const MOST_WEIGHT = 2 ** 63 - 1024;

/** The labels that perf_data_converter gives: the thread's name, and its numbers where they are known. */
function writeThread(message: ProtobufWriter, strings: StringTable, profile: Profile, thread: ThreadIndex): void {
  const { pid, tid, name } = profile.threads;
  message.message(SAMPLE.label, (label) => {
    label.integer(LABEL.key, strings.index('comm'));
    label.integer(LABEL.text, strings.index(profile.strings[name[thread]]));
  });
  for (const [key, number] of Object.entries({ pid: pid[thread], tid: tid[thread] })) {
    if (number === NONE) continue;
    message.message(SAMPLE.label, (label) => {
      label.integer(LABEL.key, strings.index(key));
      label.integer(LABEL.number, number);
    });
  }
}

function writeLabels(message: ProtobufWriter, strings: StringTable, profile: Profile, set: LabelSetIndex): void {
  const { start, key, text, number, unit } = profile.labelSets;
  for (let at = start[set]; at < start[set + 1]; at++) {
    message.message(SAMPLE.label, (label) => {
      label.integer(LABEL.key, strings.index(profile.strings[key[at]]));
      if (Number.isNaN(number[at])) {
        label.integer(LABEL.text, strings.index(profile.strings[text[at]]));
        return;
      }
      label.integer(LABEL.number, Math.round(number[at]));
      if (unit[at] !== 0) label.integer(LABEL.unit, strings.index(profile.strings[unit[at]]));
    });
  }
}

/**
 * Weights by value type of samples that have thread, stack and labels in common, with the first sample of each; those that
 * weigh nothing are left out.
 */
function merged({ samples }: Profile): { first: readonly number[]; values: readonly (readonly number[])[] } {
  const known = new IntKeyMap(1024);
  const kinds = new IntKeyMap(64);
  let kindCount = 0;
  const first: number[] = [];
  const sums: number[][] = samples.weights.map(() => []);
  for (let sample = 0; sample < samples.length; sample++) {
    let kind = kinds.get(samples.thread[sample], samples.labels[sample]);
    if (kind === -1) {
      kind = kindCount++;
      kinds.set(samples.thread[sample], samples.labels[sample], kind);
    }
    let row = known.get(samples.stack[sample], kind);
    if (row === -1) {
      row = first.push(sample) - 1;
      known.set(samples.stack[sample], kind, row);
      for (const column of sums) column.push(0);
    }
    for (let value = 0; value < sums.length; value++) sums[value][row] += samples.weights[value][sample];
  }
  const kept = [...first.keys()].filter((row) => sums.some((column) => column[row] !== 0));
  return { first: kept.map((row) => first[row]), values: sums.map((column) => kept.map((row) => column[row])) };
}
