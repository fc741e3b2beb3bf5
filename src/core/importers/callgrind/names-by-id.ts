/** Names that are given a number once, `(12) name`, and then told by it, `(12)`; each kind of name has its own numbers. */
export class NamesById {
  readonly #names = new Map<string, string>();

  /** The name that is written so; `''` for one that callgrind doesn't know. */
  nameOf(written: string): string {
    const match = /^\((\d+)\)(?:[ \t]+(.*))?$/s.exec(written);
    if (!match) return known(written);
    const [, id, name] = match;
    if (name === undefined) return this.#names.get(id) ?? '';
    this.#names.set(id, known(name));
    return known(name);
  }
}

function known(name: string): string {
  return name === '???' ? '' : name;
}
