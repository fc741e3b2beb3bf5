import { normalize } from 'node:path';
import { Int32Column } from '../core/profile/column.ts';

/** Texts by number; the same text has the same number. Number 0 is the empty text. */
export class TextPool {
  readonly texts: string[] = [''];
  readonly #numbers = new Map<string, number>([['', 0]]);

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

/** A place in source text that an address belongs to. Names and files are numbers in a text pool. */
export interface Place {
  /** Function as the linker knows it: mangled. */
  readonly name: number;
  readonly file: number;
  /** 1-based; 0 where it isn't known. */
  readonly line: number;
  readonly column: number;
  /** Where the function is defined: its file, 0 where it isn't known, and line, 1-based. */
  readonly startFile: number;
  readonly startLine: number;
}

/** Places of addresses, as columns. An address has its places added innermost first: the inlined function before the one it stands in. */
export class PlaceTable {
  readonly texts: TextPool;
  readonly #first = new Int32Column();
  readonly #name = new Int32Column();
  readonly #file = new Int32Column();
  readonly #line = new Int32Column();
  readonly #column = new Int32Column();
  readonly #startFile = new Int32Column();
  readonly #startLine = new Int32Column();

  constructor(texts: TextPool) {
    this.texts = texts;
  }

  /** Addresses so far. */
  get length(): number {
    return this.#first.length;
  }

  /** Begins the list of the next address. */
  nextAddress(): void {
    this.#first.push(this.#name.length);
  }

  add(name: string, file: string, line: number, column = 0, startFile = '', startLine = 0): void {
    this.#name.push(this.texts.number(name));
    this.#file.push(this.texts.number(tidyPath(file)));
    this.#line.push(line);
    this.#column.push(column);
    this.#startFile.push(this.texts.number(tidyPath(startFile)));
    this.#startLine.push(startLine);
  }

  /** Where the places of an address begin and end; the last is the outermost. */
  range(address: number): { first: number; end: number } {
    const next = address + 1;
    return {
      first: this.#first.at(address),
      end: next < this.length ? this.#first.at(next) : this.#name.length,
    };
  }

  at(place: number): Place {
    return {
      name: this.#name.at(place),
      file: this.#file.at(place),
      line: this.#line.at(place),
      column: this.#column.at(place),
      startFile: this.#startFile.at(place),
      startLine: this.#startLine.at(place),
    };
  }
}

/** An absolute path without `..` and `.`, which compilers leave in it (`/home/me/build/../src/a.c`), so that a file has one name. */
function tidyPath(path: string): string {
  return path.startsWith('/') && /\/(?:\.\.?)?\//.test(path) ? normalize(path) : path;
}
