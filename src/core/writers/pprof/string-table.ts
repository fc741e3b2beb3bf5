/** The strings of a pprof file by number; number 0 is the empty one. */
export class StringTable {
  readonly texts: string[] = [''];
  readonly #index = new Map([['', 0]]);

  index(text: string): number {
    let index = this.#index.get(text);
    if (index === undefined) {
      index = this.texts.push(text) - 1;
      this.#index.set(text, index);
    }
    return index;
  }
}
