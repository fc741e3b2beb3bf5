import { newKernel } from './kernel.ts';
import { type Nodes, nodesOf, type TreeExports } from './nodes.ts';
import { WASM } from './pprof-samples-wasm.ts';

/** What the kernel exports: places are addresses in its memory. */
interface Exports extends TreeExports {
  beginLocations(expected: number, hashBits: number): void;
  roomForLocations(count: number): number;
  nodeOfLocations(start: number, end: number): number;
  begin(pieceBytes: number, smallIds: number, counted: number, values: number, prunedLocations: number): void;
  pieceStart(): number;
  enlargePiece(bytes: number): number;
  idsStart(): number;
  prunedStart(): number;
  addWideId(low: number, high: number, row: number): void;
  take(from: number, end: number): number;
  hasEnded(): number;
  neededBytes(): number;
  rows(): number;
  nodesOfRows(): number;
  valuesOfRows(): number;
  labelsInRows(): number;
  labelsOfRows(): number;
  damagedSamples(): number;
  incompleteSamples(): number;
  missingFrames(): number;
  roundedValues(): number;
}

/** A prefix tree of stacks of locations. */
export class LocationTree {
  readonly kernel: Exports;

  /** `expected` is how many stacks will be asked for. `hashBits` says which bits of hashes count: all, but in a test. `full` throws. */
  constructor(expected: number, full: () => never, hashBits = -1) {
    this.kernel = newKernel<Exports>(WASM, full);
    this.kernel.beginLocations(expected, hashBits);
    this.kernel.begin(0, 0, 0, 0, 0);
  }

  /** The node of the stack of `locations` from `start` up to `end` (exclusive), innermost first; NONE for an empty one. */
  nodeOf(locations: Int32Array, start: number, end: number): number {
    const { kernel } = this;
    const room = kernel.roomForLocations(end - start);
    new Int32Array(kernel.memory.buffer, room, end - start).set(locations.subarray(start, end));
    return kernel.nodeOfLocations(room, room + (end - start) * 4);
  }

  /** Its nodes; the key of each is its location. */
  nodes(): Nodes {
    return nodesOf(this.kernel);
  }
}

/** The locations of a file by their ids, and how many values each sample has. */
export interface SampleShape {
  /** By small id: its location and one, or 0. */
  readonly small: Int32Array;
  /** So many ids from 1 on are each one more than their location. */
  readonly counted: number;
  /** Calls for each of the other ids. */
  readonly eachWide: (take: (low: number, high: number, location: number) => void) => void;
  /** By location: what pruning does to it; `undefined` where nothing is pruned. */
  readonly pruned: Uint8Array | undefined;
  readonly values: number;
  /** Of the file. */
  readonly fileBytes: number;
}

/** Samples of a piece of the file. All of it is valid until the next call of anything. */
export interface TakenSamples {
  /** How many bytes of the piece are done with. */
  readonly taken: number;
  /** Nothing after that is sound. */
  readonly isEnded: boolean;
  /** Where the first field that isn't done with isn't whole: how many bytes it takes, from its beginning. */
  readonly needed: number;
  /** The node of each sample. */
  readonly nodes: Int32Array;
  /** Its values, one behind the other. */
  readonly values: Float64Array;
  /** Of each label: its row in these, NONE where the sample is left out, and where in the piece it begins and ends. */
  readonly labels: Int32Array;
}

/** Reads the samples of pprof's profile.proto into a tree of locations. */
export class PprofSamples {
  readonly tree: LocationTree;
  /** What is read next: it is filled from outside. Replaced when it is enlarged, and when the kernel's memory grows. */
  #piece: Uint8Array;
  #pieceBytes: number;
  readonly #values: number;

  constructor(tree: LocationTree, { small, counted, eachWide, pruned, values, fileBytes }: SampleShape) {
    const { kernel } = tree;
    this.tree = tree;
    this.#values = values;
    this.#pieceBytes = Math.min(PIECE_BYTES, fileBytes);
    kernel.begin(this.#pieceBytes, small.length, counted, values, pruned?.length ?? 0);
    new Int32Array(kernel.memory.buffer, kernel.idsStart(), small.length).set(small);
    if (pruned) new Uint8Array(kernel.memory.buffer, kernel.prunedStart(), pruned.length).set(pruned);
    eachWide((low, high, location) => kernel.addWideId(low, high, location));
    this.#piece = new Uint8Array(kernel.memory.buffer, kernel.pieceStart(), this.#pieceBytes);
  }

  /** The bytes that are read next. */
  get piece(): Uint8Array {
    const { buffer } = this.tree.kernel.memory;
    if (this.#piece.buffer !== buffer)
      this.#piece = new Uint8Array(buffer, this.tree.kernel.pieceStart(), this.#pieceBytes);
    return this.#piece;
  }

  /** Makes room for a field of so many bytes; what is in the piece stays. */
  enlarge(bytes: number): void {
    if (bytes <= this.#pieceBytes) return;
    this.#pieceBytes = bytes;
    const start = this.tree.kernel.enlargePiece(bytes);
    this.#piece = new Uint8Array(this.tree.kernel.memory.buffer, start, bytes);
  }

  /** Takes samples of the piece, from a place in it to another, as many as are given at once. */
  take(from: number, end: number): TakenSamples {
    const { kernel } = this.tree;
    const taken = kernel.take(from, end);
    const { buffer } = kernel.memory;
    const rows = kernel.rows();
    return {
      taken,
      isEnded: kernel.hasEnded() !== 0,
      needed: kernel.neededBytes(),
      nodes: new Int32Array(buffer, kernel.nodesOfRows(), rows),
      values: new Float64Array(buffer, kernel.valuesOfRows(), rows * this.#values),
      labels: new Int32Array(buffer, kernel.labelsOfRows(), kernel.labelsInRows() * 3),
    };
  }

  /** Samples that are no messages, or have not one value of each kind: left out. */
  get damaged(): number {
    return this.tree.kernel.damagedSamples();
  }

  /** Samples with locations that aren't in the file, and how many such frames were left out. */
  get incomplete(): number {
    return this.tree.kernel.incompleteSamples();
  }

  get missingFrames(): number {
    return this.tree.kernel.missingFrames();
  }

  /** Values beyond 2^53. */
  get rounded(): number {
    return this.tree.kernel.roundedValues();
  }
}

const PIECE_BYTES = 1 << 20;
