import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { recoverInterrupted } from '../../src/runs/recover.ts';
import { isFinal } from '../../src/runs/run.ts';
import { openStore } from '../../src/runs/store.ts';
import { perfFileState } from '../../src/tools/recorders/perf/perf-file-state.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { buildActor } from './actor.ts';
import { processesMarked } from './recordings.ts';

const ROUNDS = Number(process.env['PERFWRIGHT_KILL_ROUNDS'] ?? 3);
const RECORDER = fileURLToPath(new URL('recorder.ts', import.meta.url));

describe('a recorder that is killed', { skip: needTool('perf', 'cc') }, () => {
  const workspace = mkdtempSync(join(tmpdir(), 'kill-'));
  const actor = join(workspace, 'actor');
  before(() => buildActor(actor));
  after(() => rmSync(workspace, { recursive: true, force: true }));

  /** From when there is a run: it is recorded for one second, finished, and imported for 0.3 s. */
  const LONGEST_MS = 1800;
  const behaviours = [
    ['spin', '60'],
    ['stubborn', 'fork', 'spin', '60'],
    ['stubborn', 'fork', 'session', 'fork', 'spin', '60'],
    ['sleep', '60'],
    ['spin', '0.2'],
  ];

  test(`loses nothing and leaves nothing running, ${ROUNDS} times`, { timeout: ROUNDS * 20_000 }, async (t) => {
    const random = seededRandom(Number(process.env['PERFWRIGHT_KILL_SEED'] ?? Date.now()));
    const store = openStore(workspace);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const mark = `KILL_TEST=${process.pid}-${round}`;
      // One in six while it is still being prepared; not the first, so that there is a store.
      const isEarly = random() < 1 / 6 && round > 0;
      const afterMs = Math.floor(random() * (isEarly ? 600 : LONGEST_MS));
      const behaviour = behaviours[round % behaviours.length]!;
      const known = new Set((await store.list()).runs.map(({ id }) => id));
      const host = spawn(process.execPath, [RECORDER, workspace, '1000', actor, ...behaviour], {
        env: { ...process.env, KILL_TEST: mark.slice('KILL_TEST='.length), TMPDIR: workspace },
        stdio: 'ignore',
      });
      while (!isEarly && runFolders(workspace) === known.size) await sleep(5);
      await sleep(afterMs);
      host.kill('SIGKILL');
      if (host.exitCode === null && host.signalCode === null) await once(host, 'exit');
      await sleep(2000);
      const where = `round ${round}, killed ${afterMs} ms after its ${isEarly ? 'start' : 'run'} began: ${behaviour.join(' ')}`;
      await eventually(() => assert.deepEqual(processesMarked(mark), [], where));

      const listed = await store.list();
      assert.deepEqual(listed.problems, [], where);
      const mine = listed.runs.filter(({ id }) => !known.has(id));
      assert.ok(mine.length <= 1, where);
      const recovered = await recoverInterrupted(store);
      assert.deepEqual(
        recovered.map(({ id }) => id),
        mine.filter(({ state }) => !isFinal(state)).map(({ id }) => id),
        where,
      );
      for (const { id } of mine) {
        const run = await store.get(id);
        assert.ok(isFinal(run.state), where);
        const path = join(store.runFolder(id), 'perf.data');
        const state = await perfFileState(path);
        assert.equal(run.artifacts.length, state === 'finished' || state === 'unfinished' ? 1 : 0, where);
        if (run.artifacts[0] !== undefined) assert.equal(run.artifacts[0].bytes, readFileSync(path).length, where);
      }
      const outcome =
        mine[0] === undefined ? 'not yet there' : `${(await store.get(mine[0].id)).state} of ${mine[0].state}`;
      assert.ok(isEarly || mine.length === 1, where);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    t.diagnostic([...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', '));
    store.close();
    const db = new DatabaseSync(join(store.folder, 'index.db'));
    assert.deepEqual(
      db
        .prepare('PRAGMA integrity_check')
        .all()
        .map((row) => row['integrity_check']),
      ['ok'],
    );
    db.close();
  });
});

function runFolders(workspace: string): number {
  const folder = join(workspace, '.perfwright', 'runs');
  return existsSync(folder) ? readdirSync(folder).length : 0;
}
