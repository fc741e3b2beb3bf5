import { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import {
  type FrameIndex,
  NONE,
  type Origin,
  type Profile,
  type SampleIndex,
  type StackIndex,
  type ThreadIndex,
} from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { ByteInterner } from '../reading/byte-interner.ts';
import { LineFeed } from '../reading/line-feed.ts';
import { StackText } from '../reading/stack-text.ts';
import { utf8 } from '../reading/utf8.ts';
import { newFoldedLine, readFoldedLine } from './folded-line.ts';

/** What a program that writes folded stacks means by them. */
export interface FoldedDialect {
  readonly format: string;
  readonly producer: string;
  /** The frame for its text between semicolons. */
  frameOf(builder: ProfileBuilder, text: string): FrameIndex;
  /** Where what names the thread ends, of a stack from `start` to `end`; `start` where nothing does. */
  threadEnd?(bytes: Uint8Array, start: number, end: number): number;
  /** The thread of such a text, which has a semicolon at its end unless the stack ends there. */
  threadOf?(builder: ProfileBuilder, text: string): ThreadIndex;
  readonly mayMislead: readonly string[];
}

/**
 * Reads folded stacks as they come: `write` pieces of UTF-8, then `finish` once. Holds distinct stacks, never the text: equal stacks are
 * one sample, of the sum of their counts.
 */
export class FoldedReader {
  /** A line has one number where two were expected: the file isn't a differential one. */
  contradicted = false;
  readonly #dialect: FoldedDialect;
  readonly #isDifferential: boolean;
  readonly #builder = new ProfileBuilder();
  readonly #stacks: StackText;
  readonly #feed = new LineFeed(LONGEST_LINE, (bytes, start, end) => this.#line(bytes, start, end));
  readonly #parts = newFoldedLine();
  /** By stack, its sample or NONE. */
  readonly #samples = new Int32Column(1024);
  readonly #samplesOfThreads = new IntKeyMap();
  readonly #threadTexts = new ByteInterner();
  readonly #threads = new Int32Column();
  #stacklessSample: SampleIndex = NONE;
  readonly #comments: string[] = [];
  #isAtEnd = false;
  #negative = 0;
  #rounded = 0;
  #notUnderstood = 0;
  #firstNotUnderstood = '';

  constructor(dialect: FoldedDialect, isDifferential: boolean) {
    this.#dialect = dialect;
    this.#isDifferential = isDifferential;
    this.#stacks = new StackText(this.#builder, (text) => dialect.frameOf(this.#builder, text));
    if (isDifferential) this.#builder.value('before', 'count');
    this.#builder.value(isDifferential ? 'after' : 'samples', 'count');
  }

  write(bytes: Uint8Array): void {
    this.#feed.write(bytes);
  }

  /** The profile of all that was written. Throws MalformedInput where there's not one stack in it. */
  finish(origin: Partial<Origin> = {}): Profile {
    this.#isAtEnd = true;
    const isOpen = this.#feed.finish();
    if (this.#builder.sampleCount === 0) {
      const what = this.#notUnderstood > 0 ? `${this.#firstNotUnderstood} isn't a stack and a number` : 'it is empty';
      throw new MalformedInput(this.#dialect.format, `there are no stacks; ${what}`);
    }
    const { format, producer, mayMislead } = this.#dialect;
    return this.#builder.finish({
      origin: { format, producer, comments: this.#comments, mayMislead, ...origin },
      quality: { warnings: this.#warnings(isOpen) },
      defaultValue: this.#isDifferential ? 1 : 0,
    });
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    if (this.contradicted || start === end) return;
    if (bytes[start] === HASH && isCommentStart(bytes[start + 1])) {
      if (this.#comments.length < MOST_COMMENTS)
        this.#comments.push(
          utf8(bytes, start + 1, end)
            .trim()
            .slice(0, 1000),
        );
      return;
    }
    const parts = this.#parts;
    if (!readFoldedLine(bytes, start, end, this.#isDifferential, parts)) {
      this.#skip(bytes, start, end);
      return;
    }
    const { count, before } = parts;
    if (this.#isDifferential && Number.isNaN(before)) {
      // A line that no line end follows may have been cut between its numbers.
      if (this.#isAtEnd) this.#skip(bytes, start, end);
      else this.contradicted = true;
      return;
    }
    if (count < 0 || before < 0) this.#negative++;
    if (count > Number.MAX_SAFE_INTEGER || before > Number.MAX_SAFE_INTEGER) this.#rounded++;
    const from = this.#dialect.threadEnd?.(bytes, start, parts.stackEnd) ?? start;
    const thread = from > start ? this.#threadOf(bytes, start, from) : NONE;
    const sample = this.#sampleOf(this.#stacks.stackOf(bytes, from, parts.stackEnd), thread);
    if (this.#isDifferential) {
      this.#builder.addWeight(sample, 0, before);
      this.#builder.addWeight(sample, 1, count);
    } else {
      this.#builder.addWeight(sample, 0, count);
    }
  }

  #threadOf(bytes: Uint8Array, start: number, end: number): ThreadIndex {
    const text = this.#threadTexts.intern(bytes, start, end);
    if (text === this.#threads.length) {
      this.#threads.push(this.#dialect.threadOf?.(this.#builder, utf8(bytes, start, end)) ?? NONE);
    }
    return this.#threads.at(text);
  }

  #sampleOf(stack: StackIndex, thread: ThreadIndex): SampleIndex {
    if (thread !== NONE) {
      let known = this.#samplesOfThreads.get(stack, thread);
      if (known === -1) {
        known = this.#builder.sample(stack, thread, Number.NaN);
        this.#samplesOfThreads.set(stack, thread, known);
      }
      return known;
    }
    if (stack === NONE) {
      if (this.#stacklessSample === NONE) this.#stacklessSample = this.#builder.sample(NONE, NONE, Number.NaN);
      return this.#stacklessSample;
    }
    while (this.#samples.length <= stack) this.#samples.push(NONE);
    const known = this.#samples.at(stack);
    if (known !== NONE) return known;
    const sample = this.#builder.sample(stack, NONE, Number.NaN);
    this.#samples.set(stack, sample);
    return sample;
  }

  #skip(bytes: Uint8Array, start: number, end: number): void {
    if (this.#notUnderstood++ > 0) return;
    const text = utf8(bytes, start, Math.min(end, start + 80)).trim();
    this.#firstNotUnderstood = `line ${this.#feed.lineNumber}, ${JSON.stringify(text)},`;
  }

  #warnings(isOpen: boolean): string[] {
    const warnings: string[] = [];
    if (this.#notUnderstood > 0) {
      warnings.push(
        `Lines left out, for they don't end in a number: ${this.#notUnderstood}. The first is ${this.#firstNotUnderstood.slice(0, -1)}.`,
      );
    }
    if (this.#feed.overlong > 0) warnings.push(`Lines left out, longer than 64 MB: ${this.#feed.overlong}.`);
    if (this.#negative > 0) warnings.push(`Lines with a number below zero: ${this.#negative}.`);
    if (this.#rounded > 0) warnings.push(`Lines with a number too large to be exact: ${this.#rounded}.`);
    if (isOpen) warnings.push('The last line has no line end: the file may have been cut off in it.');
    return warnings;
  }
}

/** `#` alone, `# text` and `## text` are comments; `#define` is a name. */
function isCommentStart(byte: number | undefined): boolean {
  return byte === undefined || byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === HASH;
}

const LONGEST_LINE = 1 << 26;
const MOST_COMMENTS = 100;
const HASH = 0x23;
