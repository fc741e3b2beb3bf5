import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { View } from '../../src/core/profile/queries/query-model.ts';
import { canGiveUp, finish, giveUp, throwIfGivenUp } from '../../src/runs/give-up.ts';
import { openProfileSession } from '../../src/runs/profile-session.ts';

const worker = new URL('../../src/runs/profile-worker.ts', import.meta.url);

describe('a file that is given up while it is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright giving up '));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is as it was, and the profile is still there', async () => {
    const path = join(folder, 'long.folded');
    writeFileSync(path, Array.from({ length: 60_000 }, (_, at) => `main;work${at % 1000};of${at} 1\n`).join(''));
    const old = join(folder, 'old.speedscope.json');
    writeFileSync(old, 'as it was');
    const session = await openProfileSession(path, { worker });
    const { defaultView: view } = await session.ask('overview', undefined);
    const writeAndGiveUp = async (to: string, afterMs: number) => {
      const cancel = new AbortController();
      const writing = session.write(to, view, cancel.signal);
      await delay(afterMs);
      cancel.abort();
      await assert.rejects(writing, { name: 'AbortError' });
    };
    await writeAndGiveUp(old, 50);
    await writeAndGiveUp(join(folder, 'new.pb.gz'), 0);
    // Answered when the worker has left the writing.
    assert.equal((await session.ask('overview', undefined)).samples, 60_000);
    assert.deepEqual(readdirSync(folder).sort(), ['long.folded', 'old.speedscope.json']);
    assert.equal(readFileSync(old, 'utf8'), 'as it was');
    await assertIsWritten(session.write, view);
    session.close();
  });

  const assertIsWritten = async (
    write: (path: string, view: View, signal: AbortSignal) => Promise<readonly string[]>,
    view: View,
  ) => {
    const cancel = new AbortController();
    const to = join(folder, 'whole.svg');
    await write(to, view, cancel.signal);
    cancel.abort();
    assert.match(readFileSync(to, 'utf8'), /<\/svg>\s*$/);
  };

  it('is either written or given up', () => {
    const late = canGiveUp();
    finish(late);
    assert.equal(giveUp(late), false);
    throwIfGivenUp(late);
    const early = canGiveUp();
    assert.equal(giveUp(early), true);
    assert.throws(() => finish(early), { name: 'AbortError' });
  });
});
