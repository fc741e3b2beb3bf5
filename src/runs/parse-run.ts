import { RUN_SCHEMA, RUN_STATES, type Run } from './run.ts';

/**
 * A run from the text of its run.json, which may come from another version or from somebody else's repository: what is read of it
 * is checked, above all that no file named in it lies outside the run's folder.
 * @throws MalformedRun naming what was found and expected
 */
export function parseRun(text: string, id: string): Run {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MalformedRun(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const run = object(value, 'run');
  if (run['schema'] !== RUN_SCHEMA) {
    throw new MalformedRun(`has schema ${JSON.stringify(run['schema'])}; this version reads ${RUN_SCHEMA}`);
  }
  if (run['id'] !== id) throw new MalformedRun(`has id ${JSON.stringify(run['id'])} in the folder ${id}`);
  for (const name of ['kind', 'title', 'cwd', 'start', 'end'] as const) string(run[name], name);
  if (Number.isNaN(Date.parse(String(run['start'])))) throw new MalformedRun('has a start that is not a time');
  if (!RUN_STATES.some((state) => state === run['state'])) {
    throw new MalformedRun(`has state ${JSON.stringify(run['state'])}; expected one of ${RUN_STATES.join(', ')}`);
  }
  const tool = object(run['tool'], 'tool');
  string(tool['name'], 'tool.name');
  string(tool['version'], 'tool.version');
  strings(run['argv'], 'argv');
  target(object(run['target'], 'target'));
  for (const artifact of list(run['artifacts'], 'artifacts')) {
    const { file, bytes, sha256 } = object(artifact, 'artifact');
    if (typeof file !== 'string' || !/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(file)) {
      throw new MalformedRun(`names the artifact ${JSON.stringify(file)}; expected a plain file name`);
    }
    number(bytes, 'artifact.bytes');
    string(sha256, 'artifact.sha256');
  }
  for (const source of list(run['sources'], 'sources')) {
    const { file, path } = object(source, 'source');
    string(path, 'source.path');
    if (typeof file !== 'string' || !/^sources\/[0-9a-f]{64}$/.test(file)) {
      throw new MalformedRun(`names the source copy ${JSON.stringify(file)}; expected sources/ and a SHA-256`);
    }
  }
  for (const finding of list(run['findings'], 'findings')) {
    const fields = object(finding, 'finding');
    for (const name of ['id', 'level', 'what', 'why', 'fix', 'fallback']) string(fields[name], `finding.${name}`);
  }
  optional(run['exit'], 'exit');
  const summary = optional(run['summary'], 'summary');
  if (summary !== null) {
    number(summary['samples'], 'summary.samples');
    for (const value of list(summary['values'], 'summary.values')) {
      const fields = object(value, 'summary.values');
      string(fields['type'], 'summary.values.type');
      string(fields['unit'], 'summary.values.unit');
      number(fields['total'], 'summary.values.total');
    }
    list(summary['top'], 'summary.top');
  }
  const quality = optional(run['quality'], 'quality');
  if (quality !== null) strings(quality['warnings'], 'quality.warnings');
  optional(run['environment'], 'environment');
  const owner = optional(run['owner'], 'owner');
  if (owner !== null) {
    string(owner['host'], 'owner.host');
    string(owner['boot'], 'owner.boot');
    string(owner['pidNamespace'], 'owner.pidNamespace');
    for (const process of list(owner['processes'], 'owner.processes')) {
      const fields = object(process, 'owner.process');
      number(fields['pid'], 'owner.process.pid');
      number(fields['startTicks'], 'owner.process.startTicks');
    }
  }
  return run as unknown as Run;
}

/** A run.json that can't be read. The message goes on from the file's name: "is not JSON: …". */
export class MalformedRun extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'MalformedRun';
  }
}

type Fields = Readonly<Record<string, unknown>>;

function target(fields: Fields): void {
  if (fields['kind'] === 'program') strings(fields['argv'], 'target.argv');
  else if (fields['kind'] === 'process') {
    number(fields['pid'], 'target.pid');
    strings(fields['argv'], 'target.argv');
  } else if (fields['kind'] === 'file') string(fields['path'], 'target.path');
  else throw new MalformedRun(`has a target of kind ${JSON.stringify(fields['kind'])}`);
}

function object(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedRun(`has ${name} that is not an object`);
  }
  return value as Fields;
}

function optional(value: unknown, name: string): Fields | null {
  return value === null ? null : object(value, name);
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new MalformedRun(`has ${name} that is not a list`);
  return value;
}

function string(value: unknown, name: string): void {
  if (typeof value !== 'string') throw new MalformedRun(`has ${name} that is not text`);
}

function strings(value: unknown, name: string): void {
  for (const item of list(value, name)) string(item, name);
}

function number(value: unknown, name: string): void {
  if (typeof value !== 'number') throw new MalformedRun(`has ${name} that is not a number`);
}
