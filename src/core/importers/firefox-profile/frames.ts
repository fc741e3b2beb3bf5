import type { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameIndex, type FrameKind, type FunctionIndex, type ModuleIndex, NONE } from '../../profile/profile.ts';
import { AddressRanges } from '../reading/address-ranges.ts';
import type { JsonStream } from '../reading/json-stream.ts';
import { pathOfUrl } from '../reading/path-of-url.ts';
import type { FirefoxThread } from './file.ts';
import { type FirefoxTable, NO_TABLE, numberAt, rowAt } from './table.ts';

/** The frames of a thread's `frameTable`, each made when it is first shown. */
export class FirefoxFrames {
  readonly #builder: ProfileBuilder;
  readonly #thread: FirefoxThread;
  readonly #textOf: (string: number) => string;
  readonly #table: FirefoxTable;
  readonly #functions: FirefoxTable;
  readonly #resources: FirefoxTable;
  readonly #symbols: FirefoxTable;
  readonly #sources: FirefoxTable;
  readonly #known: Int32Array;
  readonly #knownFunctions = new Map<number, FunctionIndex>();
  readonly #locations = new Map<number, Location>();
  /** Functions and texts that frames name and that aren't there. Known of frames that were asked for. */
  missing = 0;

  constructor(builder: ProfileBuilder, json: JsonStream, thread: FirefoxThread) {
    this.#builder = builder;
    this.#thread = thread;
    const strings = thread.strings ?? thread.process.strings;
    this.#textOf = (string) => {
      if (string < 0) return '';
      if (strings && string < strings.length) return json.textAt(strings.at(string));
      this.missing++;
      return '';
    };
    const table = (name: string) => thread.tables.get(name) ?? thread.process.tables.get(name) ?? NO_TABLE;
    this.#table = table('frameTable');
    this.#functions = table('funcTable');
    this.#resources = table('resourceTable');
    this.#symbols = table('nativeSymbols');
    this.#sources = table('sources');
    this.#known = new Int32Array(this.#table.length).fill(UNKNOWN);
  }

  get length(): number {
    return this.#table.length;
  }

  /** The frame of a row; NONE for `(root)`, which only holds stacks together. */
  of(row: number): FrameIndex {
    if (this.#known[row] === UNKNOWN) {
      this.#known[row] = this.#table.columns.has('location') ? this.#raw(row) : this.#processed(row);
    }
    return this.#known[row];
  }

  categoryOf(row: number): string {
    const category = rowAt(this.#table.columns.get('category'), row);
    return category === -1 ? '' : (this.#thread.process.meta.categories[category] ?? '');
  }

  #processed(row: number): FrameIndex {
    const { columns } = this.#table;
    const func = rowAt(columns.get('func'), row);
    if (func === -1 || func >= this.#functions.length) this.missing++;
    const { columns: of } = this.#functions;
    const name = this.#textOf(rowAt(of.get('name'), func));
    const symbol = rowAt(columns.get('nativeSymbol'), row);
    const symbolLib = rowAt(this.#symbols.columns.get('libIndex'), symbol);
    const resource = rowAt(of.get('resource'), func);
    const lib = symbolLib >= 0 ? symbolLib : rowAt(this.#resources.columns.get('lib'), resource);
    const module = this.#module(lib);
    const address = rowlessAddress(numberAt(columns.get('address'), row));
    const isJs = numberAt(of.get('isJS'), func) === 1;
    const kind = this.#kind(row, isJs, lib);
    const place = {
      line: place32(numberAt(columns.get('line'), row)),
      column: place32(numberAt(columns.get('column'), row)),
      module,
      address,
      inlined: numberAt(columns.get('inlineDepth'), row) > 0,
      kind,
    };
    const named = module === NONE ? undefined : addressNamed(name);
    if (named !== undefined && isTheAddress(named, address)) {
      return this.#builder.frame({ function: NONE, ...place, address: named });
    }
    let own = this.#knownFunctions.get(func);
    if (own === undefined) {
      const source = rowAt(of.get('source'), func);
      const file = source >= 0 ? rowAt(this.#sources.columns.get('filename'), source) : rowAt(of.get('fileName'), func);
      own = this.#builder.function({
        name: name || '(unnamed)',
        file: pathOfUrl(this.#textOf(file)),
        startLine: place32(numberAt(of.get('lineNumber'), func)),
        module,
      });
      this.#knownFunctions.set(func, own);
    }
    return this.#builder.frame({ function: own, ...place });
  }

  /** A raw profile's frame is one text: `name (file:line:column)` of the definition, an address, or a label. */
  #raw(row: number): FrameIndex {
    const { columns } = this.#table;
    const string = rowAt(columns.get('location'), row);
    let location = this.#locations.get(string);
    if (!location) {
      location = locationIn(this.#textOf(string));
      this.#locations.set(string, location);
    }
    const { name, file, line, address, library } = location;
    if (name === '(root)') return NONE;
    const place = {
      line: place32(numberAt(columns.get('line'), row)),
      column: place32(numberAt(columns.get('column'), row)),
    };
    if (address !== undefined) {
      const { process } = this.#thread;
      process.libsByAddress ??= new AddressRanges(process.libs);
      const lib = process.libsByAddress.find(address);
      const module = this.#module(lib);
      const offset = lib === NONE ? address : address - this.#thread.process.libs[lib].start;
      return this.#builder.frame({ function: NONE, ...place, module, address: BigInt(offset) });
    }
    const module = library ? this.#builder.module(library, '') : NONE;
    const own = this.#builder.function({ name, file: pathOfUrl(file), startLine: line, module });
    const implementation = this.#textOf(rowAt(columns.get('implementation'), row));
    const kind = implementation === '' ? (file === '' ? 'native' : 'interpreted') : 'jit';
    return this.#builder.frame({ function: own, ...place, kind, module });
  }

  #module(lib: number): ModuleIndex {
    const row = this.#thread.process.libs[lib];
    if (!row) return NONE;
    const path = row.path || row.name;
    return path === '' ? NONE : this.#builder.module(path, row.buildId);
  }

  #kind(row: number, isJs: boolean, lib: number): FrameKind {
    // Code of a script without an implementation was interpreted, where the profile has implementations at all.
    if (isJs && this.#thread.process.meta.hasImplementations) {
      return rowAt(this.#table.columns.get('implementation'), row) >= 0 ? 'jit' : 'interpreted';
    }
    if (isJs) return 'jit';
    const name = this.#thread.process.libs[lib]?.name ?? '';
    return this.categoryOf(row) === 'Kernel' || /^(\[kernel|vmlinux)/.test(name) ? 'kernel' : 'native';
  }
}

interface Location {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly address?: number;
  /** Name of the library that the function is in. */
  readonly library?: string;
}

/**
 * What the text of a raw profile's frame says, as the front end takes it: an address; `name (in library) + offset`; `name (file:line:column)[source]`
 * or, for what a script does outside of functions, that without a name; else a label.
 */
function locationIn(text: string): Location {
  if (HEXADECIMAL.test(text) && text.length <= 16) return { name: text, file: '', line: 0, address: Number(text) };
  const inside = text.lastIndexOf(' (in ');
  const library = inside > 0 ? libraryIn(text.slice(inside)) : undefined;
  if (library !== undefined) return { name: withoutThunk(text.slice(0, inside)), file: '', line: 0, library };
  const code = text.replace(SOURCE, '');
  const open = code.endsWith(')') ? code.lastIndexOf(' (') : -1;
  const whole = open > 0 ? code.slice(open + 2, -1) : code;
  const place = /^(.+?):(\d{1,9})(?::\d{1,9})?$/s.exec(whole);
  if (!place) return { name: text.replace(/^AutoEntryScript /, ''), file: '', line: 0 };
  // A script that another one loaded: `loader -> script`.
  const file = place[1].slice(place[1].lastIndexOf(LOADED) === -1 ? 0 : place[1].lastIndexOf(LOADED) + LOADED.length);
  return { name: open > 0 ? code.slice(0, open) : `(root scope) ${file}`, file, line: Number(place[2]) };
}

/** The library of ` (in library)`, ` (in library) + 12` or ` (in library) (file:line)`. */
function libraryIn(text: string): string | undefined {
  const end = text.indexOf(')');
  if (end === -1) return undefined;
  const rest = text.slice(end + 1);
  const isPlace = rest.startsWith(' (') && rest.endsWith(')') && rest.includes(':');
  return rest === '' || isPlace || /^ \+ \d+$/.test(rest) ? text.slice(' (in '.length, end) : undefined;
}

const SOURCE = /\[\d{1,9}\]$/;
const LOADED = ' -> ';

function withoutThunk(name: string): string {
  return name.replace(/^non-virtual thunk to /, '');
}

/** The address that a name is: that of code which is not symbolicated. */
function addressNamed(name: string): bigint | undefined {
  return HEXADECIMAL.test(name) && name.length <= LONGEST_ADDRESS ? BigInt(name) : undefined;
}

/** Of an address that is too large for a number of JSON only the name tells; a function may be called like another address. */
function isTheAddress(named: bigint, address: bigint): boolean {
  return named === address || (address === 0n && named > BigInt(Number.MAX_SAFE_INTEGER));
}

function rowlessAddress(address: number): bigint {
  return Number.isSafeInteger(address) && address > 0 ? BigInt(address) : 0n;
}

function place32(number: number): number {
  return number > 0 && number < 2 ** 31 ? Math.trunc(number) : 0;
}

const HEXADECIMAL = /^0x[0-9a-f]+$/i;
/** Of 64 bits, with `0x`. */
const LONGEST_ADDRESS = 18;
const UNKNOWN = -2;
