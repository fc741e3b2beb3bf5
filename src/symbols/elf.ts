import { MalformedInput } from '../core/importers/importer.ts';
import { type ByteSource, readBytes } from '../core/importers/reading/byte-source.ts';

// The Executable and Linkable Format, as elf(5) and the System V ABI's chapter on object files describe it.

/** What is needed of an ELF file to name its addresses. Sections' contents stay in the file until they are asked for. */
export interface ElfFile {
  readonly source: ByteSource;
  readonly is64: boolean;
  readonly littleEndian: boolean;
  /** ET_EXEC 2, ET_DYN 3, ET_REL 1. */
  readonly type: number;
  /** EM_…: 62 is x86-64, 183 AArch64. */
  readonly machine: number;
  readonly segments: readonly ElfSegment[];
  readonly sections: readonly ElfSection[];
}

/** A program header. Addresses and sizes are exact below 2⁵³; what lies above is of no use program. */
export interface ElfSegment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
}

export interface ElfSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly alignment: number;
  readonly entrySize: number;
}

export const PT_LOAD = 1;
const PT_NOTE = 4;
export const SHT_SYMTAB = 2;
const SHT_NOTE = 7;
export const SHT_NOBITS = 8;
export const SHT_DYNSYM = 11;
export const SHF_ALLOC = 2;
export const EM_386 = 3;
export const EM_ARM = 40;
export const EM_X86_64 = 62;
export const EM_AARCH64 = 183;
const NT_GNU_BUILD_ID = 3;
/** Section names and notes that are longer than this are not read: no linker writes them. */
const MOST_TEXT_BYTES = 1 << 20;
const MOST_SECTIONS = 1 << 17;
/** No more of a section is read: ten times the symbol table of the largest programs. */
const MOST_SECTION_BYTES = 1 << 28;

/**
 * Reads the headers of an ELF file. What points outside the file is cut, so that a file that is cut short gives what it still has.
 * @throws MalformedInput where it is not an ELF file, or its header is not sound
 */
export function readElf(source: ByteSource): ElfFile {
  const head = readBytes(source, 0, 64);
  if (!isElf(head)) throw new MalformedInput('ELF', `${source.name} doesn't start with the ELF magic number`, 0);
  const [elfClass, encoding] = [head[4], head[5]];
  if (elfClass !== 1 && elfClass !== 2) throw new MalformedInput('ELF', `class is ${elfClass}, expected 1 or 2`, 4);
  if (encoding !== 1 && encoding !== 2) throw new MalformedInput('ELF', `encoding is ${encoding}, expected 1 or 2`, 5);
  const is64 = elfClass === 2;
  if (head.length < (is64 ? 64 : 52)) throw new MalformedInput('ELF', 'the file ends in its header', head.length);
  const littleEndian = encoding === 1;
  const header = new Fields(head, is64, littleEndian);
  const sectionSize = is64 ? 64 : 40;
  const sectionsAt = header.word(is64 ? 40 : 32);
  const [sectionEntry, sectionCount, namesIndex] = is64 ? [58, 60, 62] : [46, 48, 50];
  const headers = { at: sectionsAt, entry: header.u16(sectionEntry), count: header.u16(sectionCount) };
  let names = header.u16(namesIndex);
  if (sectionsAt > 0 && (headers.count === 0 || names === 0xffff)) {
    // Too many sections for the header's 16 bits: the first section header holds the numbers.
    const first = new Fields(readBytes(source, sectionsAt, sectionSize), is64, littleEndian);
    if (first.length === sectionSize) {
      if (headers.count === 0) headers.count = first.word(is64 ? 32 : 20);
      if (names === 0xffff) names = first.u32(is64 ? 40 : 24);
    }
  }
  return {
    source,
    is64,
    littleEndian,
    type: header.u16(16),
    machine: header.u16(18),
    segments: readSegments(source, header, is64, littleEndian),
    sections:
      sectionsAt > 0 && headers.entry === sectionSize ? readSections(source, headers, names, is64, littleEndian) : [],
  };
}

export function isElf(head: Uint8Array): boolean {
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}

/** The first section of that name, if any. */
export function sectionNamed(elf: ElfFile, name: string): ElfSection | undefined {
  return elf.sections.find((section) => section.name === name);
}

/** A section's bytes as they are in the file: none for one without contents, fewer than its size where the file is cut. */
export function sectionBytes(elf: ElfFile, section: ElfSection): Uint8Array {
  if (section.type === SHT_NOBITS) return new Uint8Array(0);
  return readBytes(elf.source, section.offset, Math.min(section.size, MOST_SECTION_BYTES));
}

/** Bytes of an entry of a symbol table. */
export function symbolBytes(elf: ElfFile): number {
  return elf.is64 ? 24 : 16;
}

/** The names that a symbol table's entries refer to. */
export function symbolNames(elf: ElfFile, table: ElfSection): Uint8Array {
  const section = elf.sections[table.link];
  return section ? sectionBytes(elf, section) : new Uint8Array(0);
}

/** The GNU build-id in hexadecimal, or `''`. Looks in the note sections, and in the segments of a file without sections. */
export function buildIdOf(elf: ElfFile): string {
  const places = [
    ...elf.sections.filter(({ type }) => type === SHT_NOTE).map(({ offset, size }) => ({ offset, size })),
    ...elf.segments.filter(({ type }) => type === PT_NOTE).map(({ offset, fileSize }) => ({ offset, size: fileSize })),
  ];
  for (const { offset, size } of places.slice(0, 64)) {
    const notes = readBytes(elf.source, offset, Math.min(size, MOST_TEXT_BYTES));
    const buildId = buildIdInNotes(notes, elf.littleEndian);
    if (buildId !== '') return buildId;
  }
  return '';
}

/** The GNU build-id among ELF notes, such as /sys/kernel/notes holds, or `''`. */
export function buildIdInNotes(notes: Uint8Array, littleEndian: boolean): string {
  const fields = new Fields(notes, false, littleEndian);
  for (let at = 0; at + 12 <= notes.length; ) {
    const [nameSize, descriptionSize, type] = [fields.u32(at), fields.u32(at + 4), fields.u32(at + 8)];
    const description = at + 12 + aligned(nameSize);
    const end = description + descriptionSize;
    if (end > notes.length) return '';
    const isGnu = nameSize === 4 && fields.u32(at + 12, true) === 0x00554e47;
    if (type === NT_GNU_BUILD_ID && isGnu) return Buffer.from(notes.subarray(description, end)).toString('hex');
    at = description + aligned(descriptionSize);
  }
  return '';
}

function aligned(size: number): number {
  return Math.ceil(size / 4) * 4;
}

/** The address that the byte at a file offset is loaded at, or NaN where no segment loads it. */
export function addressOfOffset(elf: ElfFile, offset: number): number {
  for (const segment of elf.segments) {
    if (segment.type !== PT_LOAD) continue;
    const within = offset - segment.offset;
    if (within >= 0 && within < segment.fileSize) return segment.address + within;
  }
  return Number.NaN;
}

function readSegments(source: ByteSource, header: Fields, is64: boolean, littleEndian: boolean): ElfSegment[] {
  const at = header.word(is64 ? 32 : 28);
  const entry = header.u16(is64 ? 54 : 42);
  const count = header.u16(is64 ? 56 : 44);
  const size = is64 ? 56 : 32;
  if (at === 0 || entry !== size) return [];
  const fields = new Fields(readBytes(source, at, count * size), is64, littleEndian);
  const segments: ElfSegment[] = [];
  for (let row = 0; row + size <= fields.length; row += size) {
    segments.push({
      type: fields.u32(row),
      offset: fields.word(row + (is64 ? 8 : 4)),
      address: fields.word(row + (is64 ? 16 : 8)),
      fileSize: fields.word(row + (is64 ? 32 : 16)),
      memorySize: fields.word(row + (is64 ? 40 : 20)),
    });
  }
  return segments;
}

function readSections(
  source: ByteSource,
  headers: { at: number; entry: number; count: number },
  namesIndex: number,
  is64: boolean,
  littleEndian: boolean,
): ElfSection[] {
  const size = headers.entry;
  const table = readBytes(source, headers.at, Math.min(headers.count, MOST_SECTIONS) * size);
  const fields = new Fields(table, is64, littleEndian);
  const rows: (Omit<ElfSection, 'name'> & { nameAt: number })[] = [];
  for (let row = 0; row + size <= fields.length; row += size) {
    rows.push({
      nameAt: fields.u32(row),
      type: fields.u32(row + 4),
      flags: fields.word(row + 8),
      address: fields.word(row + (is64 ? 16 : 12)),
      offset: fields.word(row + (is64 ? 24 : 16)),
      size: fields.word(row + (is64 ? 32 : 20)),
      link: fields.u32(row + (is64 ? 40 : 24)),
      alignment: fields.word(row + (is64 ? 48 : 32)),
      entrySize: fields.word(row + (is64 ? 56 : 36)),
    });
  }
  const namesRow = rows[namesIndex];
  const names = namesRow
    ? readBytes(source, namesRow.offset, Math.min(namesRow.size, MOST_TEXT_BYTES))
    : new Uint8Array(0);
  return rows.map(({ nameAt, ...row }) => ({ name: textAt(names, nameAt), ...row }));
}

/** The text that starts at a byte and ends before the next zero byte (or after 64 KiB, or where the bytes end). */
export function textAt(bytes: Uint8Array, start: number): string {
  if (start >= bytes.length) return '';
  const end = bytes.indexOf(0, start);
  const stop = Math.min(end === -1 ? bytes.length : end, start + 65536);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, stop - start).toString('utf8');
}

/** Fields of a structure, in the byte order and word size of a file. */
export class Fields {
  readonly length: number;
  readonly #view: DataView;
  readonly #is64: boolean;
  readonly #little: boolean;

  constructor(bytes: Uint8Array, is64: boolean, littleEndian: boolean) {
    this.length = bytes.length;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#is64 = is64;
    this.#little = littleEndian;
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, this.#little);
  }

  u32(at: number, littleEndian = this.#little): number {
    return this.#view.getUint32(at, littleEndian);
  }

  /** An address, offset or size: 4 or 8 bytes; not exact from 2⁵³ up. */
  word(at: number): number {
    if (!this.#is64) return this.u32(at);
    const [low, high] = this.#little ? [this.u32(at), this.u32(at + 4)] : [this.u32(at + 4), this.u32(at)];
    return high * 0x1_0000_0000 + low;
  }
}
