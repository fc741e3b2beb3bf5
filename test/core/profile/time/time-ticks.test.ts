import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { momentText, timeTicks } from '../../../../src/core/profile/time/time-ticks.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

describe('a time axis', () => {
  it('has round marks, in the unit a person would say', () => {
    assert.deepEqual(timeTicks(0, 8e9, 8).labels, ['0 s', '1 s', '2 s', '3 s', '4 s', '5 s', '6 s', '7 s', '8 s']);
    assert.deepEqual(timeTicks(0, 2.2e9, 5).labels, ['0 s', '500 ms', '1.0 s', '1.5 s', '2.0 s']);
    assert.deepEqual(timeTicks(0, 40e6, 4).labels, ['0 s', '10 ms', '20 ms', '30 ms', '40 ms']);
    assert.deepEqual(timeTicks(1.2345e9, 1.23456e9, 3).labels, ['1.23450 s', '1.23452 s', '1.23454 s', '1.23456 s']);
    assert.deepEqual(timeTicks(0, 600e9, 6).labels, ['0 s', '2:00', '4:00', '6:00', '8:00', '10:00']);
    assert.deepEqual(timeTicks(0, 3 * 3600e9, 3).labels, ['0 s', '1:00:00', '2:00:00', '3:00:00']);
  });

  it('has no more marks than there is room for, all of them inside, and no two the same', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 2000; round++) {
      const length = 10 ** (2 + random() * 14);
      const from = (random() - 0.2) * length * 10 ** (random() * 3);
      const most = 2 + Math.floor(random() * 12);
      const { at, labels } = timeTicks(from, from + length, most);
      assert.ok(at.length <= most + 1 && at.every((moment) => moment >= from && moment <= from + length));
      assert.equal(new Set(labels).size, labels.length, `${from} ${length}: ${labels}`);
    }
  });

  it('tells moments as exactly as a step needs', () => {
    assert.equal(momentText(1_234_567_890, 1e6), '1.235 s');
    assert.equal(momentText(-250e6, 1e6), '−250 ms');
    assert.equal(momentText(3_661e9, 1e9), '1:01:01');
    assert.equal(momentText(500, 1), '0.500 µs');
  });
});
