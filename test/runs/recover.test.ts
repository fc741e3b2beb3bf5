import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { RUN_MARK } from '../../src/runs/leftovers.ts';
import { recoverInterrupted } from '../../src/runs/recover.ts';
import type { RunOwner } from '../../src/runs/run.ts';
import { claim, ownerOf, release } from '../../src/runs/run-owner.ts';
import { openStore, type RunStore } from '../../src/runs/store.ts';
import { draft } from './drafts.ts';

let workspace: string;
let store: RunStore;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'recover-'));
  store = openStore(workspace);
});
afterEach(() => {
  store.close();
  rmSync(workspace, { recursive: true, force: true });
});

const recording = (owner: RunOwner | null) =>
  store.create(draft({ state: 'recording', end: '', summary: null, owner }));
const dead = (): RunOwner => ({ ...ownerOf([]), processes: [{ pid: process.ppid, startTicks: 1 }] });
/** The header of a perf.data file and some data, of the size it says, or 0 as while it is being written. */
function perfData(sizeInHeader: number): Buffer {
  const bytes = Buffer.alloc(500);
  bytes.write('PERFILE2');
  bytes.writeBigUInt64LE(104n, 40);
  bytes.writeBigUInt64LE(BigInt(sizeInHeader), 48);
  return bytes;
}

describe('recoverInterrupted', () => {
  test('a run whose recorder is dead is offered with what it holds', async () => {
    const run = await recording(dead());
    writeFileSync(join(store.runFolder(run.id), 'perf.data'), perfData(0));
    const [found, ...others] = await recoverInterrupted(store);
    assert.equal(others.length, 0);
    assert.deepEqual([found?.id, found?.state, found?.owner], [run.id, 'interrupted', null]);
    assert.equal(found?.artifacts[0]?.bytes, 500);
    assert.match(found.artifacts[0]?.sha256 ?? '', /^[0-9a-f]{64}$/);
    assert.notEqual(found.end, '');
    assert.deepEqual(
      found.findings.map(({ id }) => id),
      ['interrupted'],
    );
    assert.deepEqual(await store.get(run.id), found);
    assert.deepEqual(await recoverInterrupted(store), []);
  });

  test('a recording that is a link to a device holds nothing', async () => {
    const run = await recording(dead());
    symlinkSync('/dev/urandom', join(store.runFolder(run.id), 'perf.data'));
    const [found] = await recoverInterrupted(store);
    assert.deepEqual([found?.state, found?.artifacts], ['interrupted', []]);
  });

  test('one that holds nothing says so', async () => {
    const run = await recording(dead());
    writeFileSync(join(store.runFolder(run.id), 'perf.data'), perfData(0).subarray(0, 104));
    const [found] = await recoverInterrupted(store);
    assert.deepEqual([found?.state, found?.artifacts, found?.findings[0]?.fix], ['interrupted', [], 'Record again.']);
  });

  test('a run that is still being recorded is left alone', async () => {
    await recording(ownerOf([process.ppid]));
    const own = await recording(ownerOf([process.pid]));
    claim(own.id);
    assert.deepEqual(await recoverInterrupted(store), []);
    release(own.id);
    assert.deepEqual(
      (await recoverInterrupted(store)).map(({ id }) => id),
      [own.id],
    );
  });

  test('a recorder from before the machine was started again is dead', async () => {
    await recording({ ...ownerOf([process.ppid]), boot: 'another' });
    assert.equal((await recoverInterrupted(store)).length, 1);
  });

  test('a recorder in another container or on another machine is alive for as long as it gives a sign', async () => {
    const elsewhere = { ...ownerOf([process.pid]), pidNamespace: 'pid:[1]' };
    const onAnother = { ...ownerOf([process.pid]), host: 'another', boot: 'another' };
    const runs = [await recording(elsewhere), await recording(onAnother), await recording(null)];
    assert.deepEqual(await recoverInterrupted(store), []);
    const old = Date.now() / 1000 - 3600;
    for (const { id } of runs) utimesSync(join(store.runFolder(id), 'run.json'), old, old);
    await store.touch(runs[0]!.id);
    const found = (await recoverInterrupted(store)).map(({ id }) => id);
    assert.deepEqual(found.toSorted(), [runs[1]!.id, runs[2]!.id].toSorted());
  });

  test('what still runs of it, since its watchdog was killed too, is ended', async () => {
    const run = await recording(dead());
    const left = spawn('sleep', ['60'], {
      env: { ...process.env, [RUN_MARK]: run.id },
      stdio: 'ignore',
      detached: true,
    });
    const ended = once(left, 'exit');
    await recoverInterrupted(store);
    assert.deepEqual(await ended, [null, 'SIGKILL']);
  });

  test('a run that is deleted meanwhile holds up no other', async () => {
    const runs = [await recording(dead()), await recording(dead()), await recording(dead())];
    const [, { id }] = runs.toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const otherWindow = openStore(workspace);
    store.isAlive = async (run) => {
      if (run.id === id) await otherWindow.remove(id);
      return false;
    };
    const failed: string[] = [];
    const found = await recoverInterrupted(store, (run, error) => failed.push(`${run.id} ${(error as Error).name}`));
    assert.deepEqual(
      found.map((run) => run.id).toSorted(),
      runs
        .map((run) => run.id)
        .filter((one) => one !== id)
        .toSorted(),
    );
    assert.deepEqual(failed, [`${id} NoSuchRun`]);
  });

  test('finished runs are left as they are', async () => {
    for (const state of ['done', 'failed', 'cancelled', 'interrupted'] as const) await store.create(draft({ state }));
    assert.deepEqual(await recoverInterrupted(store), []);
  });
});
