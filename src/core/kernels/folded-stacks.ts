import { WASM } from './folded-stacks-wasm.ts';
import { newKernel } from './kernel.ts';
import { type Nodes, nodesOf, type TreeExports } from './nodes.ts';
import { PIECE_BYTES, TextPiece } from './text-piece.ts';

/** What the kernel exports: places are addresses in its memory. */
interface Exports extends TreeExports {
  begin(pieceBytes: number, expected: number): number;
  leave(first: number): void;
  pieceChanged(): void;
  scratchFor(bytes: number): number;
  take(from: number, end: number): number;
  takenLines(): number;
  nodeOfText(start: number, end: number): number;
  rowOfKnownNode(node: number): number;
  addRow(node: number): number;
  addCount(row: number, count: number): void;
  rows(): number;
  nodesOfRows(): number;
  countsOfRows(): number;
  textsInAll(): number;
  recordsOfTexts(): number;
}

/**
 * Folded stacks as a tree of texts, and the sum of the counts of each. Whoever reads lines gives them piece by piece; those that are a stack and a
 * count of a few digits are taken here, without a call for each.
 */
export class FoldedStacks {
  /** Lines that the last `take` took. */
  taken = 0;
  readonly #kernel: Exports;
  readonly #piece: TextPiece;

  /** `expected` is how many stacks will come, about. Lines that begin with one of the bytes `left` aren't taken. `full` throws. */
  constructor(expected: number, left: readonly number[], full: () => never) {
    this.#kernel = newKernel<Exports>(WASM, full);
    this.#piece = new TextPiece(this.#kernel, this.#kernel.begin(PIECE_BYTES, expected));
    for (const byte of left) this.#kernel.leave(byte);
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

  /** The node of a stack's text; NONE where it has no frames. Semicolons at its end don't count. */
  nodeOf(bytes: Uint8Array, start: number, end: number): number {
    const from = this.#piece.placeOf(bytes, start, end);
    return this.#kernel.nodeOfText(from, from + end - start);
  }

  /** The row that `take` adds counts of a node to. */
  rowOf(node: number): number {
    return this.#kernel.rowOfKnownNode(node);
  }

  /** Another row, of a node or of NONE. */
  addRow(node: number): number {
    return this.#kernel.addRow(node);
  }

  addCount(row: number, count: number): void {
    this.#kernel.addCount(row, count);
  }

  get rowCount(): number {
    return this.#kernel.rows();
  }

  /** By row: its node, or NONE, and the sum of its counts. */
  rows(): { readonly node: Int32Array; readonly count: Float64Array } {
    const { buffer } = this.#kernel.memory;
    const length = this.rowCount;
    return {
      node: new Int32Array(buffer, this.#kernel.nodesOfRows(), length).slice(),
      count: new Float64Array(buffer, this.#kernel.countsOfRows(), length).slice(),
    };
  }

  /** The tree; the key of a node is the number of its frame's text. */
  nodes(): Nodes {
    return nodesOf(this.#kernel);
  }

  /** Calls for each text, by its number, with where its bytes are. */
  eachText(take: (bytes: Uint8Array, start: number, end: number) => void): void {
    const { bytes } = this.#piece;
    const count = this.#kernel.textsInAll();
    const records = new Uint32Array(bytes.buffer, this.#kernel.recordsOfTexts(), count);
    const words = new Uint32Array(bytes.buffer);
    for (const record of records) take(bytes, record + TEXT, record + TEXT + words[record / 4]);
  }
}

/** Where in its record a text begins. */
const TEXT = 8;
