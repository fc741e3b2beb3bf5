import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { baseName, isUnknownName } from '../../src/core/profile/unknown-name.ts';
import { openRecording } from '../../src/runs/open-recording.ts';
import { must } from '../support/compiled-program.ts';
import { foreignProgram } from '../support/foreign-program.ts';
import { needTool } from '../support/need-tool.ts';
import { differences, type Rows, reportedSelf, totalDifferences } from '../support/perf-report.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const LAB = join(ROOT, 'experiments', 'cpu-profiling');

/** Programs whose recordings are compared, function by function, with what perf itself counts. */
const CASES = [
  ['planted-c', 'fp'],
  ['planted-cpp', 'fp'],
  ['planted-cpp', 'dwarf'],
  ['json', 'fp'],
  // Rust's library keeps frame pointers only since 1.79: before, what is taken for a caller may be any number on the stack.
  ['words', 'dwarf'],
] as const;

describe('costs per function', { skip: needTool('perf', 'gcc', 'g++', 'make', 'rustc') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-exactness-'));
  before(() => must(['make', '-s', '-C', LAB]));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [program, callGraph] of CASES) {
    it(`of ${program}, with stacks by ${callGraph}, are those of perf report, self and total`, async () => {
      const recording = join(folder, `${program}.${callGraph}.data`);
      const isForeign = program === 'json' || program === 'words';
      const target = isForeign ? foreignProgram(program, folder) : [join(LAB, 'build', program), '1'];
      const how = ['-q', '-F', '999', '--call-graph', callGraph, '-e', 'cpu-clock'];
      must(['perf', 'record', ...how, '-o', recording, '--', ...target]);
      const { self, total, samples } = await counted(recording);
      assert.ok(samples > 100, `${samples} samples`);
      assert.deepEqual(differences(self, reportedSelf(recording)), []);
      assert.deepEqual(totalDifferences(total, recording, samples), []);
    });
  }
});

/** Our own rows, in the words of perf report: inlined functions belong to the machine code they are in. */
async function counted(recording: string): Promise<{ self: Rows; total: Rows; samples: number }> {
  const model = new QueryModel(await openRecording(recording, { inlines: false }));
  const value = model.profile.values.findIndex(({ type }) => type === 'samples');
  const view = { ...model.defaultView, value, inlines: false };
  const { rows, total: samples } = ask(model, 'top', { view, by: 'function' });
  const keyed = rows.map(({ name, module, self, total }) => {
    const where = module === '' ? '[unknown]' : baseName(module);
    return { key: isUnknownName(name, module) ? `? [${where}]` : `${name} [${where}]`, self, total };
  });
  return {
    self: keyed.filter(({ self }) => self > 0).map(({ key, self }) => [key, self]),
    total: keyed.map(({ key, total }) => [key, total]),
    samples,
  };
}
