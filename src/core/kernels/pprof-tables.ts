import { type Kernel, newKernel } from './kernel.ts';
import { WASM } from './pprof-tables-wasm.ts';

/** What the kernel exports: places are addresses in its memory. */
interface Exports extends Kernel {
  begin(pieceBytes: number): number;
  take(from: number, end: number, location: number, line: number, func: number, takesStrings: number): number;
  takenSamples(): number;
  takenLocations(): number;
  takenLines(): number;
  takenFunctions(): number;
  takenStrings(): number;
  columnOfLocations(column: number): number;
  columnOfLines(column: number): number;
  columnOfFunctions(column: number): number;
  endsOfStrings(): number;
  bytesOfStrings(): number;
}

/** What is known of a file's tables before more is taken. */
export interface KnownTables {
  /** The ids that the next location and the next function have to have to be taken; 0 where none is. */
  readonly nextLocation: number;
  readonly nextFunction: number;
  /** How many lines there are. */
  readonly lines: number;
  /** Whether strings are taken. */
  readonly takesStrings: boolean;
}

/** Fields that were taken. All of it is valid until the next call of anything. */
export interface TakenTables {
  /** How many bytes they have. */
  readonly bytes: number;
  /** Samples, which were passed over. */
  readonly samples: number;
  readonly locations: {
    readonly mapping: Int32Array;
    readonly addressLow: Int32Array;
    readonly addressHigh: Int32Array;
    readonly firstLine: Int32Array;
  };
  readonly lines: { readonly function: Int32Array; readonly line: Int32Array; readonly column: Int32Array };
  /** Numbers of strings, and a line. */
  readonly functions: {
    readonly name: Int32Array;
    readonly systemName: Int32Array;
    readonly file: Int32Array;
    readonly startLine: Int32Array;
  };
  /** Strings one behind the other, and where each ends. */
  readonly strings: { readonly bytes: Uint8Array; readonly ends: Int32Array };
}

/**
 * The tables of pprof's profile.proto, where they have the usual form: ids that count from 1 on, and numbers of 31 bits but for addresses. Whoever reads
 * the file takes the other fields.
 */
export class PprofTables {
  readonly #kernel: Exports;
  /** Where the piece is in the kernel's memory; where in the file it begins, and where it ends there. */
  readonly #start: number;
  readonly #pieceBytes: number;
  #offset = 0;
  #end = 0;

  /** For a file of so many bytes. `full` throws. */
  constructor(fileBytes: number, full: () => never) {
    this.#kernel = newKernel<Exports>(WASM, full);
    this.#pieceBytes = Math.min(PIECE_BYTES, fileBytes);
    this.#start = this.#kernel.begin(this.#pieceBytes);
  }

  /** Takes fields of `bytes` from `at` up to `end`, which are at `offset` in the file. There may be more behind those it takes. */
  take(bytes: Uint8Array, at: number, end: number, offset: number, known: KnownTables): TakenTables {
    const isThere = offset >= this.#offset && offset < this.#end;
    if (!isThere) this.#copy(bytes, at, end, offset);
    let taken = this.#take(offset, known);
    if (taken === 0 && isThere) {
      // The next field may go on behind the piece.
      this.#copy(bytes, at, end, offset);
      taken = this.#take(offset, known);
    }
    return this.#taken(taken);
  }

  #copy(bytes: Uint8Array, at: number, end: number, offset: number): void {
    const length = Math.min(end - at, this.#pieceBytes);
    new Uint8Array(this.#kernel.memory.buffer, this.#start, length).set(bytes.subarray(at, at + length));
    this.#offset = offset;
    this.#end = offset + length;
  }

  #take(offset: number, { nextLocation, nextFunction, lines, takesStrings }: KnownTables): number {
    const from = this.#start + offset - this.#offset;
    const end = this.#start + this.#end - this.#offset;
    return this.#kernel.take(from, end, nextLocation, lines, nextFunction, takesStrings ? 1 : 0) - from;
  }

  #taken(bytes: number): TakenTables {
    const kernel = this.#kernel;
    const { buffer } = kernel.memory;
    const numbers = (start: number, rows: number) => new Int32Array(buffer, start, rows);
    const locations = (column: number) => numbers(kernel.columnOfLocations(column), kernel.takenLocations());
    const lines = (column: number) => numbers(kernel.columnOfLines(column), kernel.takenLines());
    const functions = (column: number) => numbers(kernel.columnOfFunctions(column), kernel.takenFunctions());
    const ends = numbers(kernel.endsOfStrings(), kernel.takenStrings());
    return {
      bytes,
      samples: kernel.takenSamples(),
      locations: {
        mapping: locations(0),
        addressLow: locations(1),
        addressHigh: locations(2),
        firstLine: locations(3),
      },
      lines: { function: lines(0), line: lines(1), column: lines(2) },
      functions: { name: functions(0), systemName: functions(1), file: functions(2), startLine: functions(3) },
      strings: { bytes: new Uint8Array(buffer, kernel.bytesOfStrings(), ends.at(-1) ?? 0), ends },
    };
  }
}

const PIECE_BYTES = 1 << 18;
