import type { PlaceName, PlaceNames } from './place-names.ts';

/**
 * The names at the end of Java profiles, one place a line: `0x00000095 com.example.Type.method (Type.java:195)`. (parseJavaLocations in
 * profile/legacy_java_profile.go of https://github.com/google/pprof)
 */
export class JavaPlaces {
  readonly #of = new Map<number, readonly PlaceName[]>();
  /** By name: the file that was given with it first; pprof has one function of a name. */
  readonly #files = new Map<string, string>();

  /** Takes a line; `numberOf` gives the number of a place. False for a line that is of another kind. */
  line(line: string, numberOf: (address: bigint) => number): boolean {
    const found = /^0x([\da-f]{1,16})\s+(\S.*)$/i.exec(line);
    if (!found) return false;
    const { name, file, line: number } = placeOf(found[2]);
    const known = this.#files.get(name);
    if (known === undefined) this.#files.set(name, file);
    this.#of.set(numberOf(BigInt(`0x${found[1]}`)), [{ name, file: known ?? file, line: number }]);
    return true;
  }

  finish(): PlaceNames {
    return { of: this.#of, hidden: new Set() };
  }
}

function placeOf(text: string): PlaceName {
  const open = text.lastIndexOf(' (');
  const inside = open > 0 && text.endsWith(')') ? text.slice(open + 2, -1) : '';
  const name = inside === '' ? text : text.slice(0, open).trimEnd();
  const colon = inside.lastIndexOf(':');
  if (colon > 0 && /^-?\d+$/.test(inside.slice(colon + 1))) {
    const line = Number(inside.slice(colon + 1));
    return { name, file: inside.slice(0, colon), line: line > 0 && line < 2 ** 32 ? line : 0 };
  }
  if (inside !== '') return { name, file: inside.slice(inside.lastIndexOf('/') + 1), line: 0 };
  return { name: text.includes('generated stub/JIT') ? 'STUB' : text, file: '', line: 0 };
}
