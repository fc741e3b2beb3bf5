import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ByteCursor, CutShort } from '../../../src/core/importers/reading/byte-cursor.ts';
import { utf8, utf8UntilZero } from '../../../src/core/importers/reading/utf8.ts';
import { seededRandom } from '../../support/seeded-random.ts';

describe('UTF-8', () => {
  it('is read as the platform reads it, valid or not', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const random = seededRandom(4);
    const pieces = ['a', 'zß', '€', '😀', '\ufeff', '\0', '\u{10ffff}', '\u07ff', '\u0800'].map((text) =>
      new TextEncoder().encode(text),
    );
    for (let round = 0; round < 2000; round++) {
      const parts = Array.from(
        { length: 1 + Math.floor(random() * 8) },
        () => pieces[Math.floor(random() * pieces.length)],
      );
      const bytes = Buffer.concat(parts);
      assert.equal(utf8(bytes, 0, bytes.length), decoder.decode(bytes));
    }
    const invalid = Uint8Array.from({ length: 5000 }, () => Math.floor(random() * 256));
    const text = utf8(invalid, 0, invalid.length);
    assert.equal(
      [...text].filter((char) => char < '\x80').join(''),
      Array.from(
        invalid.filter((byte) => byte < 0x80),
        (byte) => String.fromCharCode(byte),
      ).join(''),
    );
  });

  it('stops at a zero, or where it must', () => {
    const bytes = new TextEncoder().encode('one\0two');
    assert.equal(utf8UntilZero(bytes, 0, 7), 'one');
    assert.equal(utf8UntilZero(bytes, 0, 2), 'on');
    assert.equal(utf8UntilZero(bytes, 4, 7), 'two');
  });

  it('may be long', () => {
    const bytes = new Uint8Array(1_000_000).fill(0x61);
    assert.equal(utf8(bytes, 0, bytes.length).length, 1_000_000);
  });
});

describe('a byte cursor', () => {
  it('reads fields one after another, in the order of bytes it was told', () => {
    const bytes = Uint8Array.from([
      1, 2, 0, 3, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 5, 0, 0, 0, 0, 0, 0, 0, 0x68, 0x69, 0, 0x21, 0,
    ]);
    const little = new ByteCursor(bytes, true);
    assert.deepEqual([little.u8(), little.u16(), little.u32(), little.i32(), little.u64()], [1, 2, 3, -1, 5]);
    assert.deepEqual([little.textUntilZero(), little.left, little.text(2), little.left], ['hi', 2, '!', 0]);
    assert.equal(new ByteCursor(bytes.subarray(11), false).wide(), 0x0500000000000000n);
  });

  it('says so where a field does not fit, and stays where it is', () => {
    const cursor = new ByteCursor(new Uint8Array(3), true);
    for (const read of [
      () => cursor.u32(),
      () => cursor.u64(),
      () => cursor.take(4),
      () => cursor.text(-1),
      () => cursor.take(Number.NaN),
    ]) {
      assert.throws(read, CutShort);
    }
    assert.deepEqual([cursor.left, cursor.peekU32(), cursor.u16()], [3, 0, 0]);
  });
});
