import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SharedWork, type Watch } from '../../src/host/shared-work.ts';

/** Work that is ended by hand, and those who wait for it. */
function begun() {
  const result = Promise.withResolvers<string>();
  let own: Watch<number> | undefined;
  const work = new SharedWork<string, number>((watch) => {
    own = watch;
    watch.signal.addEventListener('abort', () => result.reject(watch.signal.reason));
    return result.promise;
  });
  const wait = () => {
    const cancel = new AbortController();
    const seen: number[] = [];
    return { cancel, seen, result: work.wait({ signal: cancel.signal, progress: (at) => seen.push(at) }) };
  };
  return { work, wait, end: result.resolve, fail: result.reject, own: own! };
}

describe('work that several wait for', () => {
  it('gives all the same, and tells all how far it is', async () => {
    const { wait, end, own } = begun();
    const first = wait();
    own.progress(1);
    const second = wait();
    own.progress(2);
    end('done');
    assert.deepEqual(await Promise.all([first.result, second.result]), ['done', 'done']);
    assert.deepEqual([first.seen, second.seen], [[1, 2], [2]]);
  });

  it('goes on for the others where one gives it up, who hears no more of it', async () => {
    const { wait, end, own } = begun();
    const [first, second] = [wait(), wait()];
    first.cancel.abort(new Error('enough'));
    await assert.rejects(first.result, /enough/);
    own.progress(1);
    assert.deepEqual([first.seen, second.seen, own.signal.aborted], [[], [1], false]);
    end('done');
    assert.equal(await second.result, 'done');
  });

  it('is given up when all have given it up', async () => {
    const { work, wait, own } = begun();
    const all = [wait(), wait()];
    for (const { cancel } of all) cancel.abort();
    for (const { result } of all) await assert.rejects(result, { name: 'AbortError' });
    assert.ok(own.signal.aborted && work.isOver);
  });

  it('is given up where the only one who waits had given up before', async () => {
    const { work, own } = begun();
    await assert.rejects(work.wait({ signal: AbortSignal.abort(), progress() {} }), { name: 'AbortError' });
    assert.ok(own.signal.aborted);
  });

  it('fails for all', async () => {
    const { wait, fail } = begun();
    const all = [wait(), wait()];
    fail(new Error('broken'));
    for (const { result } of all) await assert.rejects(result, /broken/);
  });
});
