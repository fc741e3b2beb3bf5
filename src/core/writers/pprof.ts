import { gzipSync } from 'fflate';
import { PROFILE, VALUE_TYPE } from '../importers/pprof/fields.ts';
import type { Profile, ValueIndex, ValueType } from '../profile/profile.ts';
import { writeCode } from './pprof/code.ts';
import { locations } from './pprof/locations.ts';
import { writeSamples } from './pprof/samples.ts';
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
  losses({ samples, functions, threads }) {
    const losses: string[] = [];
    if (samples.time.some((time) => !Number.isNaN(time))) losses.push('Times of samples are left out.');
    if (Array.from(functions.fullName).some((fullName, index) => fullName !== functions.name[index])) {
      losses.push('Functions are named without parameters.');
    }
    if (threads.length > 1)
      losses.push('Threads are labels (comm, pid, tid); pprof adds them up unless it is told not to.');
    if (samples.weights.some((column) => column.some((weight) => !Number.isInteger(weight)))) {
      losses.push('Values are rounded to whole numbers.');
    }
    return losses;
  },
  write(profile, options = {}) {
    return gzipSync(pprofBytes(profile, options.value ?? profile.defaultValue), { mtime: 0 });
  },
};

function pprofBytes(profile: Profile, defaultValue: ValueIndex): Uint8Array {
  const { origin, quality, values } = profile;
  const out = new ProtobufWriter();
  const strings = new StringTable();
  for (const value of values) writeValueType(out, PROFILE.sampleType, strings, value);
  const places = locations(profile);
  const isUsed = writeSamples(out, strings, profile, places);
  writeCode(out, strings, profile, places, isUsed);
  // A recording counts time by its own clock; only one that shows the date says when it was made.
  if (origin.startTimeNs > YEAR_2001_NS) out.integer(PROFILE.timeNanos, BigInt(Math.round(origin.startTimeNs)));
  if (origin.durationNs > 0) out.integer(PROFILE.durationNanos, Math.round(origin.durationNs));
  if (values[defaultValue].unit === 'nanoseconds' && quality.requestedHz > 0) {
    writeValueType(out, PROFILE.periodType, strings, values[defaultValue]);
    out.integer(PROFILE.period, Math.round(1e9 / quality.requestedHz));
  }
  out.integers(
    PROFILE.comment,
    comments(profile).map((comment) => strings.index(comment)),
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

/** What pprof has no field for; `go tool pprof -comments` prints it. */
function comments({ origin, quality }: Profile): readonly string[] {
  const about = {
    producer: origin.producer,
    command: origin.commandLine.join(' '),
    host: origin.hostname,
    architecture: origin.architecture,
    'lost samples': quality.lostSamples > 0 ? String(quality.lostSamples) : '',
  };
  const known = Object.entries(about).filter(([, text]) => text !== '');
  return [...known.map(([key, text]) => `${key}: ${text}`), ...origin.mayMislead, ...quality.warnings];
}

/** A clock of more nanoseconds counts from 1970. */
const YEAR_2001_NS = 1e18;
