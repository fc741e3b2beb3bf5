/** A function and line that a file gives for an address. */
export interface PlaceName {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** What a file tells of addresses, by their numbers. */
export interface PlaceNames {
  /** Innermost first: more than one where functions were inlined there. */
  readonly of: ReadonlyMap<number, readonly PlaceName[]>;
  /** Addresses of functions that the file leaves out since nobody is interested in them: Go's runtime. */
  readonly hidden: ReadonlySet<number>;
}

export const NO_NAMES: PlaceNames = { of: new Map(), hidden: new Set() };

/**
 * Collects the names in comments of Go's text profiles: `#\t0x46f2ab\tmain.work+0x2b\t/src/main.go:12`, below the stack they belong to.
 * Go prints none for functions of its runtime that stand at the inner end of a stack, nor for runtime.goexit, wherever it stands.
 * (printStackRecord in https://github.com/golang/go/blob/master/src/runtime/pprof/pprof.go)
 */
export class GoComments implements PlaceNames {
  readonly of = new Map<number, PlaceName[]>();
  readonly hidden = new Set<number>();
  /** The stack at hand, innermost first, and what was said of its addresses. */
  #stack: readonly number[] = [];
  #named = new Map<number, PlaceName[]>();

  /** What follows is about this stack. */
  begin(stack: readonly number[]): void {
    this.#end();
    this.#stack = stack;
  }

  /** Takes a comment; `numberOf` gives the number of an address. */
  comment(line: string, numberOf: (address: bigint) => number): void {
    const [sign, address, place, where] = line.split(/\t+/);
    if (sign !== '#' || where === undefined || !/^0x[\da-f]{1,16}$/.test(address)) return;
    const name = place.replace(/\+0x[\da-f]+$/, '');
    const colon = where.lastIndexOf(':');
    const lineNumber = Number(where.slice(colon + 1));
    const isLine = colon > 0 && Number.isInteger(lineNumber) && lineNumber > 0 && lineNumber < 2 ** 32;
    const row = { name, file: isLine ? where.slice(0, colon) : where, line: isLine ? lineNumber : 0 };
    const number = numberOf(BigInt(address));
    const rows = this.#named.get(number);
    if (rows) rows.push(row);
    else this.#named.set(number, [row]);
  }

  finish(): PlaceNames {
    this.#end();
    for (const number of this.of.keys()) this.hidden.delete(number);
    return this;
  }

  #end(): void {
    if (this.#named.size === 0) return;
    for (const [number, rows] of this.#named) if (!this.of.has(number)) this.of.set(number, rows);
    let met = false;
    for (const number of this.#stack) {
      if (this.#named.has(number)) met = true;
      else if (met && !this.of.has(number)) this.of.set(number, [GOEXIT]);
      else if (!met) this.hidden.add(number);
    }
    this.#named = new Map();
  }
}

const GOEXIT: PlaceName = { name: 'runtime.goexit', file: '', line: 0 };
