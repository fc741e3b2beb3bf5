import { NONE } from '../profile/profile.ts';
import { newKernel } from './kernel.ts';
import { type Nodes, nodesOf, type TreeExports } from './nodes.ts';
import { WASM } from './perf-stacks-wasm.ts';
import { PIECE_BYTES, TextPiece } from './text-piece.ts';

/** What the kernel exports: places are addresses in its memory. */
interface Exports extends TreeExports {
  begin(pieceBytes: number, expectedNodes: number): number;
  pieceChanged(): void;
  scratchFor(bytes: number): number;
  take(from: number, end: number): number;
  takenLines(): number;
  markOfPlace(start: number, end: number): number;
  learnPlace(start: number, end: number, entry: number): void;
  learnHeader(start: number, stop: number, ofThread: number, ofEvent: number, thread: number, event: number): void;
  addEntry(entry: number, traits: number, addressLow: number, addressHigh: number): void;
  openSample(thread: number, event: number, timeNs: number, period: number): void;
  endSample(): void;
  endByBlank(): void;
  dropSample(): void;
  hasSample(): number;
  setSingle(): void;
  dropSingle(): void;
  hasSingle(): number;
  hasBlankEnds(): number;
  depthOfSample(): number;
  lastEntry(): number;
  pushEntry(entry: number): void;
  dropLast(): void;
  samples(): number;
  columnOfSamples(column: number): number;
}

/** A line of a stack, with the source line below it if there's one: its number, as whoever reads lines counts them. */
export type EntryIndex = number;

/**
 * The samples of perf's text, and their stacks as a tree of entries. Whoever reads the text gives it piece by piece, and says what a line is
 * that wasn't met before; lines that were met before, and headers that differ from such in their numbers only, are taken here, without a
 * call for each.
 */
export class PerfStacks {
  /** Lines that the last `take` took. */
  taken = 0;
  readonly #kernel: Exports;
  readonly #piece: TextPiece;

  /** `expected` is how many stacks will come, about. `full` throws: there are more than memory can hold. */
  constructor(expected: number, full: () => never) {
    this.#kernel = newKernel<Exports>(WASM, full);
    this.#piece = new TextPiece(this.#kernel, this.#kernel.begin(PIECE_BYTES, expected));
  }

  /** For whoever lays out its stacks. */
  get kernel(): TreeExports {
    return this.#kernel;
  }

  /** What `take` will take lines of; at most PIECE_BYTES. */
  setPiece(bytes: Uint8Array): void {
    this.#kernel.pieceChanged();
    this.#piece.set(bytes);
  }

  /** Takes lines from a place in the piece on, and gives where the first begins that has to be read. */
  take(from: number): number {
    const { start, end } = this.#piece;
    const next = this.#kernel.take(start + from, end) - start;
    this.taken = this.#kernel.takenLines();
    return next;
  }

  /** The entry of a line without its leading blanks, NONE for one that is no place in a stack; `read` says it where it wasn't met before. */
  entryOf(bytes: Uint8Array, start: number, end: number, read: () => EntryIndex): EntryIndex {
    const from = this.#piece.placeOf(bytes, start, end);
    const to = from + end - start;
    const known = this.#kernel.markOfPlace(from, to);
    if (known !== NOT_MET) return known === NONE ? NONE : known >>> TRAIT_BITS;
    const entry = read();
    this.#kernel.learnPlace(from, to, entry);
    return entry;
  }

  /** Says what a header was read as, the name of whose thread ends at `threadEnd` and of whose event begins at `eventStart`. */
  learnHeader(
    bytes: Uint8Array,
    start: number,
    end: number,
    header: HeaderPlaces,
    thread: number,
    event: number,
  ): void {
    const from = this.#piece.placeOf(bytes, start, end);
    const shift = from - start;
    const { threadEnd, eventStart } = header;
    this.#kernel.learnHeader(from, end + shift, threadEnd + shift, eventStart + shift, thread, event);
  }

  /** Says of an entry what decides on its role in a stack: the sum of some TRAITS, and its address. */
  addEntry(entry: EntryIndex, traits: number, address: bigint): void {
    this.#kernel.addEntry(entry, traits, Number(address & 0xffff_ffffn), Number((address >> 32n) & 0xffff_ffffn));
  }

  /**
   * Begins a sample. `event` is twice its number, and one where its samples don't count; `timeNs` and `period` are NaN where they aren't known.
   */
  openSample(thread: number, event: number, timeNs: number, period: number): void {
    this.#kernel.openSample(thread, event, timeNs, period);
  }

  /** Ends the sample at hand, if there is one. */
  endSample(): void {
    this.#kernel.endSample();
  }

  /** The same for a blank line. */
  endByBlank(): void {
    this.#kernel.endByBlank();
  }

  /** The sample at hand is none. */
  dropSample(): void {
    this.#kernel.dropSample();
  }

  /** Whether there is a sample at hand. */
  get isOpen(): boolean {
    return this.#kernel.hasSample() !== 0;
  }

  /** Whether the only place of the sample at hand is on its header. */
  get isSingle(): boolean {
    return this.#kernel.hasSingle() !== 0;
  }

  setSingle(): void {
    this.#kernel.setSingle();
  }

  /** Takes the place on its header off the sample at hand: it is none of its stack. */
  dropSingle(): void {
    this.#kernel.dropSingle();
  }

  /** Whether a blank line ended any sample. */
  get endsWithBlanks(): boolean {
    return this.#kernel.hasBlankEnds() !== 0;
  }

  /** Places in the sample at hand. */
  get depth(): number {
    return this.#kernel.depthOfSample();
  }

  /** The outermost place of the sample at hand. */
  get last(): EntryIndex {
    return this.#kernel.lastEntry();
  }

  push(entry: EntryIndex): void {
    this.#kernel.pushEntry(entry);
  }

  dropLast(): void {
    this.#kernel.dropLast();
  }

  /** Samples so far. */
  get sampleCount(): number {
    return this.#kernel.samples();
  }

  /** All samples that have ended; their stacks are nodes, or NONE. */
  samples(): SampleColumns {
    const { buffer } = this.#kernel.memory;
    const length = this.sampleCount;
    const whole = (column: number) => new Int32Array(buffer, this.#kernel.columnOfSamples(column), length).slice();
    const real = (column: number) => new Float64Array(buffer, this.#kernel.columnOfSamples(column), length).slice();
    return { length, stack: whole(0), thread: whole(1), event: whole(2), timeNs: real(3), period: real(4) };
  }

  /**
   * By node: the node of its caller, which comes before it, or NONE; and its key, which is four times its entry, and the sum of those of KEY that
   * hold of it. Of inlined places the caller is what they are inlined into.
   */
  nodes(): Nodes {
    return nodesOf(this.#kernel);
  }
}

/** Samples by column, with the event each belongs to. Times and periods are NaN where they aren't printed. */
export interface SampleColumns {
  readonly length: number;
  readonly stack: Int32Array;
  readonly thread: Int32Array;
  readonly event: Int32Array;
  readonly timeNs: Float64Array;
  readonly period: Float64Array;
}

/** Where parts of a header are. */
interface HeaderPlaces {
  readonly threadEnd: number;
  readonly eventStart: number;
}

/** Kernel code; where an interrupt entered the kernel; what perf marked as inlined. */
export const TRAITS = { kernel: 1, interrupt: 2, inlined: 4 } as const;

/** The address is the one to return to; the place is inlined into its caller. */
export const KEY = { caller: 1, inlined: 2 } as const;

const NOT_MET = -2;
const TRAIT_BITS = 3;
