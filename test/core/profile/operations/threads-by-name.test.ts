import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../../src/core/profile/builder.ts';
import { OPERATIONS } from '../../../../src/core/profile/operations/index.ts';
import { threadsByName } from '../../../../src/core/profile/operations/threads-by-name.ts';

describe('threads by their names', () => {
  const NAMES = ['main', 'worker', 'worker-2', 'a.c', 'abc', 'x, y', 'worker', ''];
  const threads = NAMES.map((name) => ({ name }));

  /** Names of the threads whose samples are left. */
  function left(chosen: readonly number[]): string[] {
    const builder = new ProfileBuilder();
    const value = builder.value('samples', 'count');
    for (const [at, name] of NAMES.entries())
      builder.addWeight(builder.sample(-1, builder.thread(1, at, name), 0), value, 1);
    const { operation } = threadsByName(threads, chosen)!;
    assert.ok(operation.op === 'tagfocus');
    const { samples, threads: kept, strings } = OPERATIONS.tagfocus.apply(builder.finish(), operation, {} as never);
    return Array.from(samples.thread, (thread) => strings[kept.name[thread]]);
  }

  it('leave the samples of those, and of others that are called the same', () => {
    assert.deepEqual(left([0]), ['main']);
    assert.deepEqual(left([1]), ['worker', 'worker']);
    assert.deepEqual(left([3, 5]), ['a.c', 'x, y']);
  });

  it('are told with how many others are called so', () => {
    assert.deepEqual(
      [0, 1, 3].map((thread) => threadsByName(threads, [thread])!.others),
      [0, 1, 0],
    );
    assert.equal(threadsByName(threads, [1, 6])!.others, 0);
    assert.deepEqual(threadsByName(threads, [6, 0, 1])!.names, ['worker', 'main']);
  });

  it("can't be told where one has no name, or there are none", () => {
    assert.equal(threadsByName(threads, [0, 7]), undefined);
    assert.equal(threadsByName(threads, []), undefined);
  });
});
