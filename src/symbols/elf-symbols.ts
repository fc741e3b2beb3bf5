import { Float64Column, Int32Column } from '../core/profile/column.ts';
import {
  type ElfFile,
  type ElfSection,
  EM_AARCH64,
  EM_ARM,
  Fields,
  PT_LOAD,
  SHF_ALLOC,
  SHT_DYNSYM,
  SHT_NOBITS,
  SHT_SYMTAB,
  sectionBytes,
  sectionNamed,
  symbolBytes,
  symbolNames,
  textAt,
} from './elf.ts';
import { pltSymbols } from './plt-symbols.ts';
import { SYMBOL_RANKS, SymbolTable } from './symbol-table.ts';

/**
 * The symbols of a module by file offset, those that `perf` counts: functions, objects, and labels in text or data, of the symbol table
 * and of the dynamic one, and the entries of the procedure linkage table as `name@plt`.
 *
 * `image` is the module as it was mapped; `symbols` the file whose symbol table counts: the same, or a separate debug file.
 */
export function elfSymbols(image: ElfFile, symbols: ElfFile): SymbolTable {
  const rows: Rows = { start: new Float64Column(), size: new Float64Column(), rank: new Int32Column() };
  const names: ((row: number) => string)[] = [];
  const firsts: number[] = [];
  const add = (nameOf: (row: number) => string, addRows: () => void) => {
    firsts.push(rows.start.length);
    names.push(nameOf);
    addRows();
  };
  for (const type of [SHT_SYMTAB, SHT_DYNSYM]) {
    const section = symbols.sections.find((candidate) => candidate.type === type);
    if (!section) continue;
    const nameAt = new Int32Column();
    const first = rows.start.length;
    const text = symbolNames(symbols, section);
    add(
      (row) => textAt(text, nameAt.at(row - first) >>> 0),
      () => readSymbols(image, symbols, section, rows, nameAt),
    );
  }
  const plt = pltSymbols(image);
  const firstPlt = rows.start.length;
  add(
    (row) => plt[row - firstPlt].name,
    () => {
      const { typed, strong, global } = SYMBOL_RANKS;
      for (const entry of plt) push(rows, entry.start, entry.size, typed | strong | global);
    },
  );
  return new SymbolTable({
    start: rows.start.finish(),
    size: rows.size.finish(),
    rank: Uint8Array.from(rows.rank.finish()),
    nameOf: (row) => names[firsts.findLastIndex((first) => first <= row)](row),
  });
}

/** Whether a file has a symbol table: a stripped one has at most the dynamic one. */
export function hasSymbolTable(elf: ElfFile): boolean {
  return elf.sections.some(({ type, name }) => type === SHT_SYMTAB && name === '.symtab');
}

const STT_NOTYPE = 0;
const STT_OBJECT = 1;
const STT_FUNC = 2;
const STT_GNU_IFUNC = 10;
const STB_GLOBAL = 1;
const STB_WEAK = 2;
const STV_INTERNAL = 1;
const STV_HIDDEN = 2;
const SHN_ABS = 0xfff1;
const SHN_XINDEX = 0xffff;

interface Rows {
  readonly start: Float64Column;
  readonly size: Float64Column;
  readonly rank: Int32Column;
}

function push(rows: Rows, start: number, size: number, rank: number): void {
  rows.start.push(start);
  rows.size.push(size);
  rows.rank.push(rank);
}

function readSymbols(image: ElfFile, elf: ElfFile, table: ElfSection, rows: Rows, nameAt: Int32Column): void {
  const size = symbolBytes(elf);
  const fields = new Fields(sectionBytes(elf, table), elf.is64, elf.littleEndian);
  const { is64, machine } = elf;
  const names = symbolNames(elf, table);
  const labelSections = elf.sections.map(({ name }) => name.includes('text') || name.includes('data'));
  const loaded = image.segments.filter((segment) => segment.type === PT_LOAD && segment.memorySize > 0);
  let segment = loaded[0];
  for (let at = 0; at + size <= fields.length; at += size) {
    const name = fields.u32(at);
    const sectionIndex = fields.u16(at + (is64 ? 6 : 14));
    if (name === 0 || sectionIndex === 0 || sectionIndex === SHN_ABS) continue;
    const info = fields.u8(at + (is64 ? 4 : 12));
    const type = info & 15;
    if (type === STT_NOTYPE) {
      const visibility = fields.u8(at + (is64 ? 5 : 13)) & 3;
      if (visibility === STV_HIDDEN || visibility === STV_INTERNAL || !labelSections[sectionIndex]) continue;
      if ((machine === EM_ARM || machine === EM_AARCH64) && isMappingSymbol(names, name)) continue;
    } else if (type !== STT_FUNC && type !== STT_GNU_IFUNC && type !== STT_OBJECT) {
      continue;
    }
    const section = elf.sections[sectionIndex];
    if (sectionIndex !== SHN_XINDEX && (!section || (section.flags & SHF_ALLOC) === 0)) continue;
    let address = fields.word(at + (is64 ? 8 : 4));
    if (machine === EM_ARM && type === STT_FUNC) address -= address % 2;
    if (segment === undefined || address < segment.address || address >= segment.address + segment.memorySize) {
      segment = loaded.find((other) => address >= other.address && address < other.address + other.memorySize)!;
    }
    const offset = segment
      ? address - segment.address + segment.offset
      : offsetBySection(image.sections[sectionIndex], address);
    if (!(Math.abs(offset) <= Number.MAX_SAFE_INTEGER)) continue;
    const binding = info >> 4;
    const { typed, strong, global } = SYMBOL_RANKS;
    const rank =
      (type !== STT_NOTYPE ? typed : 0) | (binding !== STB_WEAK ? strong : 0) | (binding === STB_GLOBAL ? global : 0);
    push(rows, offset, fields.word(at + (is64 ? 16 : 8)), rank);
    nameAt.push(name);
  }
}

/** ARM marks changes between code and data by symbols named `$a`, `$d`, `$t`, `$x`; they identify no function. */
function isMappingSymbol(names: Uint8Array, at: number): boolean {
  return names[at] === 0x24 && (names[at + 2] === 0 || names[at + 2] === 0x2e);
}

function offsetBySection(section: ElfSection | undefined, address: number): number {
  return section && section.type !== SHT_NOBITS ? address - section.address + section.offset : Number.NaN;
}

/** Whether a file has DWARF debug information of its own, compressed or not. */
export function hasDebugInfo(elf: ElfFile): boolean {
  return ['.debug_info', '.zdebug_info'].some((name) => {
    const section = sectionNamed(elf, name);
    return section !== undefined && section.type !== SHT_NOBITS && section.size > 0;
  });
}
