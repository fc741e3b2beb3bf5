import { Int32Column } from '../../profile/column.ts';
import { NONE, type Profile } from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { ByteInterner } from '../reading/byte-interner.ts';
import { LineFeed } from '../reading/line-feed.ts';
import { utf8 } from '../reading/utf8.ts';
import { AustinSamples } from './austin-samples.ts';
import { austinStack, type FramesByText } from './austin-stack.ts';

export const AUSTIN = 'austin';

/** Reads Austin's text as it comes: `write` pieces of UTF-8, then `finish` once. Holds distinct stacks, and a row for each line. */
export class AustinReader {
  readonly #samples = new AustinSamples();
  readonly #feed = new LineFeed(LONGEST_LINE, (bytes, start, end) => this.#line(bytes, start, end));
  /** Lines without their numbers, each with its thread and stack; a thread of UNKNOWN is no stack of Austin's. */
  readonly #texts = new ByteInterner();
  readonly #threads = new Int32Column();
  readonly #stacks = new Int32Column();
  readonly #frames: FramesByText = new Map();
  readonly #metrics = { timeUs: 0, isIdle: false, memoryBytes: 0 };
  #count = 0;
  #notUnderstood = 0;
  #firstNotUnderstood = '';

  write(bytes: Uint8Array): void {
    this.#feed.write(bytes);
  }

  finish(): Profile {
    const isOpen = this.#feed.finish();
    const warnings: string[] = [];
    if (this.#count === 0) {
      if (this.#notUnderstood > 0) {
        throw new MalformedInput(AUSTIN, `there are no samples; ${this.#firstNotUnderstood} isn't understood`);
      }
      warnings.push('There are no samples in it.');
    }
    if (this.#notUnderstood > 0) {
      warnings.push(
        `Lines left out, not understood: ${this.#notUnderstood}. The first is ${this.#firstNotUnderstood}.`,
      );
    }
    if (this.#feed.overlong > 0) warnings.push(`Lines left out, longer than 64 MB: ${this.#feed.overlong}.`);
    if (isOpen) warnings.push('The last line has no line end: the file may have been cut off in it.');
    return this.#samples.finish(AUSTIN, warnings);
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    if (bytes[start] === HASH) {
      const [, key, value] = /^# *([^ :][^:]*): ?(.*)$/s.exec(utf8(bytes, start, end)) ?? [];
      if (key !== undefined) this.#samples.addMetadata(key, value);
      return;
    }
    const tail = this.#tail(bytes, start, end);
    if (tail === NONE) {
      this.#skip(bytes, start, end);
      return;
    }
    const text = this.#texts.intern(bytes, start, tail);
    if (text === this.#threads.length) {
      const known = austinStack(this.#samples, this.#frames, utf8(bytes, start, tail));
      this.#threads.push(known ? known.thread : UNKNOWN);
      this.#stacks.push(known ? known.stack : NONE);
    }
    if (this.#threads.at(text) === UNKNOWN) {
      this.#skip(bytes, start, end);
      return;
    }
    this.#count++;
    this.#samples.add(this.#stacks.at(text), this.#threads.at(text), this.#metrics);
  }

  /** Reads the numbers at the line's end and gives where they start: `12`, `12,1,-3`, or `12 3 -4` of Austin 1. NONE where there are none. */
  #tail(bytes: Uint8Array, start: number, end: number): number {
    let from = end;
    for (let blanks = 0; from > start && end - from < LONGEST_TAIL; from--) {
      const byte = bytes[from - 1];
      const isNumber = (byte >= 0x30 && byte <= 0x39) || byte === MINUS || byte === COMMA;
      if (byte === SPACE) blanks++;
      if (!isNumber && (byte !== SPACE || blanks > 3)) break;
    }
    const text = utf8(bytes, from, end);
    const metrics = this.#metrics;
    const full = /(?: (\d+),([01]),(-?\d+)| (\d+) (\d+) (-\d+|0))$/.exec(text);
    if (full) {
      metrics.timeUs = Number(full[1] ?? full[4]);
      metrics.isIdle = full[2] === '1';
      metrics.memoryBytes = full[3] === undefined ? 1024 * (Number(full[5]) + Number(full[6])) : Number(full[3]);
      if (full[3] === undefined && this.#count === 0) this.#samples.assumeFirstFull();
      return end - full[0].length;
    }
    const one = / (-?\d+)$/.exec(text);
    if (!one) return NONE;
    const isMemory = this.#samples.mode === 'memory';
    metrics.timeUs = isMemory ? Number.NaN : Number(one[1]);
    metrics.isIdle = false;
    metrics.memoryBytes = isMemory ? Number(one[1]) : Number.NaN;
    return end - one[0].length;
  }

  #skip(bytes: Uint8Array, start: number, end: number): void {
    if (this.#notUnderstood++ > 0) return;
    const text = utf8(bytes, start, Math.min(end, start + 80));
    this.#firstNotUnderstood = `line ${this.#feed.lineNumber}, ${JSON.stringify(text)}`;
  }
}

const LONGEST_LINE = 1 << 26;
/** Three numbers of 64 bits with their signs and separators. */
const LONGEST_TAIL = 64;
const UNKNOWN = -2;
const HASH = 0x23;
const SPACE = 0x20;
const MINUS = 0x2d;
const COMMA = 0x2c;
