import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LineFeed } from '../../../../src/core/importers/reading/line-feed.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

describe('lines', () => {
  it('are those between line ends, short or long, whatever pieces they come in', () => {
    const random = seededRandom(5);
    const below = (end: number) => Math.floor(random() * end);
    const others = [0x0b, 0x09, 0x8a, 0x00, 0xff, 0x41];
    for (let round = 0; round < 300; round++) {
      const lengths = Array.from({ length: below(20) }, () => (below(4) === 0 ? below(400) : below(12)));
      const lines = lengths.map((length) => Buffer.from(Array.from({ length }, () => others[below(others.length)])));
      const text = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
      const found: string[] = [];
      // Takes some lines itself, of those that are whole in a piece.
      const known = (bytes: Uint8Array, start: number) => {
        const end = bytes.indexOf(0x0a, start);
        if (end === -1 || (end - start) % 3 > 0) return -1;
        found.push(Buffer.from(bytes.subarray(start, end)).toString('hex'));
        return end;
      };
      const feed = new LineFeed(
        1000,
        (bytes, start, end) => found.push(Buffer.from(bytes.subarray(start, end)).toString('hex')),
        round % 2 === 0 ? known : undefined,
      );
      const piece = 1 + below(500);
      for (let at = 0; at < text.length; at += piece) feed.write(text.subarray(at, at + piece));
      assert.equal(feed.finish(), false);
      assert.equal(feed.lineNumber, lines.length);
      assert.deepEqual(
        found,
        lines.map((line) => line.toString('hex')),
      );
    }
  });
});
