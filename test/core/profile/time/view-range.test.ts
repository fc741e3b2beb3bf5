import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operationsFrom } from '../../../../src/core/profile/operations/index.ts';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import { rangeOf, withoutRange, withRange } from '../../../../src/core/profile/time/view-range.ts';

describe('a range of time among operations', () => {
  const extent = { fromNs: 0, toNs: 1000 };
  const focus: Operation = { op: 'focus', pattern: 'a' };

  it('takes the place of an earlier one and leaves the others', () => {
    const first = withRange([focus], { fromNs: 100, toNs: 200 }, extent);
    assert.deepEqual(first, [{ op: 'from', at: { ns: 100 } }, { op: 'to', at: { ns: 200 } }, focus]);
    assert.deepEqual(withRange(first, { fromNs: 1.4, toNs: 3.6 }, extent), [
      { op: 'from', at: { ns: 1 } },
      { op: 'to', at: { ns: 4 } },
      focus,
    ]);
    assert.deepEqual(withRange(first, null, extent), [focus]);
    assert.deepEqual(withoutRange(first), [focus]);
  });

  it('needs nothing for the recording’s own ends', () => {
    assert.deepEqual(withRange([], { fromNs: -5, toNs: 500 }, extent), [{ op: 'to', at: { ns: 500 } }]);
    assert.deepEqual(withRange([], { fromNs: 500, toNs: 1000 }, extent), [{ op: 'from', at: { ns: 500 } }]);
    assert.deepEqual(withRange([], extent, extent), []);
  });

  it('is read back, whatever way its moments are said', () => {
    assert.equal(rangeOf([focus], extent), null);
    assert.deepEqual(rangeOf([{ op: 'from', at: { share: 0.25 } }], extent), { fromNs: 250, toNs: 1000 });
    const several: Operation[] = [
      { op: 'from', at: { ns: 100 } },
      { op: 'from', at: { ns: 200 } },
      { op: 'to', at: { ns: 150 } },
    ];
    assert.deepEqual(rangeOf(several, extent), { fromNs: 200, toNs: 200 });
  });

  it('can begin before the start of the clock', () => {
    const early = { fromNs: -1000, toNs: 1000 };
    const operations = withRange([], { fromNs: -500, toNs: 500 }, early);
    assert.deepEqual(operations, [
      { op: 'from', at: { share: 0.25 } },
      { op: 'to', at: { ns: 500 } },
    ]);
    assert.deepEqual(operationsFrom(operations), operations);
    assert.deepEqual(rangeOf(operations, early), { fromNs: -500, toNs: 500 });
  });
});
