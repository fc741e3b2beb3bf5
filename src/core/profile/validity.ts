import { FRAME_KINDS, NONE, type Profile } from './profile.ts';

/**
 * What is wrong with a profile's tables, in words, at most one finding per column; empty where it is sound. Every importer's result
 * passes through here, so that what follows can trust indices without checking them again.
 */
export function invalidities(profile: Profile): readonly string[] {
  const { strings, modules, functions, frames, stacks, samples, threads, labelSets, values } = profile;
  const findings: string[] = [];
  const isWhole = (name: string, column: ArrayLike<unknown>, rows: number) => {
    if (column.length !== rows) findings.push(`${name} has ${column.length} rows, its table ${rows}`);
  };
  const inRange = (name: string, column: ArrayLike<number>, rows: number, least: number, end: number) => {
    isWhole(name, column, rows);
    const row = column instanceof Int32Array ? outsideOf(column, least, end) : outside(column, least, end);
    if (row >= 0) findings.push(`${name}[${row}] is ${column[row]}, expected ${least} to ${end - 1}`);
  };
  if (strings[0] !== '') findings.push(`strings[0] is ${JSON.stringify(strings[0])}, expected ""`);
  inRange('modules.path', modules.path, modules.length, 0, strings.length);
  inRange('modules.buildId', modules.buildId, modules.length, 0, strings.length);
  inRange('functions.name', functions.name, functions.length, 0, strings.length);
  inRange('functions.fullName', functions.fullName, functions.length, 0, strings.length);
  inRange('functions.systemName', functions.systemName, functions.length, 0, strings.length);
  inRange('functions.file', functions.file, functions.length, 0, strings.length);
  isWhole('functions.startLine', functions.startLine, functions.length);
  inRange('functions.module', functions.module, functions.length, NONE, modules.length);
  inRange('frames.function', frames.function, frames.length, NONE, functions.length);
  inRange('frames.file', frames.file, frames.length, 0, strings.length);
  isWhole('frames.line', frames.line, frames.length);
  isWhole('frames.column', frames.column, frames.length);
  isWhole('frames.address', frames.address, frames.length);
  inRange('frames.module', frames.module, frames.length, NONE, modules.length);
  inRange('frames.inlined', frames.inlined, frames.length, 0, 2);
  inRange('frames.kind', frames.kind, frames.length, 0, FRAME_KINDS.length);
  inRange('stacks.frame', stacks.frame, stacks.length, 0, frames.length);
  isWhole('stacks.parent', stacks.parent, stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    if (!(stacks.parent[stack] >= NONE && stacks.parent[stack] < stack)) {
      findings.push(`stacks.parent[${stack}] is ${stacks.parent[stack]}: a parent comes before its children`);
      break;
    }
  }
  inRange('samples.stack', samples.stack, samples.length, NONE, stacks.length);
  inRange('samples.thread', samples.thread, samples.length, NONE, threads.length);
  isWhole('samples.time', samples.time, samples.length);
  inRange('samples.labels', samples.labels, samples.length, NONE, labelSets.length);
  const labels = labelSets.key.length;
  inRange('labelSets.start', labelSets.start, labelSets.length + 1, 0, labels + 1);
  inRange('labelSets.key', labelSets.key, labels, 0, strings.length);
  inRange('labelSets.text', labelSets.text, labels, 0, strings.length);
  inRange('labelSets.unit', labelSets.unit, labels, 0, strings.length);
  isWhole('labelSets.number', labelSets.number, labels);
  isWhole('threads.pid', threads.pid, threads.length);
  isWhole('threads.tid', threads.tid, threads.length);
  inRange('threads.name', threads.name, threads.length, 0, strings.length);
  if (values.length === 0) findings.push('values is empty, expected at least one value type');
  if (samples.weights.length !== values.length) {
    findings.push(`samples.weights has ${samples.weights.length} columns for ${values.length} value types`);
  }
  for (const [value, column] of samples.weights.entries()) {
    isWhole(`samples.weights[${value}]`, column, samples.length);
    const bad = notFinite(column);
    if (bad >= 0) findings.push(`samples.weights[${value}][${bad}] is ${column[bad]}, expected a finite number`);
  }
  if (!values[profile.defaultValue]) findings.push(`defaultValue is ${profile.defaultValue}, of ${values.length}`);
  return findings;
}

/** The first row that isn't at least one number and less than another; -1 where there's none. */
function outside(column: ArrayLike<number>, least: number, end: number): number {
  for (let row = 0; row < column.length; row++) if (!(column[row] >= least && column[row] < end)) return row;
  return -1;
}

/** The same for one kind of columns, the large ones: a loop over several takes thrice as long. */
function outsideOf(column: Int32Array, least: number, end: number): number {
  for (let row = 0; row < column.length; row++) if (column[row] < least || column[row] >= end) return row;
  return -1;
}

function notFinite(column: Float64Array): number {
  for (let row = 0; row < column.length; row++) if (column[row] - column[row] !== 0) return row;
  return -1;
}
