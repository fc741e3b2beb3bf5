import { FoldedStacks } from '../../kernels/folded-stacks.ts';
import { PIECE_BYTES } from '../../kernels/text-piece.ts';
import { ProfileBuilder } from '../../profile/builder.ts';
import { Float64Column, Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import {
  type FrameIndex,
  NONE,
  type Origin,
  type Profile,
  type SampleTable,
  type StackTable,
  type ThreadIndex,
} from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { ByteInterner } from '../reading/byte-interner.ts';
import { frameStacks, renumber } from '../reading/frame-stacks.ts';
import { LineFeed } from '../reading/line-feed.ts';
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
  /** What lines may begin with that name a thread. */
  readonly threadStarts?: readonly number[];
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
  readonly #stacks: FoldedStacks;
  readonly #feed: LineFeed;
  readonly #parts = newFoldedLine();
  /** By node and thread, where there is one: the row of its sample. */
  readonly #rowsOfThreads = new IntKeyMap();
  /** By row: its thread. Those of samples in no thread may be missing. */
  readonly #threadOfRow = new Int32Column();
  /** By row, where there are two counts: the first. */
  readonly #before = new Float64Column();
  readonly #threadTexts = new ByteInterner();
  readonly #threads = new Int32Column();
  #stacklessRow = NONE;
  readonly #comments: string[] = [];
  #isAtEnd = false;
  #negative = 0;
  #rounded = 0;
  #notUnderstood = 0;
  #firstNotUnderstood = '';

  /** `size` of the text in bytes, where it is known. */
  constructor(dialect: FoldedDialect, isDifferential: boolean, size = 0) {
    this.#dialect = dialect;
    this.#isDifferential = isDifferential;
    const expected = Math.min(MOST_EXPECTED_STACKS, Math.ceil(size / BYTES_A_STACK));
    this.#stacks = new FoldedStacks(expected, dialect.threadStarts ?? [], () => {
      throw new MalformedInput(dialect.format, 'its stacks take more memory than there is for them');
    });
    this.#feed = new LineFeed(
      LONGEST_LINE,
      (bytes, start, end) => this.#line(bytes, start, end),
      isDifferential ? undefined : (_bytes, start) => this.#usualLines(start),
    );
    if (isDifferential) this.#builder.value('before', 'count');
    this.#builder.value(isDifferential ? 'after' : 'samples', 'count');
  }

  write(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      const piece = bytes.subarray(start, start + PIECE_BYTES);
      this.#stacks.setPiece(piece);
      this.#feed.write(piece);
    }
  }

  /** The profile of all that was written. Throws MalformedInput where there's not one stack in it. */
  finish(origin: Partial<Origin> = {}): Profile {
    this.#isAtEnd = true;
    const isOpen = this.#feed.finish();
    if (this.#stacks.rowCount === 0) {
      const what = this.#notUnderstood > 0 ? `${this.#firstNotUnderstood} isn't a stack and a number` : 'it is empty';
      throw new MalformedInput(this.#dialect.format, `there are no stacks; ${what}`);
    }
    const { format, producer, mayMislead } = this.#dialect;
    const { stacks, samples } = this.#tables();
    const tables = this.#builder.finish({
      origin: { format, producer, comments: this.#comments, mayMislead, ...origin },
      quality: { warnings: this.#warnings(isOpen) },
      defaultValue: this.#isDifferential ? 1 : 0,
    });
    return { ...tables, stacks, samples };
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
    const row = this.#rowOf(this.#stacks.nodeOf(bytes, from, parts.stackEnd), thread);
    this.#stacks.addCount(row, count);
    if (!this.#isDifferential) return;
    while (this.#before.length <= row) this.#before.push(0);
    this.#before.set(row, this.#before.at(row) + before);
  }

  #threadOf(bytes: Uint8Array, start: number, end: number): ThreadIndex {
    const text = this.#threadTexts.intern(bytes, start, end);
    if (text === this.#threads.length) {
      this.#threads.push(this.#dialect.threadOf?.(this.#builder, utf8(bytes, start, end)) ?? NONE);
    }
    return this.#threads.at(text);
  }

  #rowOf(node: number, thread: ThreadIndex): number {
    if (thread === NONE && node !== NONE) return this.#stacks.rowOf(node);
    if (thread === NONE) {
      if (this.#stacklessRow === NONE) this.#stacklessRow = this.#stacks.addRow(NONE);
      return this.#stacklessRow;
    }
    let row = this.#rowsOfThreads.get(node, thread);
    if (row === -1) {
      row = this.#stacks.addRow(node);
      this.#rowsOfThreads.set(node, thread, row);
      while (this.#threadOfRow.length < row) this.#threadOfRow.push(NONE);
      this.#threadOfRow.push(thread);
    }
    return row;
  }

  /** Lines of a stack and a count: where the last of them ends. -1 where the line has to be read. */
  #usualLines(start: number): number {
    const next = this.#stacks.take(start);
    if (next === start) return NONE;
    this.#feed.lineNumber += this.#stacks.taken - 1;
    return next - 1;
  }

  #tables(): { readonly stacks: StackTable; readonly samples: SampleTable } {
    const frames = new Int32Column(1024);
    this.#stacks.eachText((bytes, start, end) => {
      frames.push(this.#dialect.frameOf(this.#builder, utf8(bytes, start, end)));
    });
    const first = Int32Array.from({ length: frames.length + 1 }, (_, text) => text);
    const { stacks, ofNode } = frameStacks(this.#stacks.kernel, first, frames.finish());
    const { node: stack, count } = this.#stacks.rows();
    renumber(stack, ofNode);
    const { length } = stack;
    const thread = new Int32Array(length).fill(NONE);
    thread.set(this.#threadOfRow.finish());
    const before = new Float64Array(this.#isDifferential ? length : 0);
    before.set(this.#before.finish());
    const samples: SampleTable = {
      length,
      stack,
      thread,
      time: new Float64Array(length).fill(Number.NaN),
      labels: new Int32Array(length).fill(NONE),
      weights: this.#isDifferential ? [before, count] : [count],
    };
    return { stacks, samples: stacks.length === ofNode.length ? samples : withoutTwins(samples) };
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

/** Samples of which no two have one stack and thread, which those of different texts may have: their weights are added. */
function withoutTwins({ stack, thread, weights, ...rest }: SampleTable): SampleTable {
  const rowOf = new IntKeyMap(stack.length);
  let length = 0;
  for (let row = 0; row < stack.length; row++) {
    const known = rowOf.getOrSet(stack[row], thread[row], length);
    const own = known === -1 ? length++ : known;
    stack[own] = stack[row];
    thread[own] = thread[row];
    for (const column of weights) column[own] = known === -1 ? column[row] : column[own] + column[row];
  }
  return {
    length,
    stack: stack.slice(0, length),
    thread: thread.slice(0, length),
    time: rest.time.slice(0, length),
    labels: rest.labels.slice(0, length),
    weights: weights.map((column) => column.slice(0, length)),
  };
}

/** `#` alone, `# text` and `## text` are comments; `#define` is a name. */
function isCommentStart(byte: number | undefined): boolean {
  return byte === undefined || byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === HASH;
}

const LONGEST_LINE = 1 << 26;
/** About: most of a line's frames are those of others. */
const BYTES_A_STACK = 128;
const MOST_EXPECTED_STACKS = 1 << 20;
const MOST_COMMENTS = 100;
const HASH = 0x23;
