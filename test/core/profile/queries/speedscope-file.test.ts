import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueryModel, type View } from '../../../../src/core/profile/queries/query-model.ts';
import { speedscopeFile } from '../../../../src/core/profile/queries/speedscope-file.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';

// Two frames a stack. One by one: 2 stacks of all threads and 4 samples of each thread are 12 frames; added up, 2 + 2 + 1 stacks are 10.
const PROFILE = drawnProfile(`
  #t  a     a     a      b
      main  main  main   main
      hot   hot   other  hot`);

describe('the file for speedscope', () => {
  it('holds what is in view: operations and threads applied', () => {
    assert.deepEqual(profiles(written({})), [
      { name: 'all threads', total: 4, rows: 2 },
      { name: 'a (1)', total: 3, rows: 3 },
      { name: 'b (2)', total: 1, rows: 1 },
    ]);
    assert.deepEqual(profiles(written({ operations: [{ op: 'focus', pattern: 'other' }] })), [
      { name: 'a (1)', total: 1, rows: 1 },
    ]);
    assert.deepEqual(profiles(written({ threads: [1] })), [{ name: 'b (2)', total: 1, rows: 1 }]);
  });

  it('is called as it is told', () => {
    assert.equal(JSON.parse(new TextDecoder().decode(written({}).bytes)).name, 'render <b>');
  });

  it('adds up equal stacks where samples one by one are too many, and says so', () => {
    const inTime = written({}, 12);
    assert.ok(!inTime.losses.some((loss) => loss.includes('order of time')));
    const summed = written({}, 10);
    assert.ok(summed.losses.some((loss) => loss.includes('order of time')));
    assert.deepEqual(
      profiles(summed).map(({ total }) => total),
      [4, 3, 1],
    );
  });

  it('is not written at all where even those are too many: nothing is cut off', () => {
    assert.deepEqual(file({}, 9), { kind: 'too-large', frames: 10 });
  });

  it('is not there where nothing has a cost', () => {
    assert.deepEqual(file({ operations: [{ op: 'focus', pattern: 'nowhere' }] }), { kind: 'empty' });
  });
});

function file(view: Partial<View>, mostFrames = 1e6) {
  const model = new QueryModel(PROFILE);
  return speedscopeFile(model, { view: { ...model.defaultView, ...view }, name: 'render <b>', mostFrames });
}

function written(view: Partial<View>, mostFrames?: number) {
  const found = file(view, mostFrames);
  assert.ok(found.kind === 'written');
  return found;
}

function profiles({ bytes }: { bytes: Uint8Array }): { name: string; total: number; rows: number }[] {
  const { profiles } = JSON.parse(new TextDecoder().decode(bytes));
  return profiles.map(({ name, endValue, samples }: { name: string; endValue: number; samples: unknown[] }) => ({
    name,
    total: endValue,
    rows: samples.length,
  }));
}
