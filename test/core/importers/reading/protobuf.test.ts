import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ByteSource } from '../../../../src/core/importers/reading/byte-source.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { ProtobufFile } from '../../../../src/core/importers/reading/protobuf.ts';

describe('a message of protocol buffers that is a whole file', () => {
  it('is read over 4 GB, with the place of each field', () => {
    const content = 64 << 20;
    // Field 2, with a length of 2^26.
    const head = [0x12, 0x80, 0x80, 0x80, 0x20];
    const field = content + head.length;
    const source: ByteSource = {
      name: 'large',
      size: field * 70,
      read(into, offset) {
        const length = Math.min(into.length, this.size - offset);
        for (let start = Math.floor(offset / field) * field; start < offset + length; start += field) {
          for (const [at, byte] of head.entries()) {
            const place = start + at - offset;
            if (place >= 0 && place < length) into[place] = byte;
          }
        }
        return length;
      },
    };
    const file = new ProtobufFile(source);
    let count = 0;
    while (file.next()) {
      count++;
      assert.equal(file.reader.contentEnd - file.reader.contentStart, content);
      assert.equal(file.offset, count * field);
    }
    assert.deepEqual([count, file.problem], [70, '']);
  });

  it('has the same fields whatever the size of the pieces it is read in', () => {
    const bytes = Uint8Array.from([
      0x08, 0x96, 0x01, 0x12, 3, 1, 2, 3, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x25, 1, 2, 3, 4, 0x12, 0,
    ]);
    const fieldsOf = (pieceBytes: number) => {
      const file = new ProtobufFile(bytesInMemory(bytes), undefined, pieceBytes);
      const fields: number[][] = [];
      while (file.next()) {
        const { field, wire, low, contentStart, contentEnd, bytes: piece } = file.reader;
        fields.push([field, wire, wire === 0 ? low : 0, ...(wire === 2 ? piece.slice(contentStart, contentEnd) : [])]);
      }
      assert.equal(file.problem, '');
      return fields;
    };
    const expected = [
      [1, 0, 150],
      [2, 2, 0, 1, 2, 3],
      [3, 1, 0],
      [4, 5, 0],
      [2, 2, 0],
    ];
    for (const pieceBytes of [1, 2, 3, 5, 8, 1000]) assert.deepEqual(fieldsOf(pieceBytes), expected, `${pieceBytes}`);
  });

  it('that lost its end while it was read says so', () => {
    const bytes = Uint8Array.from([0x08, 0x01, 0x08, 0x02]);
    const file = new ProtobufFile({ ...bytesInMemory(bytes), size: 8, read: bytesInMemory(bytes).read });
    let count = 0;
    while (file.next()) count++;
    assert.equal(count, 2);
    assert.match(file.problem, /up to byte 4 only/);
  });
});
