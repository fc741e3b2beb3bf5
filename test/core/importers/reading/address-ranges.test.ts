import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AddressRanges } from '../../../../src/core/importers/reading/address-ranges.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

describe('ranges of addresses', () => {
  it('give the first of the list that holds an address, also when the list has grown', () => {
    const random = seededRandom(7);
    const list: { start: number; end: number }[] = [];
    const ranges = new AddressRanges(list);
    const number = () => Math.floor(random() * 200);
    for (let round = 0; round < 300; round++) {
      for (let more = number() % 3; more > 0; more--) list.push({ start: number(), end: number() });
      const address = number();
      assert.equal(
        ranges.find(address),
        list.findIndex(({ start, end }) => address >= start && address < end),
      );
    }
  });

  it('without numbers hold nothing', () => {
    const ranges = new AddressRanges([
      { start: Number.NaN, end: 5 },
      { start: 1, end: Number.NaN },
      { start: 1, end: Number.POSITIVE_INFINITY },
    ]);
    assert.deepEqual([ranges.find(0), ranges.find(3), ranges.find(Number.NaN)], [-1, 2, -1]);
  });

  it('are compared few times, however many there are and however they and the look-ups alternate', () => {
    let read = 0;
    const list: { start: number; end: number }[] = [];
    const ranges = new AddressRanges(list);
    for (let count = 0; count < 20_000; count++) {
      const end = count + 1;
      list.push({
        get start() {
          read++;
          return count;
        },
        end,
      });
      assert.equal(ranges.find(count), count);
    }
    assert.ok(read < 20_000 * 40, `${read}`);
  });
});
