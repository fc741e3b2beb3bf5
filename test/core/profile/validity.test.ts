import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';

const SOUND = drawnProfile(`
  main  main  .
  work  rest
`);

/** The profile with one column of one table replaced. */
function broken<T extends 'modules' | 'functions' | 'frames' | 'stacks' | 'samples' | 'threads'>(
  table: T,
  columns: Partial<Profile[T]>,
): Profile {
  return { ...SOUND, [table]: { ...SOUND[table], ...columns } };
}

const BROKEN: readonly [string, Profile, RegExp][] = [
  ['strings that do not start with the empty one', { ...SOUND, strings: ['main'] }, /strings\[0\] is "main"/],
  ['a path that is no string', broken('modules', { path: [999] }), /modules\.path\[0\] is 999/],
  ['a build-id that is no string', broken('modules', { buildId: [-1] }), /modules\.buildId\[0\] is -1/],
  [
    'a column of functions that is too short',
    broken('functions', { name: [1] }),
    /functions\.name has 1 rows, its table 3/,
  ],
  ['a function of no module', broken('functions', { module: Int32Array.of(0, 0, 1) }), /functions\.module\[2\] is 1/],
  [
    'a frame of no function',
    broken('frames', { function: Int32Array.of(0, 3, 1) }),
    /frames\.function\[1\] is 3, expected -1 to 2/,
  ],
  ['a frame of no kind', broken('frames', { kind: Uint8Array.of(0, 0, 4) }), /frames\.kind\[2\] is 4/],
  [
    'a frame that is inlined twice over',
    broken('frames', { inlined: Uint8Array.of(2, 0, 0) }),
    /frames\.inlined\[0\] is 2/,
  ],
  ['a stack of no frame', broken('stacks', { frame: Int32Array.of(0, 1, -1) }), /stacks\.frame\[2\] is -1/],
  [
    'a stack that is its own parent',
    broken('stacks', { parent: Int32Array.of(-1, 1, 0) }),
    /stacks\.parent\[1\] is 1: a parent comes before/,
  ],
  ['stacks that call each other', broken('stacks', { parent: Int32Array.of(-1, 2, 1) }), /stacks\.parent\[1\] is 2/],
  ['a parent below none', broken('stacks', { parent: Int32Array.of(-2, 0, 0) }), /stacks\.parent\[0\] is -2/],
  ['too few parents', broken('stacks', { parent: Int32Array.of(-1) }), /stacks\.parent/],
  ['a sample of no stack', broken('samples', { stack: Int32Array.of(0, 1, 3) }), /samples\.stack\[2\] is 3/],
  ['a sample of no thread', broken('samples', { thread: Int32Array.of(0, 0, 5) }), /samples\.thread\[2\] is 5/],
  ['weights that are missing', broken('samples', { weights: [] }), /0 columns for 1 value types/],
  [
    'weights of too few samples',
    broken('samples', { weights: [Float64Array.of(1)] }),
    /samples\.weights\[0\] has 1 rows/,
  ],
  [
    'a weight that is no number',
    broken('samples', { weights: [Float64Array.of(1, Number.NaN, 1)] }),
    /weights\[0\]\[1\] is NaN/,
  ],
  [
    'an endless weight',
    broken('samples', { weights: [Float64Array.of(1, 1, Number.POSITIVE_INFINITY)] }),
    /weights\[0\]\[2\] is Infinity/,
  ],
  ['a thread without a name', broken('threads', { name: [77] }), /threads\.name\[0\] is 77/],
  ['no value types', { ...SOUND, values: [], samples: { ...SOUND.samples, weights: [] } }, /values is empty/],
  ['a default that is no value type', { ...SOUND, defaultValue: 1 }, /defaultValue is 1/],
  [
    'too few addresses',
    broken('frames', { address: BigUint64Array.of(0n) }),
    /frames\.address has 1 rows, its table 3/,
  ],
  ['too few lines', broken('frames', { line: Uint32Array.of(0) }), /frames\.line has 1 rows/],
  ['too few columns', broken('frames', { column: Uint32Array.of(0) }), /frames\.column has 1 rows/],
  [
    'too few lines of definitions',
    broken('functions', { startLine: Uint32Array.of(0) }),
    /functions\.startLine has 1 rows/,
  ],
  ['too few times', broken('samples', { time: Float64Array.of(0) }), /samples\.time has 1 rows/],
  ['too few processes', broken('threads', { pid: Int32Array.of() }), /threads\.pid has 0 rows/],
  ['too few thread numbers', broken('threads', { tid: Int32Array.of() }), /threads\.tid has 0 rows/],
];

describe('validity', () => {
  it('finds nothing in a sound profile', () => {
    assert.deepEqual(invalidities(SOUND), []);
  });

  for (const [what, profile, finding] of BROKEN) {
    it(`finds ${what}`, () => {
      assert.ok(
        invalidities(profile).some((text) => finding.test(text)),
        JSON.stringify(invalidities(profile)),
      );
    });
  }
});
