import type { FrameKind } from '../core/profile/profile.ts';
import { FRAME_KINDS, NONE } from '../core/profile/profile.ts';
import type { ModuleNames, NamedSymbol } from './module-names.ts';
import { PlaceTable, type TextPool } from './place-table.ts';

/** A program, a library or the kernel, as a recording knows it. */
export interface KeptModule {
  readonly path: string;
  /** Empty where the recording has none. */
  readonly buildId: string;
  readonly kind: FrameKind;
}

/** Name, file, line, column, and the file and line where the function is defined; names and files are numbers of texts. */
type KeptPlace = readonly [number, number, number, number, number, number];

interface KeptNames extends KeptModule {
  /** As recorded, in hexadecimal. */
  readonly asked: readonly string[];
  /** In the module's own address space; null where it isn't loaded. */
  readonly addresses?: readonly (number | null)[];
  /** By address: position in `symbols`, or NONE. */
  readonly symbol: readonly number[];
  readonly symbols: readonly (readonly [start: number, names: readonly string[]])[];
  /** By address, innermost first. */
  readonly places?: readonly (readonly KeptPlace[])[];
}

interface KeptFile {
  readonly schema: typeof SCHEMA;
  /** Size of the recording that it belongs to. */
  readonly recordingBytes: number;
  readonly texts: readonly string[];
  readonly modules: readonly KeptNames[];
}

const SCHEMA = 'perfwright.symbols/1';

/** Collects what is found out of a recording's addresses while its programs are still the ones that ran, as a text to be kept with it. */
export class SymbolKeeper {
  readonly #modules: KeptNames[] = [];

  add(module: KeptModule, asked: BigUint64Array, { addresses, symbol, symbols, places }: ModuleNames): void {
    if (symbols.length === 0 && !places) return;
    this.#modules.push({
      ...module,
      asked: Array.from(asked, (address) => address.toString(16)),
      addresses: addresses && Array.from(addresses, (address) => (Number.isNaN(address) ? null : address)),
      symbol: [...symbol],
      symbols: symbols.map(({ start, names }) => [start, names]),
      places: places && Array.from({ length: places.length }, (_, at) => placesAt(places, at)),
    });
  }

  text({ texts }: TextPool, recordingBytes: number): string {
    const file: KeptFile = { schema: SCHEMA, recordingBytes, texts, modules: this.#modules };
    return JSON.stringify(file);
  }
}

function placesAt(places: PlaceTable, at: number): KeptPlace[] {
  const { first, end } = places.range(at);
  return Array.from({ length: end - first }, (_, place) => {
    const { name, file, line, column, startFile, startLine } = places.at(first + place);
    return [name, file, line, column, startFile, startLine];
  });
}

/** What was found out of a recording's addresses when it was made: for programs that are no longer the ones that ran. */
export class KeptSymbols {
  readonly #texts: readonly string[];
  /** By module: where each address stands. */
  readonly #index = new Map<string, Map<string, readonly [names: KeptNames, at: number]>>();

  /**
   * @param recordingBytes size of the recording it has to belong to
   * @throws SyntaxError where the text isn't what SymbolKeeper gives of this recording
   */
  constructor(text: string, recordingBytes: number) {
    const file: unknown = JSON.parse(text);
    if (!isKeptFile(file)) throw new SyntaxError('it is not what is kept of symbols');
    if (file.recordingBytes !== recordingBytes) throw new SyntaxError('it belongs to another recording');
    this.#texts = file.texts;
    for (const names of file.modules) {
      const key = keyOf(names);
      const ofModule = this.#index.get(key) ?? new Map();
      this.#index.set(key, ofModule);
      for (const [at, address] of names.asked.entries()) ofModule.set(address, [names, at]);
    }
  }

  /** What is known of addresses of a module; undefined where nothing is. */
  find(module: KeptModule, asked: BigUint64Array, texts: TextPool): ModuleNames | undefined {
    const known = this.#index.get(keyOf(module));
    const found = Array.from(asked, (address) => known?.get(address.toString(16)));
    if (found.every((one) => one === undefined)) return undefined;
    const symbol = new Int32Array(asked.length).fill(NONE);
    const addresses = new Float64Array(asked.length).fill(Number.NaN);
    const symbols: NamedSymbol[] = [];
    const positions = new Map<number, number>();
    const places = new PlaceTable(texts);
    const textOf = (text: number) => this.#texts[text] ?? '';
    for (const [position, one] of found.entries()) {
      places.nextAddress();
      if (!one) continue;
      const [names, at] = one;
      addresses[position] = names.addresses?.[at] ?? Number.NaN;
      for (const [name, file, line, column, startFile, startLine] of names.places?.[at] ?? [])
        places.add(textOf(name), textOf(file), line, column, textOf(startFile), startLine);
      const own = names.symbols[names.symbol[at] ?? NONE];
      if (!own) continue;
      const [start, candidates] = own;
      symbol[position] = positions.get(start) ?? symbols.push({ start, names: candidates }) - 1;
      positions.set(start, symbol[position]);
    }
    const isElsewhere = found.some((one) => one?.[0].addresses !== undefined);
    return { symbol, symbols, places, ...(isElsewhere && { addresses }) };
  }
}

function keyOf({ path, buildId, kind }: KeptModule): string {
  return `${kind} ${buildId} ${path}`;
}

function isKeptFile(file: unknown): file is KeptFile {
  const { schema, recordingBytes, texts, modules } = (file ?? {}) as Partial<Record<keyof KeptFile, unknown>>;
  return (
    schema === SCHEMA && typeof recordingBytes === 'number' && isListOf(texts, isText) && isListOf(modules, isKeptNames)
  );
}

function isKeptNames(names: unknown): names is KeptNames {
  const { path, buildId, kind, asked, addresses, symbol, symbols, places } = (names ?? {}) as Partial<
    Record<keyof KeptNames, unknown>
  >;
  return (
    isText(path) &&
    isText(buildId) &&
    FRAME_KINDS.includes(kind as FrameKind) &&
    isListOf(asked, isText) &&
    (addresses === undefined || isListOf(addresses, (address) => address === null || isWhole(address))) &&
    isListOf(symbol, isWhole) &&
    isListOf(symbols, isSymbol) &&
    (places === undefined || isListOf(places, (list) => isListOf(list, isPlace)))
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isListOf = (value: unknown, is: (element: unknown) => boolean) => Array.isArray(value) && value.every(is);
const isPlace = (value: unknown) => isListOf(value, isWhole) && (value as unknown[]).length === 6;
const isSymbol = (value: unknown) =>
  Array.isArray(value) && isWhole(value[0]) && isListOf(value[1], isText) && value[1].length > 0;
