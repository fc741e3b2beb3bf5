import { plural } from '../../units.ts';
import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { LineFeed } from '../reading/line-feed.ts';
import { readText } from '../reading/text-source.ts';
import { utf8 } from '../reading/utf8.ts';

/** Gives the lines of a text one after another, without the blanks around them. */
export class TextLines {
  /** What was wrong, in words. */
  readonly warnings: string[] = [];
  #unread = 0;
  #firstUnread = 0;
  #number = 0;

  /** Calls `line` for each line. */
  read(source: ByteSource, watch: ImportWatch, line: (text: string) => void): void {
    const feed = new LineFeed(LONGEST_LINE, (bytes, start, end) => {
      this.#number = feed.lineNumber;
      line(utf8(bytes, start, end).trim());
    });
    readText(source, watch, (piece) => feed.write(piece));
    if (feed.finish()) this.warnings.push('Its last line has no end: the file may be cut short.');
    if (feed.overlong > 0)
      this.warnings.push(
        `Left out, since they have more than ${LONGEST_LINE} bytes: ${feed.overlong} ${plural(feed.overlong, 'line')}.`,
      );
    if (this.#unread > 0)
      this.warnings.push(
        `Left out, since they can't be read: ${this.#unread} ${plural(this.#unread, 'line')}, the first of them line ${this.#firstUnread}.`,
      );
  }

  /** Says that the line at hand can't be read. */
  refuse(): void {
    if (this.#unread++ === 0) this.#firstUnread = this.#number;
  }
}

/** The addresses in a text such as `@ 0x46f2ab 0x40113e`; `undefined` where one has more than 64 bits. */
export function hexAddresses(text: string): bigint[] | undefined {
  const addresses: bigint[] = [];
  for (const [number] of text.matchAll(/0x[\da-f]+/g)) {
    const address = BigInt(number.length > 40 ? '0x10000000000000000' : number);
    if (address >> 64n !== 0n) return undefined;
    addresses.push(address);
  }
  return addresses;
}

/** An address less one: within the call that it is the return address of. */
export function withinCall(address: bigint): bigint {
  return BigInt.asUintN(64, address - 1n);
}

const LONGEST_LINE = 1 << 20;
