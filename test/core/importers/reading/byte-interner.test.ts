import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ByteInterner } from '../../../../src/core/importers/reading/byte-interner.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

describe('runs of bytes', () => {
  it('have one number each, wherever they stand and whatever follows them', () => {
    const random = seededRandom(3);
    const below = (end: number) => Math.floor(random() * end);
    for (const stop of [0x3b, 0x00, 0xff]) {
      const interner = new ByteInterner();
      const known = new Map<string, number>();
      // Few values, the stop's neighbours among them, so that runs come again and differ in one byte only.
      const values = [stop ^ 1, stop ^ 0x80, 0x01, 0x80, 0x41].filter((value) => value !== stop);
      for (let time = 0; time < 20_000; time++) {
        const length = below(12);
        const start = below(5);
        const bytes = Uint8Array.from({ length: start + length + below(3) }, () => values[below(values.length)]);
        const end = start + length;
        if (end < bytes.length) bytes[end] = stop;
        const number =
          time % 2 === 0
            ? interner.intern(bytes, start, end)
            : interner.internUntil(bytes, start, end + 1 > bytes.length ? end : bytes.length, stop);
        const text = bytes.subarray(start, end).join();
        assert.equal(number, known.get(text) ?? known.size, text);
        known.set(text, number);
        assert.equal(interner.lengthOf(number), length);
        assert.equal(interner.endWhere(number, bytes, start, bytes.length, stop), end);
        assert.equal(interner.is(number, bytes, start, end), true);
        if (length > 0) assert.equal(interner.is(number, bytes, start, end - 1), false);
      }
      assert.equal(interner.size, known.size);
    }
  });

  it('are told apart byte for byte where eight of them would be a zero of either sign, or no number', () => {
    const interner = new ByteInterner();
    const eights = [[0], [0x80], [0x7f, 0xf8], [0x7f, 0xf9], [0xff, 0xf8]];
    const runs = eights.map((ends) =>
      Uint8Array.from([...new Array(8 - ends.length).fill(0), ...ends.toReversed(), 0x41]),
    );
    const numbers = runs.map((run) => interner.intern(run, 0, run.length));
    assert.deepEqual(numbers, [0, 1, 2, 3, 4]);
    for (const [number, run] of runs.entries()) {
      for (const [other, bytes] of runs.entries())
        assert.equal(interner.is(number, bytes, 0, bytes.length), other === number, `${run} and ${bytes}`);
    }
  });
});
