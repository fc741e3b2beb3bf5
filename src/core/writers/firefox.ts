import { NONE, type Profile, type SampleIndex, type ThreadIndex, type ValueIndex } from '../profile/profile.ts';
import { baseName } from '../profile/unknown-name.ts';
import { fileFunctionLosses } from './file-functions.ts';
import { CATEGORIES, ThreadTables } from './firefox/thread-tables.ts';
import { nameLosses } from './name-losses.ts';
import { singleValueLosses, unitLosses } from './single-value-losses.ts';
import { TextBytes } from './text-bytes.ts';
import type { Writer } from './writer.ts';

/**
 * A processed profile of the Firefox Profiler, version 49, as samply writes it: profiler.firefox.com opens it.
 * (https://github.com/firefox-devtools/profiler/blob/main/docs-developer/processed-profile-format.md)
 */
export const firefox: Writer = {
  format: 'Firefox profile',
  extension: '.profile.json',
  losses(profile, options = {}) {
    const losses = [
      ...fileFunctionLosses(profile),
      ...nameLosses(profile),
      ...singleValueLosses(profile),
      ...unitLosses(profile, ['bytes', ...UNIT_NS.keys()], options),
    ];
    if (profile.samples.time.some((time) => Number.isNaN(time)))
      losses.push('Samples without a time are at the start.');
    return losses;
  },
  write(profile, options = {}) {
    const value = options.value ?? profile.defaultValue;
    const out = new TextBytes();
    out.add(
      `{"meta":${JSON.stringify(meta(profile, options.looked ?? []))},"libs":${JSON.stringify(libs(profile))},"threads":[`,
    );
    const byThread = Map.groupBy(samplesInTime(profile), (sample) => profile.samples.thread[sample]);
    // Without a thread the file is none.
    if (byThread.size === 0) byThread.set(NONE, []);
    let isFirst = true;
    for (const [thread, samples] of byThread) {
      if (!isFirst) out.add(',');
      isFirst = false;
      writeThread(out, profile, thread, samples, value);
    }
    out.add('],"pages":[],"profilerOverhead":[],"counters":[]}\n');
    return out.finish();
  },
};

function meta({ origin }: Profile, looked: readonly string[]) {
  const { amount, unit } = origin.period ?? { amount: Number.NaN, unit: '' };
  const unitNs = UNIT_NS.get(unit);
  return {
    interval: unitNs !== undefined && amount > 0 ? (amount * unitNs) / 1e6 : 1,
    startTime: Number.isNaN(origin.wallStartMs) ? 0 : origin.wallStartMs,
    processType: 0,
    product: origin.commandLine.join(' ') || origin.producer || origin.format,
    importedFrom: origin.producer || origin.format,
    version: 24,
    preprocessedProfileVersion: 49,
    categories: CATEGORIES,
    debug: false,
    stackwalk: 1,
    symbolicated: true,
    pausedRanges: [],
    markerSchema: [],
    usesOnlyOneStackType: false,
    sourceCodeIsNotOnSearchfox: true,
    // The front end's profile info has it.
    ...(looked.length > 0 && { extra: [partSection(looked)] }),
  };
}

function partSection(looked: readonly string[]) {
  return {
    label: 'Part of a recording',
    entries: looked.map((value) => ({ label: 'Shown', format: 'string', value })),
  };
}

function libs({ modules, strings }: Profile) {
  return Array.from({ length: modules.length }, (_, module) => {
    const path = strings[modules.path[module]];
    const buildId = strings[modules.buildId[module]];
    const name = baseName(path);
    return { name, path, debugName: name, debugPath: path, breakpadId: '', codeId: buildId || null, arch: null };
  });
}

/** The front end wants a thread's samples in order of time. */
function samplesInTime({ samples }: Profile): SampleIndex[] {
  const rows = Array.from(samples.stack.keys());
  return rows.sort((a, b) => (samples.time[a] || 0) - (samples.time[b] || 0) || a - b);
}

function writeThread(
  out: TextBytes,
  profile: Profile,
  thread: ThreadIndex,
  rows: readonly SampleIndex[],
  value: ValueIndex,
): void {
  const { samples, threads, strings } = profile;
  const { unit } = profile.values[value];
  const unitNs = UNIT_NS.get(unit);
  const weights = samples.weights[value];
  const tables = new ThreadTables(profile);
  const stacks = rows.map((sample) => (samples.stack[sample] === NONE ? null : tables.stack(samples.stack[sample])));
  const [pid, tid] = thread === NONE ? [NONE, NONE] : [threads.pid[thread], threads.tid[thread]];
  const facts = {
    name: thread === NONE ? 'no thread' : strings[threads.name[thread]],
    processName: processName(profile, thread),
    processType: 'default',
    // Text that is no number where the process isn't known.
    pid: pid === NONE ? 'unknown' : String(pid),
    tid: tid === NONE ? 'unknown' : tid,
    isMainThread: pid !== NONE && pid === tid,
    processStartupTime: 0,
    processShutdownTime: null,
    registerTime: 0,
    unregisterTime: null,
    pausedRanges: [],
    markers: { length: 0, category: [], data: [], endTime: [], name: [], phase: [], startTime: [] },
  };
  out.add(
    `${JSON.stringify(facts).slice(0, -1)},"samples":{"length":${rows.length},"weightType":"${weightType(unit)}"`,
  );
  writeColumn(out, 'stack', stacks);
  writeColumn(
    out,
    'time',
    rows.map((sample) => (samples.time[sample] || 0) / 1e6),
  );
  writeColumn(
    out,
    'weight',
    // `tracing-ms`: times are milliseconds.
    rows.map((sample) => (unitNs === undefined ? weights[sample] : (weights[sample] * unitNs) / 1e6)),
  );
  out.add('}');
  for (const [name, { length, columns }] of tables.finish()) {
    out.add(`,"${name}":{"length":${length}`);
    for (const [column, cells] of Object.entries(columns)) writeColumn(out, column, cells);
    out.add('}');
  }
  out.add(',"stringArray":[');
  for (const [index, text] of tables.strings.entries()) out.add(`${index === 0 ? '' : ','}${JSON.stringify(text)}`);
  out.add(']}');
}

/** The name of a process is that of its first thread. A thread that has no name would be taken to be called so. */
function processName({ threads, strings }: Profile, thread: ThreadIndex): string {
  if (thread === NONE || strings[threads.name[thread]] === '') return '';
  const first = threads.pid.findIndex(
    (pid, row) => pid === threads.pid[thread] && pid !== NONE && threads.tid[row] === pid,
  );
  return first === NONE ? '' : strings[threads.name[first]];
}

function weightType(unit: string): string {
  if (UNIT_NS.has(unit)) return 'tracing-ms';
  return unit === 'bytes' ? 'bytes' : 'samples';
}

function writeColumn(out: TextBytes, name: string, cells: readonly (number | boolean | null)[]): void {
  out.add(`,"${name}":[`);
  for (const [index, cell] of cells.entries()) out.add(index === 0 ? `${cell}` : `,${cell}`);
  out.add(']');
}

/** Units of time, in nanoseconds. */
const UNIT_NS: ReadonlyMap<string, number> = new Map([
  ['nanoseconds', 1],
  ['microseconds', 1e3],
  ['milliseconds', 1e6],
  ['seconds', 1e9],
]);
