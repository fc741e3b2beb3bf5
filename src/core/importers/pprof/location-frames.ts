import type { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntRows } from '../../profile/int-rows.ts';
import {
  FRAME_KINDS,
  type FrameTable,
  type FunctionIndex,
  type FunctionTable,
  type ModuleIndex,
  NONE,
  type StringIndex,
} from '../../profile/profile.ts';
import type { CodeTables } from './code-tables.ts';
import { type MappedModule, mappedModule } from './mapped-module.ts';
import type { StringTable } from './string-table.ts';

/** The frames of each location: of the function that is there and of those inlined into it. */
export class LocationFrames {
  /** By location, and one more: where its frames start in `frames`. */
  readonly first: Int32Array;
  /** Frames of all locations, innermost first, as lines stand in a location. */
  readonly frames = new Int32Column(1024);
  /** Lines that name a function that isn't there, and locations with a mapping that isn't. */
  readonly missing = { function: 0, mapping: 0 };
  /** Locations that say nothing: neither an address nor a function. */
  nowhere = 0;
  readonly #builder: ProfileBuilder;
  readonly #strings: StringTable;
  readonly #code: CodeTables;
  readonly #functionRows: IntRows;
  /** By function of the file: the profile's, in the module where it was met last. */
  readonly #functionOf: Int32Array;
  readonly #moduleOf: Int32Array;
  readonly #frameRows: IntRows;
  readonly #firstLine: Int32Array | undefined;
  /** By string of the file: the profile's, or 0 while it isn't known. */
  readonly #stringOf: Int32Array;

  /** `firstLine` is, by location, the first of its lines that isn't pruned; where it isn't given all stay. */
  constructor(builder: ProfileBuilder, strings: StringTable, code: CodeTables, firstLine?: Int32Array) {
    this.#firstLine = firstLine;
    this.#stringOf = new Int32Array(strings.length);
    this.#builder = builder;
    this.#strings = strings;
    this.#code = code;
    const count = code.locations.firstLine.length;
    const functionCount = code.functions.name.length;
    this.#functionRows = new IntRows(FUNCTION.width, functionCount);
    this.#functionOf = new Int32Array(functionCount);
    this.#moduleOf = new Int32Array(functionCount).fill(NOT_MET);
    this.#frameRows = new IntRows(FRAME.width, Math.max(count, code.lines.line.length));
    this.first = new Int32Array(count + 1);
    const mappings = this.#mappings();
    for (let location = 0; location < count; location++) {
      this.#addFrames(location, mappings);
      this.first[location + 1] = this.frames.length;
    }
  }

  functionTable(): FunctionTable {
    const rows = this.#functionRows;
    return {
      length: rows.length,
      name: rows.column(FUNCTION.name),
      fullName: rows.column(FUNCTION.name),
      systemName: rows.column(FUNCTION.systemName),
      file: rows.column(FUNCTION.file),
      startLine: new Uint32Array(rows.column(FUNCTION.startLine)),
      module: rows.column(FUNCTION.module),
    };
  }

  frameTable(): FrameTable {
    const rows = this.#frameRows;
    const { length } = rows;
    const address = new BigUint64Array(length);
    const halves = new Uint32Array(address.buffer);
    const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
    const func = rows.column(FRAME.function);
    const file = new Int32Array(length);
    for (let row = 0; row < length; row++) {
      halves[row * 2 + (isLittle ? 0 : 1)] = rows.at(row, FRAME.low);
      halves[row * 2 + (isLittle ? 1 : 0)] = rows.at(row, FRAME.high);
      if (func[row] !== NONE) file[row] = this.#functionRows.at(func[row], FUNCTION.file);
    }
    return {
      length,
      function: func,
      file,
      line: new Uint32Array(rows.column(FRAME.line)),
      column: new Uint32Array(rows.column(FRAME.column)),
      module: rows.column(FRAME.module),
      address,
      inlined: new Uint8Array(rows.column(FRAME.inlined)),
      kind: new Uint8Array(rows.column(FRAME.kind)),
    };
  }

  #mappings(): Place[] {
    const { mappings } = this.#code;
    return Array.from({ length: mappings.file.length }, (_, row) => {
      const mapped = mappedModule(
        this.#strings.text(mappings.file.at(row)),
        wide(mappings.startLow.at(row), mappings.startHigh.at(row)),
        wide(mappings.offsetLow.at(row), mappings.offsetHigh.at(row)),
      );
      const buildId = this.#strings.text(mappings.buildId.at(row));
      const isUnnamed = mapped.path === '' && buildId === '';
      return placeOf(mapped, isUnnamed ? NONE : this.#builder.module(mapped.path, buildId));
    });
  }

  #addFrames(location: number, mappings: readonly Place[]): void {
    const { locations, lines, mappings: table } = this.#code;
    const mapping = table.ids.find(locations.mappingLow.at(location), locations.mappingHigh.at(location));
    if (mapping === NONE && (locations.mappingLow.at(location) | locations.mappingHigh.at(location)) !== 0)
      this.missing.mapping++;
    const place = mapping === NONE ? UNMAPPED : mappings[mapping];
    const { module } = place;
    const low = locations.addressLow.at(location);
    const high = locations.addressHigh.at(location);
    // Go writes the address before 0 where it knows none, as in a profile of threads that it made.
    const hasAddress = (low | high) !== 0 && (low & high) !== -1;
    const kind = hasAddress && place.kind === NATIVE && high >>> 0 >= KERNEL_HALF ? KERNEL : place.kind;
    const firstLine = this.#firstLine ? this.#firstLine[location] : locations.firstLine.at(location);
    const endLine =
      location + 1 < locations.firstLine.length ? locations.firstLine.at(location + 1) : lines.line.length;
    const row = FRAME_ROW.fill(0);
    row[FRAME.module] = module;
    row[FRAME.kind] = kind;
    if (firstLine === endLine) {
      if (!hasAddress) this.nowhere++;
      row[FRAME.function] = hasAddress ? NONE : this.#unknownFunction(module);
      if (hasAddress) addAddress(row, low, high, place.bias);
      this.frames.push(this.#frameRows.intern(row));
      return;
    }
    for (let line = firstLine; line < endLine; line++) {
      const isInlined = line + 1 < endLine;
      const functionRow = this.#functionRow(line);
      if (functionRow === NONE) this.missing.function++;
      let func = functionRow === NONE ? NONE : this.#function(functionRow, module);
      // What has an address of its own is looked up later.
      if (func === NONE && (isInlined || !hasAddress)) func = this.#unknownFunction(module);
      row[FRAME.function] = func;
      row[FRAME.line] = lineNumber(lines.line.at(line));
      row[FRAME.column] = lineNumber(lines.column.at(line));
      row[FRAME.inlined] = isInlined ? 1 : 0;
      if (hasAddress) addAddress(row, low, high, func === NONE ? place.bias : place.namedBias);
      else if (functionRow !== NONE) row[FRAME.kind] = this.#isScript(functionRow) ? INTERPRETED : kind;
      this.frames.push(this.#frameRows.intern(row));
    }
  }

  /** Whether a function is in a file of a language that is run by an interpreter. */
  #isScript(functionRow: number): boolean {
    return SCRIPT.test(this.#strings.text(this.#code.functions.file.at(functionRow)));
  }

  #functionRow(line: number): number {
    const { lines, functions } = this.#code;
    return functions.ids.find(lines.functionLow.at(line), lines.functionHigh.at(line));
  }

  /** The function in a module; NONE where it has no name. */
  #function(row: number, module: ModuleIndex): FunctionIndex {
    if (this.#moduleOf[row] !== module) {
      this.#moduleOf[row] = module;
      this.#functionOf[row] = this.#internedFunction(row, module);
    }
    return this.#functionOf[row];
  }

  #internedFunction(row: number, module: ModuleIndex): FunctionIndex {
    const { functions } = this.#code;
    const systemName = this.#string(functions.systemName.at(row));
    const name = this.#string(functions.name.at(row)) || systemName;
    if (name === 0) return NONE;
    const file = this.#string(functions.file.at(row));
    return this.#functionOfRow(name, systemName || name, file, lineNumber(functions.startLine.at(row)), module);
  }

  #functionOfRow(
    name: StringIndex,
    systemName: StringIndex,
    file: StringIndex,
    startLine: number,
    module: ModuleIndex,
  ): FunctionIndex {
    FUNCTION_ROW[FUNCTION.name] = name;
    FUNCTION_ROW[FUNCTION.systemName] = systemName;
    FUNCTION_ROW[FUNCTION.file] = file;
    FUNCTION_ROW[FUNCTION.startLine] = startLine;
    FUNCTION_ROW[FUNCTION.module] = module;
    return this.#functionRows.intern(FUNCTION_ROW);
  }

  /** The profile's string that is this one of the file's; 0 for an empty one. */
  #string(index: number): StringIndex {
    if (!this.#strings.has(index)) return this.#builder.string(this.#strings.text(index));
    if (this.#stringOf[index] === 0) this.#stringOf[index] = this.#builder.string(this.#strings.text(index));
    return this.#stringOf[index];
  }

  #unknownFunction(module: ModuleIndex): FunctionIndex {
    const name = this.#builder.string(UNKNOWN_FUNCTION);
    return this.#functionOfRow(name, name, 0, 0, module);
  }
}

/** Columns of the rows that functions are interned as. */
const FUNCTION = { name: 0, systemName: 1, file: 2, startLine: 3, module: 4, width: 5 } as const;
const FUNCTION_ROW = new Int32Array(FUNCTION.width);
/** No module. */
const NOT_MET = -2;
/** Columns of the rows that frames are interned as. */
const FRAME = { function: 0, line: 1, column: 2, module: 3, low: 4, high: 5, inlined: 6, kind: 7, width: 8 } as const;
const FRAME_ROW = new Int32Array(FRAME.width);
/** What a place is called that has neither an address nor a function with a name. */
const UNKNOWN_FUNCTION = '(unknown)';

const NATIVE = FRAME_KINDS.indexOf('native');
const KERNEL = FRAME_KINDS.indexOf('kernel');
const INTERPRETED = FRAME_KINDS.indexOf('interpreted');
/** Files whose functions are no machine code, where they have no address. */
const SCRIPT = /\.(?:[cm]?[jt]sx?|pyx?|rb|php|pl|lua|java|kt|scala|clj|groovy|exs?|erl)$/;
/** Upper half of where the kernel's half of the addresses starts on x86-64 and arm64. */
const KERNEL_HALF = 0xffff_8000;

/** A number of 64 bits in two halves. */
interface Wide {
  readonly low: number;
  readonly high: number;
}

/** A mapping in the profile's terms; see MappedModule. */
interface Place {
  readonly module: ModuleIndex;
  readonly kind: number;
  readonly bias: Wide;
  readonly namedBias: Wide;
}

function placeOf({ kind, bias, namedBias }: Omit<MappedModule, 'path'>, module: ModuleIndex): Place {
  return { module, kind: FRAME_KINDS.indexOf(kind), bias: halves(bias), namedBias: halves(namedBias) };
}

const UNMAPPED = placeOf({ kind: 'native', bias: 0n, namedBias: 0n }, NONE);

function halves(value: bigint): Wide {
  const unsigned = BigInt.asUintN(64, value);
  return { low: Number(unsigned & 0xffff_ffffn), high: Number(unsigned >> 32n) };
}

/** Puts an address and a bias, added up modulo 2^64, into a row. */
function addAddress(row: Int32Array, low: number, high: number, bias: Wide): void {
  const sum = (low >>> 0) + bias.low;
  row[FRAME.low] = sum;
  row[FRAME.high] = high + bias.high + (sum > 0xffff_ffff ? 1 : 0);
}

/** A line or column as the tables have it: 0 for what can be none. */
function lineNumber(value: number): number {
  return value > 0 && value <= 0xffff_ffff ? value : 0;
}

function wide(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
