import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { FRAME_KINDS, NONE } from '../../../src/core/profile/profile.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';

describe('profile builder', () => {
  it('gives the same index for the same thing, and another where anything differs', () => {
    const builder = new ProfileBuilder();
    const [a, b] = [builder.module('/bin/a'), builder.module('/bin/a', 'abcd')];
    assert.equal(builder.module('/bin/a'), a);
    assert.notEqual(a, b);
    const work = builder.function({ name: 'work', module: a });
    assert.equal(builder.function({ name: 'work', module: a }), work);
    for (const other of [
      { file: 'a.c' },
      { startLine: 3 },
      { fullName: 'work(int)' },
      { systemName: '_Z4workv' },
      { module: b },
    ]) {
      assert.notEqual(builder.function({ name: 'work', module: a, ...other }), work, JSON.stringify(other));
    }
    const frame = builder.frame({ function: work, line: 4 });
    assert.equal(builder.frame({ function: work, line: 4 }), frame);
    const others = [
      { line: 5 },
      { column: 2 },
      { address: 7n },
      { inlined: true },
      { kind: 'jit' as const },
      { module: a },
    ];
    for (const other of others) {
      assert.notEqual(builder.frame({ function: work, line: 4, ...other }), frame, Object.keys(other).join());
    }
    const thread = builder.thread(1, 2, 'main');
    assert.equal(builder.thread(1, 2, 'main'), thread);
    for (const other of [builder.thread(2, 2, 'main'), builder.thread(1, 3, 'main'), builder.thread(1, 2, 'renamed')]) {
      assert.notEqual(other, thread);
    }
    const stack = builder.stackOf([frame, frame]);
    assert.equal(builder.stackOf([frame, frame]), stack);
    assert.notEqual(builder.stackOf([frame]), stack);
    assert.equal(builder.stackOf([]), NONE);
  });

  it('keeps every column of every row', () => {
    const builder = new ProfileBuilder();
    const module = builder.module('/lib/libé.so', '0123abcd');
    const func = builder.function({
      name: 'n',
      fullName: 'n(int)',
      systemName: '_Z1ni',
      file: '/src/n.cc',
      startLine: 7,
      module,
    });
    const frame = builder.frame({
      function: func,
      line: 9,
      column: 3,
      module,
      address: 2n ** 64n - 1n,
      inlined: true,
      kind: 'jit',
    });
    builder.sample(builder.stackOf([frame]), builder.thread(-1, 0, ''), 12.5);
    const { strings, modules, functions, frames, threads, samples } = builder.finish();
    assert.equal(strings[0], '');
    assert.deepEqual([strings[modules.path[0]], strings[modules.buildId[0]]], ['/lib/libé.so', '0123abcd']);
    const texts = [functions.name, functions.fullName, functions.systemName, functions.file].map(
      (column) => strings[column[0]],
    );
    assert.deepEqual(texts, ['n', 'n(int)', '_Z1ni', '/src/n.cc']);
    assert.deepEqual([functions.startLine[0], functions.module[0]], [7, 0]);
    assert.deepEqual([frames.function[0], frames.line[0], frames.column[0], frames.module[0]], [0, 9, 3, 0]);
    assert.deepEqual([frames.address[0], frames.inlined[0], FRAME_KINDS[frames.kind[0]]], [2n ** 64n - 1n, 1, 'jit']);
    assert.deepEqual([threads.pid[0], threads.tid[0], strings[threads.name[0]]], [-1, 0, '']);
    assert.deepEqual([samples.stack[0], samples.thread[0], samples.time[0]], [0, 0, 12.5]);
  });

  it('holds many samples, and a value type that comes late weighs nothing before', () => {
    const builder = new ProfileBuilder();
    const first = builder.value('a', 'count');
    const frames = Array.from({ length: 300 }, (_, line) => builder.frame({ function: NONE, line }));
    for (let row = 0; row < 5000; row++) {
      builder.addWeight(builder.sample(builder.stack(NONE, frames[row % 300]), NONE, row), first, row);
    }
    const second = builder.value('b', 'count');
    assert.equal(builder.value('a', 'count'), first);
    const last = builder.sample(NONE, NONE, Number.NaN);
    builder.addWeight(last, second, 2);
    builder.addWeight(last, second, 3);
    const profile = builder.finish();
    assert.equal(profile.samples.length, 5001);
    assert.equal(profile.stacks.length, 300);
    for (const column of [
      profile.samples.stack,
      profile.samples.thread,
      profile.samples.time,
      ...profile.samples.weights,
    ]) {
      assert.equal(column.length, 5001);
    }
    assert.equal(profile.samples.weights[first][4999], 4999);
    assert.equal(profile.samples.time[1234], 1234);
    assert.equal(
      profile.samples.weights[second].reduce((sum, weight) => sum + weight),
      5,
    );
    assert.deepEqual(invalidities(profile), []);
  });

  it('has one value type where none was added', () => {
    const profile = new ProfileBuilder().finish();
    assert.deepEqual(profile.values, [{ type: 'samples', unit: 'count' }]);
    assert.deepEqual(invalidities(profile), []);
  });
});
