import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { operated } from '../../../src/core/profile/operations/index.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { threadLabel } from '../../../src/core/profile/thread-label.ts';
import { speedscope } from '../../../src/core/writers/speedscope.ts';

describe('a thread is called', () => {
  it('by its name and number, or by what of them is known', () => {
    assert.equal(threadLabel({ name: 'render', tid: 42 }), 'render (42)');
    assert.equal(threadLabel({ name: 'render', tid: NONE }), 'render');
    assert.equal(threadLabel({ name: '', tid: 42 }), 'thread 42');
    assert.equal(threadLabel({ name: '', tid: NONE }), 'unnamed thread');
  });

  it('so as the root of a tree; a process that is not known has no number', () => {
    const rootsOf = (by: 'thread' | 'process') => {
      const { strings, functions, frames, stacks } = operated(PROFILE, [{ op: 'root', by }]);
      const roots = Array.from(stacks.parent.keys()).filter((stack) => stacks.parent[stack] === NONE);
      return roots.map((stack) => strings[functions.name[frames.function[stacks.frame[stack]]]]);
    };
    assert.deepEqual(rootsOf('thread'), ['MainThread', 'thread 7', 'w (3)', 'w', 'unnamed thread']);
    assert.deepEqual(rootsOf('process'), ['(no process known)', 'process 5']);
  });

  it('so in a speedscope file, and has the same name and number when that is read again', () => {
    const bytes = speedscope.write(PROFILE);
    const { profiles } = JSON.parse(Buffer.from(bytes).toString()) as { profiles: { name: string }[] };
    const [, ...names] = profiles.map(({ name }) => name);
    assert.deepEqual(names, ['MainThread', 'thread 7', 'w (3) (-1)', 'w (3)', 'w', ' (-1)']);
    const { threads, strings } = importProfile(bytesInMemory(bytes));
    assert.deepEqual(
      Array.from(threads.tid, (tid, thread) => [strings[threads.name[thread]], tid]),
      THREADS.map(([, tid, name]) => [name, tid]),
    );
  });
});

const THREADS: readonly (readonly [pid: number, tid: number, name: string])[] = [
  [NONE, NONE, 'MainThread'],
  [NONE, 7, ''],
  [NONE, NONE, 'w (3)'],
  [5, 3, 'w'],
  [NONE, NONE, 'w'],
  [NONE, NONE, ''],
];

const PROFILE = (() => {
  const builder = new ProfileBuilder();
  const stack = builder.stackOf([builder.frame({ function: builder.function({ name: 'main' }) })]);
  for (const [at, [pid, tid, name]] of THREADS.entries())
    builder.addWeight(builder.sample(stack, builder.thread(pid, tid, name), at), builder.value('samples', 'count'), 1);
  return builder.finish();
})();
