import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ByteSource, bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { readText, textHead } from '../../../../src/core/importers/reading/text-source.ts';

const TEXT = 'a\u00e4\u20ac\u{1f600}\r\nend';

/** A source that gives so many bytes at a time. */
function inPieces(bytes: Uint8Array, size: number): ByteSource {
  const whole = bytesInMemory(bytes);
  return { ...whole, read: (into, offset) => whole.read(into.subarray(0, size), offset) };
}

function textOf(source: ByteSource): string {
  const pieces: Buffer[] = [];
  readText(source, { progress() {} }, (piece) => pieces.push(Buffer.from(piece)));
  return Buffer.concat(pieces).toString();
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('text of a file', () => {
  const stored: Record<string, Buffer> = {
    'UTF-8': Buffer.from(TEXT),
    'UTF-8 with a mark': Buffer.from(`\ufeff${TEXT}`),
    'little-endian UTF-16': Buffer.from(`\ufeff${TEXT}`, 'utf16le'),
    'big-endian UTF-16': bigEndian(`\ufeff${TEXT}`),
  };
  for (const [name, bytes] of Object.entries(stored)) {
    it(`is the same, stored as ${name} and read in pieces of any size`, () => {
      // The mark is looked for in what is read first.
      for (const size of [3, 4, 5, 7, 100]) assert.equal(textOf(inPieces(bytes, size)), TEXT);
      assert.equal(Buffer.from(textHead(bytes)).toString(), TEXT);
    });
  }

  it('has LF where lines end in CR alone, however it is stored', () => {
    for (const text of ['a 1\rb 2\r', '\ufeffa 1\rb 2\r', 'a\r\rb']) {
      const expected = text.replaceAll('\r', '\n').replace('\ufeff', '');
      for (const bytes of [Buffer.from(text), ...(text.startsWith('\ufeff') ? [Buffer.from(text, 'utf16le')] : [])]) {
        const before = Buffer.from(bytes);
        assert.equal(textOf(bytesInMemory(bytes)), expected);
        assert.equal(Buffer.from(textHead(bytes)).toString(), expected);
        assert.deepEqual(bytes, before);
      }
    }
    for (const text of ['a\r\nb', 'a\rb\n', 'a\r']) assert.equal(textOf(bytesInMemory(Buffer.from(text))), text);
  });

  it('has a replacement for half of a pair, and for what is cut', () => {
    const bytes = Buffer.from('\ufeff\ud800a\udc00\ud800\ud801', 'utf16le');
    assert.equal(textOf(inPieces(bytes, 3)), '\ufffda\ufffd\ufffd\ufffd');
    assert.equal(textOf(bytesInMemory(bytes.subarray(0, 5))), '\ufffd');
    assert.equal(textOf(bytesInMemory(Buffer.from([0xff, 0xfe]))), '');
    assert.equal(textOf(bytesInMemory(Buffer.alloc(0))), '');
  });
});
