import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callTree } from '../../../src/core/profile/call-tree.ts';
import type { Grouping } from '../../../src/core/profile/frame-keys.ts';
import { hotLines } from '../../../src/core/profile/hot-lines.ts';
import { neighbours } from '../../../src/core/profile/neighbours.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { topTable } from '../../../src/core/profile/top-table.ts';
import { withoutInlines, withoutKernel } from '../../../src/core/profile/without-frames.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';

describe('self and total', () => {
  it('a function that calls itself counts once a sample', () => {
    const profile = drawnProfile(`
      main  main  main
      fib   fib   idle
      fib   fib
      fib
    `);
    assert.deepEqual(top(profile), { fib: [2, 2], idle: [1, 1], main: [0, 3] });
  });

  it('functions that call each other count once a sample each', () => {
    const profile = drawnProfile(`
      #w     10     1
      main   main
      even   odd
      odd    even
      even   odd
      odd
    `);
    assert.deepEqual(top(profile), { odd: [11, 11], even: [0, 11], main: [0, 11] });
  });

  it('two calls on one line count once where both are in the stack, and are added up where they are not', () => {
    const profile = drawnProfile(`
      #w       4        2
      main:1   main:1
      fib:7    fib:7
      fib:7    left:3
      left:3
    `);
    assert.deepEqual(lines(profile), { 'a.c:1': [0, 6], 'a.c:3': [6, 6], 'a.c:7': [0, 6] });
  });

  it("a caller's cost lies on the line of its call, on each of its lines that called", () => {
    const profile = drawnProfile(`
      main:10  main:11  main:11
      work:5   work:5   rest:8
    `);
    assert.deepEqual(lines(profile), { 'a.c:5': [2, 2], 'a.c:8': [1, 1], 'a.c:10': [0, 1], 'a.c:11': [0, 2] });
    assert.deepEqual(top(profile), { work: [2, 2], rest: [1, 1], main: [0, 3] });
  });

  it('a function inlined from a header has its cost in the header, and its caller has it in total on the line of the call', () => {
    const profile = drawnProfile(`
      #w            5             3             1
      main@a.c:4    main@a.c:4    main@a.c:6
      ~mix@b.h:9    ~mix@b.h:10
    `);
    assert.deepEqual(lines(profile), { 'a.c:4': [0, 8], 'a.c:6': [1, 1], 'b.h:9': [5, 5], 'b.h:10': [3, 3] });
  });

  it('samples without a stack weigh in the whole and for no function', () => {
    const profile = drawnProfile(`
      #w    2    7
      main  .
    `);
    const weights = stackWeights(profile, { value: 0 });
    assert.equal(weights.total, 9);
    assert.equal(weights.stackless, 7);
    assert.deepEqual(top(profile), { main: [2, 2] });
    const tree = callTree(profile, weights);
    assert.deepEqual([...tree.total], [9, 2]);
    assert.equal(tree.self[0], 7);
  });

  it('each event counts its own samples only', () => {
    const profile = drawnProfile(`
      #e     cycles  faults  cycles
      #w     100     3       50
      main   main    main
      work   work    rest
    `);
    assert.deepEqual(top(profile, 'function', 0), { work: [100, 100], rest: [50, 50], main: [0, 150] });
    assert.deepEqual(top(profile, 'function', 1), { work: [3, 3], main: [0, 3] });
  });

  it('of chosen threads, is of their samples alone', () => {
    const profile = drawnProfile(`
      #t    main  worker  worker
      run   run   run
      a     b     b
    `);
    const worker = stackWeights(profile, { value: 0, threads: new Set([1]) });
    assert.equal(worker.total, 2);
    assert.deepEqual(
      topTable(profile, worker, 'function').map(({ self, total }) => [self, total]),
      [
        [2, 2],
        [0, 2],
      ],
    );
  });

  it('kernel and program are modules, each with what was spent under it', () => {
    const profile = drawnProfile(`
      main    main
      k!read  work
      k!copy
    `);
    const byModule = topTable(profile, stackWeights(profile, { value: 0 }), 'module');
    const named = byModule.map(({ module, self, total }) => [
      profile.strings[profile.modules.path[module]],
      self,
      total,
    ]);
    assert.deepEqual(named, [
      ['/bin/program', 1, 2],
      ['[kernel.kallsyms]', 1, 1],
    ]);
  });
});

describe('top table', () => {
  it('goes by self, then total, then name', () => {
    const profile = drawnProfile(`
      b  b  a  a
      x  y  y  c
    `);
    assert.deepEqual(Object.keys(top(profile)), ['y', 'c', 'x', 'a', 'b']);
  });

  it('leaves out what costs nothing', () => {
    const profile = drawnProfile(`
      #w    1    0
      main  main
      work  idle
    `);
    assert.deepEqual(top(profile), { work: [1, 1], main: [0, 1] });
  });
});

describe('call tree', () => {
  it('joins stacks that differ in lines alone', () => {
    const profile = drawnProfile(`
      main:1  main:2
      work:3  work:4
    `);
    const tree = callTree(profile, stackWeights(profile, { value: 0 }));
    assert.deepEqual([...tree.total], [2, 2, 2]);
    assert.deepEqual([...tree.parent], [NONE, 0, 1]);
  });

  it('has only paths that a selected sample took', () => {
    const profile = drawnProfile(`
      #t    main  worker
      main  run
      work
    `);
    assert.equal(callTree(profile, stackWeights(profile, { value: 0, threads: new Set([1]) })).length, 2);
  });
});

describe('callers and callees', () => {
  it('a function that nothing called has a caller of none', () => {
    const profile = drawnProfile(`
      main
      work
    `);
    const { callers, callees } = neighboursOf(profile, 'main');
    assert.deepEqual(callers, { '': 1 });
    assert.deepEqual(callees, { work: 1 });
  });

  it('recursion names the function as its own caller and callee, once a sample', () => {
    const profile = drawnProfile(`
      main  main
      fib   fib
      fib   add
      fib
    `);
    const { callers, callees } = neighboursOf(profile, 'fib');
    assert.deepEqual(callers, { main: 2, fib: 1 });
    assert.deepEqual(callees, { fib: 1, add: 1 });
  });

  it("a caller's place is its line with the most calls", () => {
    const profile = drawnProfile(`
      #w       1        5
      main:10  main:20
      work     work
    `);
    const found = neighbours(
      profile,
      stackWeights(profile, { value: 0 }),
      (frame) => nameOf(profile, frame) === 'work',
    );
    assert.equal(profile.frames.line[found.callers[0].frame], 20);
  });
});

describe('frames left out', () => {
  it("an inlined function's cost becomes its caller's self", () => {
    const profile = drawnProfile(`
      main    main
      work    work
      ~step
      ~mix
    `);
    assert.deepEqual(top(profile), { mix: [1, 1], work: [1, 2], main: [0, 2], step: [0, 1] });
    assert.deepEqual(top(withoutInlines(profile)), { work: [2, 2], main: [0, 2] });
  });

  it("the kernel's cost becomes that of the code that called it, and a sample all in the kernel keeps its weight", () => {
    const profile = drawnProfile(`
      main    k!idle
      k!read  .
    `);
    const plain = withoutKernel(profile);
    assert.deepEqual(top(plain), { main: [1, 1] });
    assert.equal(stackWeights(plain, { value: 0 }).total, 2);
  });
});

function nameOf(profile: Profile, frame: number): string {
  return frame === NONE ? '' : profile.strings[profile.functions.name[profile.frames.function[frame]]];
}

/** Self and total by function name, in the table's order. */
function top(profile: Profile, by: Grouping = 'function', value = 0): Record<string, [number, number]> {
  const rows = topTable(profile, stackWeights(profile, { value }), by);
  return Object.fromEntries(
    rows.map((row) => [profile.strings[profile.functions.name[row.function]], [row.self, row.total]]),
  );
}

/** Self and total by `file:line`. */
function lines(profile: Profile): Record<string, [number, number]> {
  return Object.fromEntries(
    hotLines(profile, stackWeights(profile, { value: 0 })).flatMap(({ file, line, self, total }) =>
      Array.from(line, (number, at) => [`${profile.strings[file]}:${number}`, [self[at], total[at]]]),
    ),
  );
}

function neighboursOf(profile: Profile, name: string) {
  const found = neighbours(profile, stackWeights(profile, { value: 0 }), (frame) => nameOf(profile, frame) === name);
  const byName = (rows: typeof found.callers) =>
    Object.fromEntries(rows.map(({ frame, weight }) => [nameOf(profile, frame), weight]));
  return { callers: byName(found.callers), callees: byName(found.callees) };
}
