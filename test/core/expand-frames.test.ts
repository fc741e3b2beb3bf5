import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import { expandFrames, type FrameExpansion } from '../../src/core/profile/expand-frames.ts';
import { NONE, type Profile } from '../../src/core/profile/profile.ts';
import { invalidities } from '../../src/core/profile/validity.ts';
import { drawnProfile } from '../support/drawn-profile.ts';

/** A profile's samples as `outermost;…;innermost`. */
function stacksOf({ strings, functions, frames, stacks, samples }: Profile): string[] {
  return Array.from(samples.stack, (sample) => {
    const names: string[] = [];
    for (let stack = sample; stack !== NONE; stack = stacks.parent[stack]) {
      names.unshift(strings[functions.name[frames.function[stacks.frame[stack]]]]);
    }
    return names.join(';');
  });
}

/** Each frame becomes the functions that `lists` gives for its function's name, or stays. */
function expansionOf(profile: Profile, lists: Record<string, readonly string[]>): FrameExpansion {
  const builder = new ProfileBuilder();
  const first = [0];
  const rows: number[] = [];
  for (let frame = 0; frame < profile.frames.length; frame++) {
    const name = profile.strings[profile.functions.name[profile.frames.function[frame]]];
    for (const part of lists[name] ?? [name]) rows.push(builder.frame({ function: builder.function({ name: part }) }));
    first.push(rows.length);
  }
  const { strings, functions, frames } = builder.finish();
  return { strings, functions, frames, first: Int32Array.from(first), rows: Int32Array.from(rows) };
}

const PROFILE = drawnProfile(`
  main  main  main  .
  f     f     g     .
  h     g     .     .
`);

test('a frame becomes a list of frames, the outermost first', () => {
  const expanded = expandFrames(PROFILE, expansionOf(PROFILE, { f: ['f', 'f1', 'f2'], main: ['start', 'main'] }));
  assert.deepEqual(stacksOf(expanded), ['start;main;f;f1;f2;h', 'start;main;f;f1;f2;g', 'start;main;g', '']);
  assert.deepEqual(invalidities(expanded), []);
});

test('stacks that become equal are one', () => {
  const expanded = expandFrames(PROFILE, expansionOf(PROFILE, { h: ['g'] }));
  assert.equal(expanded.samples.stack[0], expanded.samples.stack[1]);
  assert.equal(expanded.stacks.length, 4);
});

test('parts of lists that begin alike are shared', () => {
  const expanded = expandFrames(PROFILE, expansionOf(PROFILE, { h: ['x', 'h'], g: ['x', 'g'] }));
  assert.deepEqual(stacksOf(expanded), ['main;f;x;h', 'main;f;x;g', 'main;x;g', '']);
  assert.equal(expanded.stacks.length, 7);
});

test('a frame with an empty list leaves its stack to the caller', () => {
  const expanded = expandFrames(PROFILE, expansionOf(PROFILE, { f: [], g: [] }));
  assert.deepEqual(stacksOf(expanded), ['main;h', 'main', 'main', '']);
  assert.equal(expandFrames(PROFILE, expansionOf(PROFILE, { main: [], f: [], g: [], h: [] })).samples.stack[0], NONE);
});

test('expansion by lists of one frame each changes nothing', () => {
  const expanded = expandFrames(PROFILE, expansionOf(PROFILE, {}));
  assert.deepEqual(stacksOf(expanded), stacksOf(PROFILE));
  assert.deepEqual(expanded.stacks.parent, PROFILE.stacks.parent);
  assert.equal(expanded.samples.weights, PROFILE.samples.weights);
});
