import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { RUN_MARK } from '../../src/runs/leftovers.ts';
import { openRecording } from '../../src/runs/open-recording.ts';
import { type RecordOptions, recordRun } from '../../src/runs/record.ts';
import type { Run } from '../../src/runs/run.ts';
import { openStore } from '../../src/runs/store.ts';
import { runToEnd } from '../../src/tools/run.ts';
import { needTool } from '../support/need-tool.ts';
import { processesMarked, summed, WATCHDOG } from './recordings.ts';

const PACKAGE = `package planted

func Hot(rounds int) uint64 {
	sum := uint64(1)
	for i := 0; i < rounds; i++ {
		sum = sum*6364136223846793005 + sum%7 // the hot line
	}
	return sum
}
`;
const HOT_LINE = PACKAGE.split('\n').findIndex((line) => line.includes('the hot line')) + 1;
const TESTS = `package planted

import "testing"

var kept uint64

func BenchmarkHot(b *testing.B) {
	for i := 0; i < b.N; i++ {
		kept += Hot(10000)
	}
}

func TestHot(t *testing.T) {
	for i := 0; i < 20000; i++ {
		kept += Hot(10000)
	}
}

func TestBroken(t *testing.T) {
	kept += Hot(100000000)
	t.Fatal("as planned")
}
`;

describe('a recording of go test', { skip: needTool('go') }, () => {
  const workspace = mkdtempSync(join(tmpdir(), 'record go é '));
  const store = openStore(workspace);
  const folder = join(workspace, 'a package');
  before(() => {
    mkdirSync(join(folder, 'other'), { recursive: true });
    writeFileSync(join(folder, 'go.mod'), 'module example.com/planted\n\ngo 1.19\n');
    writeFileSync(join(folder, 'planted.go'), PACKAGE);
    writeFileSync(join(folder, 'planted_test.go'), TESTS);
    writeFileSync(
      join(folder, 'other', 'other_test.go'),
      'package other\n\nimport "testing"\n\nfunc TestX(t *testing.T) {}\n',
    );
  });
  after(() => {
    store.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  const start = (argv: readonly string[], options: Partial<RecordOptions> = {}) =>
    recordRun({
      store,
      target: { kind: 'program', argv: ['go', 'test', ...argv], cwd: folder },
      watchdog: WATCHDOG,
      summarise: (_run, path) => summed(path, workspace),
      ...options,
    });
  const ids = (run: Run) => run.findings.map(({ id }) => id).filter((id) => id !== 'tool-chosen');

  test('of a benchmark has its planted line first, and what go tool pprof counts', async () => {
    const run = await start(['-run', '^$', '-bench', '.']).finished;
    assert.equal(run.state, 'done', JSON.stringify(run.findings));
    assert.equal(run.tool.name, 'go');
    assert.deepEqual(ids(run), []);
    const path = store.artifactPath(run) ?? '';
    const model = new QueryModel(await openRecording(path));
    const [line] = ask(model, 'top', { view: model.defaultView, by: 'line', limit: 1 }).rows;
    assert.deepEqual(
      [line.name, line.file, line.line],
      ['example.com/planted.Hot', join(folder, 'planted.go'), HOT_LINE],
    );
    const top = await runToEnd(['go', 'tool', 'pprof', '-top', '-unit=ns', path]);
    const [, total] = /of (\d+)ns total/.exec(top.stdout) ?? [];
    assert.equal(run.summary?.values.find(({ type }) => type === 'cpu')?.total, Number(total));
    // Nothing of it is left, neither in the run nor in the package.
    assert.deepEqual(readdirSync(store.runFolder(run.id)).sort(), ['cpu.pb.gz', 'run.json', 'stderr.txt']);
    assert.deepEqual(readdirSync(folder).sort(), ['go.mod', 'other', 'planted.go', 'planted_test.go']);
  });

  test('that fails is there all the same, with the exit code', async () => {
    const run = await start(['-run', 'Broken']).finished;
    assert.deepEqual([run.state, run.exit?.code, ids(run)], ['done', 1, ['program-failed']]);
    assert.ok((run.summary?.samples ?? 0) > 0);
  });

  test('stopped early has no profile, says why, and leaves nothing running', async () => {
    const recording = start(['-run', '^$', '-bench', '.', '-benchtime', '600s'], { graceMs: 500 });
    setTimeout(() => recording.stop(), 4000);
    const run = await recording.finished;
    assert.equal(run.state, 'cancelled');
    assert.deepEqual(ids(run), ['go-stopped-early']);
    assert.deepEqual(processesMarked(`${RUN_MARK}=${run.id}`), []);
  });

  test('of several packages, or of what can’t be built, says so', async () => {
    const several = await start(['./...']).finished;
    assert.deepEqual([several.state, ids(several)], ['failed', ['go-several-packages']]);
    writeFileSync(join(folder, 'other', 'broken.go'), 'package other\n\nfunc f() { no such thing }\n');
    const broken = await start(['./other']).finished;
    assert.deepEqual([broken.state, ids(broken)], ['failed', ['go-no-profile']]);
  });
});
