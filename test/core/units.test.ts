import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  formatAmount,
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatShare,
} from '../../src/core/units.ts';

function check<T>(format: (value: T) => string, cases: readonly (readonly [T, string])[]): void {
  for (const [value, text] of cases) assert.equal(format(value), text, String(value));
}

describe('how amounts are written', () => {
  it('a duration has three digits and the unit a person would say', () => {
    check(formatDuration, [
      [0, '0 ns'],
      [5, '5 ns'],
      [0.4, '0.4 ns'],
      [999, '999 ns'],
      [999.6, '1 µs'],
      [31_240, '31.2 µs'],
      [412_000_000, '412 ms'],
      [999_600_000, '1 s'],
      [1.184e9, '1.18 s'],
      [119.9e9, '120 s'],
      [120e9, '2 min 0 s'],
      [125e9, '2 min 5 s'],
      [7199e9, '119 min 59 s'],
      [7200e9, '2 h 0 min'],
      [3 * 3600e9 - 1e9, '3 h 0 min'],
      [-1.5e6, '−1.5 ms'],
      [-125e9, '−2 min 5 s'],
      [Number.NaN, 'not known'],
      [Number.POSITIVE_INFINITY, 'not known'],
    ]);
  });

  it('a size has decimal prefixes', () => {
    check(formatBytes, [
      [0, '0 B'],
      [512, '512 B'],
      [18_300, '18.3 kB'],
      [2.4e6, '2.4 MB'],
      [999_500, '1 MB'],
      [5e18, '5000 PB'],
    ]);
  });

  it('a count has prefixes and no unit', () => {
    check(formatCount, [
      [0, '0'],
      [412, '412'],
      [18_300, '18.3 k'],
      [2.5e6, '2.5 M'],
      [-7, '−7'],
    ]);
  });

  it('one of a kind is no plural', () => {
    check(
      (count) => formatCounted(count, 'sample'),
      [
        [0, '0 samples'],
        [1, '1 sample'],
        [18_300, '18.3 k samples'],
      ],
    );
    check(
      (amount) => formatAmount(amount, 'count', 'cpu-clock samples'),
      [
        [1, '1 cpu-clock sample'],
        [-1, '−1 cpu-clock sample'],
        [2, '2 cpu-clock samples'],
      ],
    );
    assert.equal(formatAmount(1, 'count', 'context-switches'), '1 context-switches', 'an event has its name');
  });

  it('a share says where it is too small to write', () => {
    check(formatShare, [
      [0, '0 %'],
      [0.312, '31.2 %'],
      [1, '100 %'],
      [0.9996, '100 %'],
      [0.0004, '<0.1 %'],
      [-0.0004, '>−0.1 %'],
      [-0.25, '−25.0 %'],
      [Number.NaN, 'not known'],
    ]);
  });

  it("an amount goes by its value type's unit", () => {
    assert.equal(formatAmount(412e6, 'nanoseconds'), '412 ms');
    assert.equal(formatAmount(3, 'milliseconds'), '3 ms');
    assert.equal(formatAmount(2.4e6, 'bytes', 'heap'), '2.4 MB');
    assert.equal(formatAmount(18_300, 'count', 'samples'), '18.3 k samples');
    assert.equal(formatAmount(3, 'requests'), '3 requests');
    assert.equal(formatAmount(3, 'count'), '3');
  });
});
