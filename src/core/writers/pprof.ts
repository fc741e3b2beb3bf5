import { gzipSync } from 'fflate';
import { PROFILE, VALUE_TYPE } from '../importers/pprof/fields.ts';
import { mayMislead } from '../importers/pprof/meaning.ts';
import type { Origin, Profile, ValueIndex, ValueType } from '../profile/profile.ts';
import { formatAmount } from '../units.ts';
import { fileFunctionLosses } from './file-functions.ts';
import { nameLosses } from './name-losses.ts';
import { writeCode } from './pprof/code.ts';
import { locations } from './pprof/locations.ts';
import { MOST_WEIGHT, writeSamples, writtenTotals } from './pprof/samples.ts';
import { StringTable } from './pprof/string-table.ts';
import { ProtobufWriter } from './protobuf-writer.ts';
import type { Writer } from './writer.ts';

/**
 * pprof's profile.proto, compressed: what `go tool pprof`, Pyroscope and Parca read. All value types are in it; samples
 * of one thread and stack are added up. (https://github.com/google/pprof/blob/main/proto/profile.proto)
 */
export const pprof: Writer = {
  format: 'pprof',
  extension: '.pb.gz',
  losses(profile) {
    const { samples, threads, labelSets } = profile;
    const losses = fileFunctionLosses(profile);
    if (samples.time.some((time) => !Number.isNaN(time))) losses.push('Times of samples are left out.');
    losses.push(...nameLosses(profile));
    if (threads.length > 1)
      losses.push('Threads are labels (comm, pid, tid); pprof adds them up unless it is told not to.');
    if (samples.weights.some((column) => column.some((weight) => !Number.isInteger(weight)))) {
      losses.push(`Values are rounded to whole numbers${roundingText(profile)}.`);
    } else if (
      samples.weights.some((column) => column.reduce((sum, weight) => sum + Math.abs(weight), 0) > MOST_WEIGHT)
    ) {
      losses.push(`Values have room below 2^63${roundingText(profile)}.`);
    }
    if (labelSets.number.some((number) => !Number.isNaN(number) && !Number.isInteger(number)))
      losses.push('Numbers in labels are rounded to whole ones.');
    return losses;
  },
  write(profile, options = {}) {
    return gzipSync(pprofBytes(profile, options.value ?? profile.defaultValue), { mtime: 0 });
  },
};

/** What rounding, and the room there is, make of the totals, where that is more than a thousandth of one. */
function roundingText(profile: Profile): string {
  const changed = writtenTotals(profile).flatMap(({ exact, written }, value) => {
    const { type, unit } = profile.values[value];
    const amount = (total: number) => formatAmount(total, unit);
    return Math.abs(written - exact) > Math.abs(exact) / 1000
      ? `${type}, ${amount(exact)}, become ${amount(written)}`
      : [];
  });
  return changed.length === 0 ? '' : `: ${changed.join(', ')}`;
}

function pprofBytes(profile: Profile, defaultValue: ValueIndex): Uint8Array {
  const { origin, quality, values } = profile;
  const out = new ProtobufWriter();
  const strings = new StringTable();
  for (const value of values) writeValueType(out, PROFILE.sampleType, strings, value);
  const places = locations(profile);
  const isUsed = writeSamples(out, strings, profile, places);
  writeCode(out, strings, profile, places, isUsed);
  const startNs = wallStartNs(origin);
  if (startNs > 0) out.integer(PROFILE.timeNanos, startNs);
  if (origin.durationNs > 0) out.integer(PROFILE.durationNanos, Math.round(origin.durationNs));
  const period = origin.period ?? periodOfRate(values[defaultValue], quality.requestedHz);
  if (period) {
    writeValueType(out, PROFILE.periodType, strings, period);
    out.integer(PROFILE.period, Math.round(period.amount));
  }
  out.integers(
    PROFILE.comment,
    comments(profile, mayMislead(values, period)).map((comment) => strings.index(comment)),
  );
  out.integer(PROFILE.defaultSampleType, strings.index(values[defaultValue].type));
  for (const text of strings.texts) out.text(PROFILE.stringTable, text);
  return out.finish();
}

function writeValueType(out: ProtobufWriter, field: number, strings: StringTable, { type, unit }: ValueType): void {
  out.message(field, (message) => {
    message.integer(VALUE_TYPE.type, strings.index(type));
    message.integer(VALUE_TYPE.unit, strings.index(unit));
  });
}

/** When the recording began, in nanoseconds since 1970, which are beyond 2^53; 0 where it isn't known. */
function wallStartNs({ wallStartMs, wallStartRestNs, startTimeNs }: Origin): bigint {
  if (wallStartRestNs >= 0) {
    const wholeMs = Math.round(wallStartMs - wallStartRestNs / 1e6);
    return BigInt(wholeMs) * 1_000_000n + BigInt(wallStartRestNs);
  }
  // To the microsecond, which is about what a number of milliseconds since 1970 holds.
  if (!Number.isNaN(wallStartMs)) return BigInt(Math.round(wallStartMs * 1e3)) * 1000n;
  // A recording counts time by its own clock; one of so many nanoseconds counts from 1970.
  return startTimeNs > YEAR_2001_NS ? BigInt(Math.round(startTimeNs)) : 0n;
}

/** The time between samples that a recorder was asked for. */
function periodOfRate(value: ValueType, requestedHz: number): Origin['period'] {
  if (value.unit !== 'nanoseconds' || !(requestedHz > 0)) return null;
  return { type: value.type, unit: value.unit, amount: 1e9 / requestedHz };
}

/**
 * What was said of the profile, and what pprof has no field for, each once; `go tool pprof -comments` prints it. Without what is `known`
 * of any file with such values, which its reader says again.
 */
function comments({ origin, quality }: Profile, known: readonly string[]): readonly string[] {
  const about = {
    producer: origin.producer,
    command: origin.commandLine.join(' '),
    host: origin.hostname,
    architecture: origin.architecture,
    'lost samples': quality.lostSamples > 0 ? String(quality.lostSamples) : '',
  };
  const told = Object.entries(about).flatMap(([key, text]) => (text === '' ? [] : `${key}: ${text}`));
  const misleading = origin.mayMislead.filter((sentence) => !known.includes(sentence));
  return [...new Set([...origin.comments, ...told, ...misleading, ...quality.warnings])];
}

const YEAR_2001_NS = 1e18;
