import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { DiffView } from '../../src/core/profile/diff/queries/diff-model.ts';
import type { DiffTableOptions } from '../../src/core/profile/diff/queries/diff-table.ts';
import { type ComparedPart, type ComparisonProgress, openComparison } from '../../src/runs/comparison-session.ts';
import { REPOSITORY } from '../support/bench/repository.ts';
import { cli } from '../support/cli.ts';

const worker = new URL('../../src/runs/profile-worker.ts', import.meta.url);
const fixture = (name: string) => join(REPOSITORY, 'test', 'fixtures', name);
const whole = (path: string): ComparedPart => ({ path, part: null });
const VIEW: DiffView = { value: 0, inlines: true, kernel: true, operations: [], normalise: 'nothing', requests: null };
const TABLE: DiffTableOptions = {
  view: VIEW,
  by: 'function',
  order: 'size',
  of: 'self',
  isReversed: false,
  query: { text: '', isRegex: false, matchCase: false },
  limit: Number.MAX_SAFE_INTEGER,
};

describe('two recordings in one worker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright comparison '));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What the command line says of the same: function, before and after. */
  const fromCommandLine = async (...args: string[]) => {
    const { code, out, err } = await cli(folder, ['diff', ...args, '--json']);
    assert.equal(code, 0, err);
    const { rows } = JSON.parse(out);
    return rows.map(({ function: name, line, before, after }: Record<string, unknown>) => [name, line, before, after]);
  };
  const byText = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

  it('are compared as the command line compares them', async () => {
    const [before, now] = [fixture('perf-script/planted-c.txt'), fixture('perf-script/planted-cpp-srcline.txt')];
    const stages: ComparisonProgress[] = [];
    const session = await openComparison(whole(before), whole(now), { worker, progress: (at) => stages.push(at) });
    try {
      const { values, defaultValue } = await session.ask('diffSides', undefined);
      const value = values[defaultValue];
      for (const normalise of ['nothing', 'total', 'duration'] as const) {
        const view = { ...VIEW, value: defaultValue, normalise };
        const { rows } = await session.ask('diffTable', { ...TABLE, view });
        const theirs = await fromCommandLine(before, now, '--value', value.type, '--normalize', normalise);
        assert.ok(theirs.length > 10);
        assert.deepEqual(byText(rows.map((row) => [row.name, row.line, row.before, row.after])), byText(theirs));
      }
    } finally {
      session.close();
    }
  });

  it('are compared after the same was done to both, as the command line does it', async () => {
    const [before, now] = [fixture('perf-script/planted-c.txt'), fixture('perf-script/planted-cpp-srcline.txt')];
    const session = await openComparison(whole(before), whole(now), { worker });
    try {
      const [data, args] = [
        [{ op: 'focus', pattern: 'main' }, { op: 'hide', pattern: '^main$' }, { op: 'rm' }],
        ['--focus', 'main', '--hide', '^main$'],
      ];
      const operations = await session.ask('knownOperations', { data });
      assert.deepEqual(await session.ask('operationWords', { operations }), ['only with /main/', 'hidden /^main$/']);
      const { rows } = await session.ask('diffTable', { ...TABLE, view: { ...VIEW, operations } });
      const theirs = await fromCommandLine(before, now, ...args);
      assert.ok(theirs.length > 10);
      assert.deepEqual(byText(rows.map((row) => [row.name, row.line, row.before, row.after])), byText(theirs));
      const all = await session.ask('diffTable', TABLE);
      assert.ok(rows.length < all.rows.length, `${rows.length} of ${all.rows.length} rows are left`);
    } finally {
      session.close();
    }
  });

  it('may be one: a range of its time and the rest', async () => {
    const path = fixture('perf-script/planted-c.txt');
    const range = { from: { share: 0.5 } };
    const session = await openComparison(
      { path, part: { range, isRest: true } },
      { path, part: { range, isRest: false } },
      { worker },
    );
    try {
      const { before, after: now } = await session.ask('diffSides', undefined);
      assert.ok(before.samples > 0 && now.samples > 0);
      const { rows } = await session.ask('diffTable', TABLE);
      const theirs = await fromCommandLine(path, '--before', '..50%', '--after', '50%..');
      assert.deepEqual(byText(rows.map((row) => [row.name, row.line, row.before, row.after])), byText(theirs));
    } finally {
      session.close();
    }
  });

  it('change places without being read again', async () => {
    const [before, now] = [fixture('perf-script/planted-c.txt'), fixture('perf-script/planted-cpp-srcline.txt')];
    const stages: ComparisonProgress[] = [];
    const session = await openComparison(whole(before), whole(now), { worker, progress: (at) => stages.push(at) });
    try {
      const figures = async () =>
        (await session.ask('diffTable', TABLE)).rows.map((row) => [row.name, row.before, row.after]);
      const first = await figures();
      const read = stages.length;
      await session.swap();
      assert.deepEqual(byText(await figures()), byText(first.map(([name, was, is]) => [name, is, was])));
      assert.equal(stages.length, read);
    } finally {
      session.close();
    }
  });

  it('fail with what the one that can’t be read fails with', async () => {
    writeFileSync(join(folder, 'none.txt'), 'hello');
    const good = whole(fixture('pprof/go-cpu.pb'));
    const bad = whole(join(folder, 'none.txt'));
    await assert.rejects(openComparison(bad, good, { worker }), { name: 'UnrecognisedInput' });
    await assert.rejects(openComparison(good, bad, { worker }), { name: 'UnrecognisedInput' });
    await assert.rejects(openComparison(whole(join(folder, 'missing')), good, { worker }), /ENOENT/);
  });

  it('are given up when it is said so, and answer no more once they are closed', async () => {
    const cancel = new AbortController();
    const path = fixture('perf-script/planted-c.txt');
    const opening = openComparison(whole(path), whole(path), { worker, signal: cancel.signal });
    cancel.abort();
    await assert.rejects(opening, { name: 'AbortError' });
    const session = await openComparison(whole(path), whole(path), { worker });
    const asked = session.ask('diffSides', undefined);
    session.close();
    await assert.rejects(asked, /The comparison was closed/);
    await assert.rejects(session.ask('diffSides', undefined), /The comparison was closed/);
  });
});
