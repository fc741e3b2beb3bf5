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

  /** The key that is spelled at a place as programs do that write no blanks, which is noted, or HAS_NO_MORE. */
  spelledAt(bytes: Uint8Array, at: number, end: number): number {
    const guess = this.#next[this.#last];
    if (this.#isSpelled(guess, bytes, at, end)) {
      this.#last = guess;
      return guess;
    }
    for (let key = 0; key < this.spelling.length; key++) {
      if (!this.#isSpelled(key, bytes, at, end)) continue;
      this.follow(key);
      return key;
    }
    return HAS_NO_MORE;
  }

  #isSpelled(key: number, bytes: Uint8Array, at: number, end: number): boolean {
    const spelling = this.spelling[key];
    // From the second letter on: all start with a quote, and few have the next in common.
    if (bytes[at + 1] !== spelling[1] || at + spelling.length > end) return false;
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
