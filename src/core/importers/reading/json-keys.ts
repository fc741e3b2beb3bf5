/**
 * The keys of an object that are read, by number. Programs write the keys of all objects of a kind in one order, so the key that
 * followed the last one before is compared first, as bytes, and most keys cost no more than that.
 */
export class JsonKeys {
  /** By key: its bytes with quotes and the colon, as programs write it that write no blanks. */
  readonly spelling: readonly Uint8Array[];
  readonly #numbers: ReadonlyMap<string, number>;
  /** By key, and last for the start: what came next. */
  readonly #next: Int32Array;
  #last: number;

  constructor(keys: readonly string[]) {
    this.spelling = keys.map((key) => Uint8Array.from(`"${key}":`, (letter) => letter.charCodeAt(0)));
    this.#numbers = new Map(keys.map((key, number) => [key, number]));
    this.#next = Int32Array.from({ length: keys.length + 1 }, (_, key) => (key + 1) % keys.length);
    this.#last = keys.length - 1;
  }

  /** The key that is likely to come. */
  guess(): number {
    return this.#next[this.#last];
  }

  /** Whether a key's spelling stands at a place; it has to lie within the bytes. */
  isSpelled(key: number, bytes: Uint8Array, at: number): boolean {
    const spelling = this.spelling[key];
    for (let letter = 0; letter < spelling.length; letter++) if (bytes[at + letter] !== spelling[letter]) return false;
    return true;
  }

  /** Notes which key came. */
  follow(key: number): void {
    this.#next[this.#last] = key;
    this.#last = key;
  }

  find(key: string): number {
    return this.#numbers.get(key) ?? HAS_NO_MORE;
  }
}

export const HAS_NO_MORE = -1;
