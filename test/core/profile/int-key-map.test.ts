import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IntKeyMap } from '../../../src/core/profile/int-key-map.ts';
import { seededRandom } from '../../support/seeded-random.ts';

describe('map of pairs of integers', () => {
  it('holds what a Map of texts holds, through growth and overwriting', () => {
    const random = seededRandom(5);
    const map = new IntKeyMap();
    const expected = new Map<string, number>();
    for (let step = 0; step < 20000; step++) {
      const a = Math.floor(random() * 200) - 1;
      const b = random() < 0.5 ? Math.floor(random() * 50) - 1 : (random() * 2 ** 32) | 0;
      if (random() < 0.3) {
        assert.equal(map.get(a, b), expected.get(`${a} ${b}`) ?? -1);
      } else {
        map.set(a, b, step);
        expected.set(`${a} ${b}`, step);
      }
    }
    assert.equal(map.size, expected.size);
    for (const [key, value] of expected) {
      const [a, b] = key.split(' ').map(Number);
      assert.equal(map.get(a, b), value);
    }
  });

  it('tells (a, b) from (b, a)', () => {
    const map = new IntKeyMap();
    map.set(1, 2, 10);
    assert.equal(map.get(2, 1), -1);
    assert.equal(map.get(1, 2), 10);
  });
});
