import type { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { type FrameIndex, type FunctionIndex, NONE } from '../../profile/profile.ts';
import type { JsonStream, TextNumber } from './json-stream.ts';
import { pathOfUrl } from './path-of-url.ts';

/** Position in the functions of a V8 profile. */
export type V8Function = number;

/**
 * The functions and frames of a V8 profile, each made once. Places are V8's `callFrame`: that of the function's definition, counted
 * from 0, with -1 for none. (https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-CallFrame)
 */
export class V8Functions {
  readonly #builder: ProfileBuilder;
  readonly #json: JsonStream;
  readonly #nameAndUrl = new IntKeyMap(1024);
  readonly #place = new IntKeyMap(1024);
  readonly #known = new IntKeyMap(1024);
  readonly #names = new Int32Column();
  readonly #urls = new Int32Column();
  readonly #lines = new Int32Column();
  readonly #columns = new Int32Column();
  /** In the profile; NONE until the first frame, so that a root without a frame isn't in it. */
  readonly #functions = new Int32Column();
  readonly #frames = new IntKeyMap(1024);
  /** By function: its frame without a line, or NONE. */
  readonly #plainFrames = new Int32Column();

  constructor(builder: ProfileBuilder, json: JsonStream) {
    this.#builder = builder;
    this.#json = json;
  }

  of(name: TextNumber, url: TextNumber, line: number, column: number): V8Function {
    const known = this.#known;
    const [who, where] = [numberOf(this.#nameAndUrl, name, url), numberOf(this.#place, line, column)];
    const size = known.size;
    const func = numberOf(known, who, where);
    if (known.size > size) {
      this.#names.push(name);
      this.#urls.push(url);
      this.#lines.push(line);
      this.#columns.push(column);
      this.#functions.push(NONE);
      this.#plainFrames.push(NONE);
    }
    return func;
  }

  nameOf(func: V8Function): string {
    return this.#json.textAt(this.#names.at(func));
  }

  /** The frame of a function at a line that was executing, counted from 1; 0 where it isn't known. */
  frame(func: V8Function, line: number): FrameIndex {
    if (line !== 0) return this.#frameAt(func, line);
    let frame = this.#plainFrames.at(func);
    if (frame === NONE) {
      frame = this.#frameAt(func, 0);
      this.#plainFrames.set(func, frame);
    }
    return frame;
  }

  #frameAt(func: V8Function, line: number): FrameIndex {
    let frame = this.#frames.get(func, line);
    if (frame === -1) {
      // What is no script is V8's own: builtins, the collector, native code.
      const isScript = this.#urls.at(func) !== 0 || this.#lines.at(func) >= 0;
      frame = this.#builder.frame({ function: this.#functionOf(func), line, kind: isScript ? 'jit' : 'native' });
      this.#frames.set(func, line, frame);
    }
    return frame;
  }

  /** Functions of one name on one line, as in minified scripts, are told apart by their column. */
  #functionOf(func: V8Function): FunctionIndex {
    const known = this.#functions.at(func);
    if (known !== NONE) return known;
    const name = this.nameOf(func) || '(anonymous)';
    const startLine = this.#lines.at(func) + 1;
    const column = this.#columns.at(func) + 1;
    const systemName = column > 1 ? `${name}:${startLine}:${column}` : name;
    const file = pathOfUrl(this.#json.textAt(this.#urls.at(func)));
    const index = this.#builder.function({ name, systemName, file, startLine });
    this.#functions.set(func, index);
    return index;
  }
}

/** The number of a pair, a new one for a new pair. */
function numberOf(map: IntKeyMap, a: number, b: number): number {
  let number = map.get(a, b);
  if (number === -1) {
    number = map.size;
    map.set(a, b, number);
  }
  return number;
}
