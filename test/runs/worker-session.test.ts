import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { openComparison } from '../../src/runs/comparison-session.ts';
import { openProfileSession } from '../../src/runs/profile-session.ts';

describe('a worker that dies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright dying '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  /** The real worker, in which a regular expression can be asked for that ends its thread. */
  const worker = pathToFileURL(
    write(
      'dying-worker.mjs',
      `import { parentPort } from 'node:worker_threads';
parentPort.on('message', (message) => {
  if (JSON.stringify(message).includes('end of it')) process.exit(7);
});
await import(${JSON.stringify(new URL('../../src/runs/profile-worker.ts', import.meta.url).href)});\n`,
    ),
  );
  const deadly = { data: [{ op: 'ignore', pattern: 'end of it' }] };

  it('fails what it was asked, in words, and the next question is answered by another', async () => {
    const path = write('profile.folded', 'main;first 3\n');
    const session = await openProfileSession(path, { worker });
    const asked = await Promise.allSettled([
      session.ask('knownOperations', deadly),
      session.ask('knownOperations', deadly),
    ]);
    for (const { reason } of asked as PromiseRejectedResult[])
      assert.equal(
        reason.message,
        `The profile of ${path} was lost: its thread ended with code 7. Try again, and it is read anew.`,
      );
    const [one, other] = await Promise.all([session.ask('overview', undefined), session.ask('overview', undefined)]);
    assert.deepEqual([one.samples, other.samples], [3, 3]);
    session.close();
    await assert.rejects(session.ask('overview', undefined), { message: `The profile of ${path} was closed.` });
  });

  it('says why it can not be opened anew, and is opened once it can', async () => {
    const path = write('missing.folded', 'main;first 3\n');
    const session = await openProfileSession(path, { worker });
    await assert.rejects(session.ask('knownOperations', deadly), /was lost/);
    rmSync(path);
    await assert.rejects(session.ask('overview', undefined), /ENOENT/);
    write('missing.folded', 'main;first 4\n');
    assert.equal((await session.ask('overview', undefined)).samples, 4);
    session.close();
  });

  it('opens two that were swapped as they were swapped', async () => {
    const part = (name: string, text: string) => ({ path: write(name, text), part: null });
    const session = await openComparison(part('a.folded', 'main 3\n'), part('b.folded', 'main 4\n'), { worker });
    await session.swap();
    const sides = await session.ask('diffSides', undefined);
    await assert.rejects(session.ask('knownOperations', deadly), /^Error: The comparison was lost/);
    assert.deepEqual(await session.ask('diffSides', undefined), sides);
    session.close();
  });

  it('is not opened anew for what was closed meanwhile', async () => {
    const session = await openProfileSession(write('closed.folded', 'main;first 3\n'), { worker });
    await assert.rejects(session.ask('knownOperations', deadly), /was lost/);
    const asked = session.ask('overview', undefined);
    session.close();
    await assert.rejects(asked, /was closed/);
  });
});
