import { LocationTree } from '../kernels/pprof-samples.ts';
import { ProfileBuilder } from '../profile/builder.ts';
import { NONE, type Origin, type Profile, type ValueType } from '../profile/profile.ts';
import { type Importer, type ImportWatch, MalformedInput } from './importer.ts';
import { LabelSets } from './pprof/label-sets.ts';
import { LocationFrames } from './pprof/location-frames.ts';
import { mayMislead, requestedHz } from './pprof/meaning.ts';
import { prunedCode } from './pprof/pruned-code.ts';
import { isPprof } from './pprof/recognises.ts';
import { readSamples } from './pprof/samples.ts';
import { FORMAT, full, type Survey, survey } from './pprof/survey.ts';
import { warningsOf } from './pprof/warnings.ts';
import type { ByteSource } from './reading/byte-source.ts';
import { countFromFirst } from './reading/count-from-first.ts';
import { frameStacks, renumber } from './reading/frame-stacks.ts';

/**
 * pprof's profile.proto, which Go, Pyroscope, Parca, Datadog, perf_data_converter and many others write. Format:
 * https://github.com/google/pprof/blob/main/proto/profile.proto and, where that is silent, the package `profile` beside it. Two passes,
 * since samples come before what they refer to: everything else, then the samples. Memory is that of the resulting tables and some
 * megabytes: up to 20 times the file.
 */
export const pprof: Importer = {
  format: FORMAT,
  extensions: ['.pb.gz', '.pb', '.pprof', '.prof', '.cpu', '.heap'],
  recognises: isPprof,
  read,
};

function read(source: ByteSource, watch: ImportWatch): Profile {
  const half = (from: number): ImportWatch => ({
    progress: (bytesRead) => watch.progress(Math.round((from + bytesRead) / 2)),
  });
  const found = survey(source, half(0));
  const { strings, code } = found;
  const values = valueTypes(found);
  const builder = new ProfileBuilder();
  const pruning = prunedCode(found);
  const places = new LocationFrames(builder, strings, code, pruning.firstLine);
  // A sample has a byte or more for each value, and three bytes beside them.
  const most = Math.min(found.sampleCount, Math.ceil(source.size / (values.length + 3)));
  const tree = new LocationTree(Math.min(most, MOST_EXPECTED_STACKS), full);
  const labels = new LabelSets(builder, strings);
  const read = readSamples(source, half(source.size), {
    ids: code.locations.ids,
    tree,
    pruned: pruning.pruned,
    labels,
    valueCount: values.length,
    most,
  });
  const { stacks, ofNode } = frameStacks(tree.kernel, places.first, places.frames.finish());
  const { samples } = read;
  renumber(samples.stack, ofNode);
  const startTimeNs = labels.timeBase === undefined ? 0 : countFromFirst(samples.time) + Number(labels.timeBase);
  const period = periodOf(found);
  const tables = builder.finish({
    origin: {
      format: FORMAT,
      startTimeNs,
      durationNs: found.durationNanos > 0 ? found.durationNanos : Number.NaN,
      ...wallStart(found),
      period,
      comments: found.comments.map((comment) => strings.text(comment)),
      mayMislead: mayMislead(values, period),
    },
    quality: { requestedHz: requestedHz(period) },
    defaultValue: defaultValue(values, strings.text(found.defaultSampleType)),
  });
  const warnings = warningsOf(found, places, labels, read, pruning.problem);
  return {
    ...tables,
    functions: places.functionTable(),
    frames: places.frameTable(),
    stacks,
    samples,
    values,
    quality: { ...tables.quality, warnings },
  };
}

/** What room is made for beforehand: a file may claim any number. */
function wallStart({ timeNanos }: Survey): Partial<Origin> {
  if (timeNanos === 0n) return {};
  const wallStartRestNs = Number(timeNanos % 1_000_000n);
  return { wallStartMs: Number(timeNanos / 1_000_000n) + wallStartRestNs / 1e6, wallStartRestNs };
}

const MOST_EXPECTED_STACKS = 1 << 22;

function valueTypes({ valueTypes, strings, problem }: Survey): ValueType[] {
  if (valueTypes.length === 0)
    throw new MalformedInput(FORMAT, `it doesn't say what its values are${because(problem)}`);
  if (!valueTypes.every(({ type, unit }) => strings.has(type) && strings.has(unit)))
    throw new MalformedInput(
      FORMAT,
      `the names of its values are not among its ${strings.length} strings${because(problem)}`,
    );
  return valueTypes.map(({ type, unit }) => ({ type: strings.text(type), unit: strings.text(unit) }));
}

function because(problem: string): string {
  return problem === '' ? '' : `: ${problem}`;
}

/** The last one, unless the file names another. */
function defaultValue(values: readonly ValueType[], type: string): number {
  const named = type === '' ? NONE : values.findIndex((value) => value.type === type);
  return named === NONE ? values.length - 1 : named;
}

function periodOf({ periodType, period, strings }: Survey): (ValueType & { amount: number }) | null {
  const [type, unit] = [strings.text(periodType.type), strings.text(periodType.unit)];
  return type === '' && unit === '' && period === 0 ? null : { type, unit, amount: period };
}
