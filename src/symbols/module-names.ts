import type { PlaceTable } from './place-table.ts';

/** What is known of addresses of one module, by position among those asked about. */
export interface ModuleNames {
  /** The addresses in the module's own address space; NaN where a place isn't loaded. Not given where they were asked in it. */
  readonly addresses?: Float64Array;
  /** Position in `symbols`, or NONE. */
  readonly symbol: Int32Array;
  readonly symbols: readonly NamedSymbol[];
  /** Functions and lines by debug information, for the first `places.length` addresses. */
  readonly places?: PlaceTable;
}

export interface NamedSymbol {
  /** Tells symbols of one name apart. */
  readonly start: number;
  /** As the linker knows it; several where only readable names tell which is preferred. */
  readonly names: readonly string[];
}

/** The columns of `ModuleNames` for the symbols that `find` gives; the same start is the same symbol. */
export function namesOf(
  addresses: Float64Array,
  find: (address: number) => NamedSymbol | undefined,
): { symbol: Int32Array; symbols: readonly NamedSymbol[] } {
  const symbols: NamedSymbol[] = [];
  const known = new Map<number, number>();
  const symbol = new Int32Array(addresses.length).fill(-1);
  for (let at = 0; at < addresses.length; at++) {
    const found = find(addresses[at]);
    if (!found) continue;
    let index = known.get(found.start);
    if (index === undefined) {
      index = symbols.push(found) - 1;
      known.set(found.start, index);
    }
    symbol[at] = index;
  }
  return { symbol, symbols };
}
