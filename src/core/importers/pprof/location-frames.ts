import type { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import {
  FRAME_KINDS,
  type FrameKind,
  type FrameTable,
  type FunctionIndex,
  type FunctionTable,
  type ModuleIndex,
  NONE,
} from '../../profile/profile.ts';
import { IntRows } from '../reading/int-rows.ts';
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
  readonly #functionRows = new IntRows(6, 1024);
  readonly #functionOf = new IntKeyMap(1024);
  readonly #frameRows: IntRows;
  readonly #firstLine: Int32Array | undefined;

  /** `firstLine` is, by location, the first of its lines that isn't pruned; where it isn't given all stay. */
  constructor(builder: ProfileBuilder, strings: StringTable, code: CodeTables, firstLine?: Int32Array) {
    this.#firstLine = firstLine;
    this.#builder = builder;
    this.#strings = strings;
    this.#code = code;
    const count = code.locations.firstLine.length;
    this.#frameRows = new IntRows(FRAME.width, Math.max(64, count));
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
      name: rows.column(0),
      fullName: rows.column(1),
      systemName: rows.column(2),
      file: rows.column(3),
      startLine: Uint32Array.from(rows.column(4)),
      module: rows.column(5),
    };
  }

  frameTable(): FrameTable {
    const rows = this.#frameRows;
    const low = rows.column(FRAME.low);
    const address = new BigUint64Array(rows.length);
    const halves = new Uint32Array(address.buffer);
    const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
    for (let row = 0; row < rows.length; row++) {
      halves[row * 2 + (isLittle ? 0 : 1)] = low[row];
      halves[row * 2 + (isLittle ? 1 : 0)] = rows.at(row, FRAME.high);
    }
    return {
      length: rows.length,
      function: rows.column(FRAME.function),
      line: Uint32Array.from(rows.column(FRAME.line)),
      column: Uint32Array.from(rows.column(FRAME.column)),
      module: rows.column(FRAME.module),
      address,
      inlined: Uint8Array.from(rows.column(FRAME.inlined)),
      kind: Uint8Array.from(rows.column(FRAME.kind)),
    };
  }

  #mappings(): { module: ModuleIndex; mapped: MappedModule }[] {
    const { mappings } = this.#code;
    return Array.from({ length: mappings.file.length }, (_, row) => {
      const mapped = mappedModule(
        this.#strings.text(mappings.file.at(row)),
        wide(mappings.startLow.at(row), mappings.startHigh.at(row)),
        wide(mappings.offsetLow.at(row), mappings.offsetHigh.at(row)),
      );
      const buildId = this.#strings.text(mappings.buildId.at(row));
      const isUnnamed = mapped.path === '' && buildId === '';
      return { module: isUnnamed ? NONE : this.#builder.module(mapped.path, buildId), mapped };
    });
  }

  #addFrames(location: number, mappings: readonly { module: ModuleIndex; mapped: MappedModule }[]): void {
    const { locations, lines, mappings: table } = this.#code;
    const mapping = table.ids.find(locations.mappingLow.at(location), locations.mappingHigh.at(location));
    if (mapping === NONE && (locations.mappingLow.at(location) | locations.mappingHigh.at(location)) !== 0)
      this.missing.mapping++;
    const module = mapping === NONE ? NONE : mappings[mapping].module;
    const mapped = mapping === NONE ? UNMAPPED : mappings[mapping].mapped;
    const absolute = wide(locations.addressLow.at(location), locations.addressHigh.at(location));
    const firstLine = this.#firstLine ? this.#firstLine[location] : locations.firstLine.at(location);
    const endLine =
      location + 1 < locations.firstLine.length ? locations.firstLine.at(location + 1) : lines.line.length;
    const row = FRAME_ROW;
    if (firstLine === endLine) {
      const address = absolute === 0n ? 0n : BigInt.asUintN(64, absolute + mapped.bias);
      if (absolute === 0n) this.nowhere++;
      const func = absolute === 0n ? this.#unknownFunction(module) : NONE;
      this.#frame(row, func, 0, 0, module, address, false, kindOf(mapped.kind, absolute, ''));
      return;
    }
    for (let line = firstLine; line < endLine; line++) {
      const isInlined = line + 1 < endLine;
      const functionRow = this.#functionRow(line);
      if (functionRow === NONE) this.missing.function++;
      let func = functionRow === NONE ? NONE : this.#function(functionRow, module);
      // What has an address of its own is looked up later.
      if (func === NONE && (isInlined || absolute === 0n)) func = this.#unknownFunction(module);
      const bias = func === NONE ? mapped.bias : mapped.namedBias;
      const address = absolute === 0n ? 0n : BigInt.asUintN(64, absolute + bias);
      const file =
        functionRow === NONE || absolute !== 0n ? '' : this.#strings.text(this.#code.functions.file.at(functionRow));
      const kind = kindOf(mapped.kind, absolute, file);
      this.#frame(
        row,
        func,
        lineNumber(lines.line.at(line)),
        lineNumber(lines.column.at(line)),
        module,
        address,
        isInlined,
        kind,
      );
    }
  }

  #functionRow(line: number): number {
    const { lines, functions } = this.#code;
    return functions.ids.find(lines.functionLow.at(line), lines.functionHigh.at(line));
  }

  /** The function in a module; NONE where it has no name. */
  #function(row: number, module: ModuleIndex): FunctionIndex {
    const known = this.#functionOf.get(row, module);
    if (known !== -1) return known - 1;
    const { functions } = this.#code;
    const systemText = this.#strings.text(functions.systemName.at(row));
    const text = this.#strings.text(functions.name.at(row)) || systemText;
    const startLine = lineNumber(functions.startLine.at(row));
    let func = NONE;
    if (text !== '') {
      const name = this.#builder.string(text);
      const systemName = systemText === '' ? name : this.#builder.string(systemText);
      const file = this.#builder.string(this.#strings.text(functions.file.at(row)));
      func = this.#functionRows.intern([name, name, systemName, file, startLine, module]);
    }
    this.#functionOf.set(row, module, func + 1);
    return func;
  }

  #unknownFunction(module: ModuleIndex): FunctionIndex {
    const name = this.#builder.string(UNKNOWN_FUNCTION);
    return this.#functionRows.intern([name, name, name, 0, 0, module]);
  }

  #frame(
    row: Int32Array,
    func: FunctionIndex,
    line: number,
    column: number,
    module: ModuleIndex,
    address: bigint,
    isInlined: boolean,
    kind: FrameKind,
  ): void {
    row[FRAME.function] = func;
    row[FRAME.line] = line;
    row[FRAME.column] = column;
    row[FRAME.module] = module;
    row[FRAME.low] = Number(address & 0xffff_ffffn);
    row[FRAME.high] = Number(address >> 32n);
    row[FRAME.inlined] = isInlined ? 1 : 0;
    row[FRAME.kind] = FRAME_KINDS.indexOf(kind);
    this.frames.push(this.#frameRows.intern(row));
  }
}

/** Columns of the rows that frames are interned as. */
const FRAME = { function: 0, line: 1, column: 2, module: 3, low: 4, high: 5, inlined: 6, kind: 7, width: 8 } as const;
const FRAME_ROW = new Int32Array(FRAME.width);
const UNMAPPED: MappedModule = { path: '', kind: 'native', bias: 0n, namedBias: 0n };
/** What a place is called that has neither an address nor a function with a name. */
const UNKNOWN_FUNCTION = '(unknown)';

/** Code at an address is machine code; a script's function without one is interpreted, as far as can be known. */
function kindOf(mapped: FrameKind, address: bigint, file: string): FrameKind {
  if (mapped === 'native' && address >= KERNEL_HALF) return 'kernel';
  return address === 0n && SCRIPT.test(file) ? 'interpreted' : mapped;
}

const SCRIPT = /\.(?:[cm]?[jt]sx?|pyx?|rb|php|pl|lua|java|kt|scala|clj|groovy|exs?|erl)$/;
/** Where the kernel's half of the addresses starts on x86-64 and arm64. */
const KERNEL_HALF = 0xffff_8000_0000_0000n;

/** A line or column as the tables have it: 0 for what can be none. */
function lineNumber(value: number): number {
  return value > 0 && value <= 0xffff_ffff ? value : 0;
}

function wide(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
