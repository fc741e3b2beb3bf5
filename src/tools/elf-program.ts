import { type FileHandle, open } from 'node:fs/promises';

export interface ElfProgram {
  /** Whether the file has DWARF line tables or a link to a file that has them. */
  readonly hasDebugInfo: boolean;
  /** Whether Go's linker made it. */
  readonly isGo: boolean;
}

/**
 * What a file is as a program, by its ELF header (elf(5)); undefined where it is none: no ELF file, without an entry point, an object
 * file, or a shared library. Reads the header, the tables of segments and sections and the names of these, none beyond a megabyte.
 */
export async function readElfProgram(path: string): Promise<ElfProgram | undefined> {
  const file = await open(path, 'r');
  try {
    const header = await read(file, 0, 64);
    if (header.length < 52 || header.readUInt32BE(0) !== ELF_MAGIC) return undefined;
    if (header[4] === 2 && header.length < 64) return undefined;
    const elf = fieldsOf(header);
    const isFixed = elf.type === ET_EXEC;
    if (elf.entry === 0 || !(isFixed || elf.type === ET_DYN)) return undefined;
    // A shared library has no interpreter; a program without one and without a fixed place says that it is one (DF_1_PIE).
    const segments = elf.table(await read(file, elf.segmentsAt, elf.segments * elf.segmentBytes), elf.segmentBytes);
    const hasInterpreter = segments.some((segment) => elf.u32(segment, 0) === PT_INTERP);
    if (!isFixed && !hasInterpreter && !(await isStaticPie(file, elf, segments))) return undefined;
    const hasSection = await sectionNames(file, elf);
    return { hasDebugInfo: DEBUG_SECTIONS.some(hasSection), isGo: hasSection('.go.buildinfo') };
  } finally {
    await file.close();
  }
}

const ELF_MAGIC = 0x7f454c46;
const ET_EXEC = 2;
const ET_DYN = 3;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const DT_FLAGS_1 = 0x6ffffffb;
const DF_1_PIE = 0x08000000;
const MAX_TABLE_BYTES = 1 << 20;

type Elf = ReturnType<typeof fieldsOf>;

/** The header's fields, and how to read numbers in this file: of its class (32 or 64 bits) and byte order. */
function fieldsOf(header: Buffer) {
  const is64 = header[4] === 2;
  const isLittle = header[5] !== 2;
  const u16 = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const u64 = (bytes: Buffer, at: number) => Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  const word = is64 ? u64 : u32;
  const at = is64
    ? { entry: 24, segments: 32, sections: 40, counts: 54 }
    : { entry: 24, segments: 28, sections: 32, counts: 42 };
  return {
    is64,
    u32,
    word,
    type: u16(header, 16),
    entry: word(header, at.entry),
    segmentsAt: word(header, at.segments),
    sectionsAt: word(header, at.sections),
    segmentBytes: u16(header, at.counts),
    segments: u16(header, at.counts + 2),
    sectionBytes: u16(header, at.counts + 4),
    sections: u16(header, at.counts + 6),
    namesIndex: u16(header, at.counts + 8),
    /** The whole rows of a table. */
    table: (bytes: Buffer, rowBytes: number) => {
      const rows: Buffer[] = [];
      for (let from = 0; rowBytes >= 32 && from + rowBytes <= bytes.length; from += rowBytes) {
        rows.push(bytes.subarray(from, from + rowBytes));
      }
      return rows;
    },
  };
}

async function isStaticPie(file: FileHandle, elf: Elf, segments: readonly Buffer[]): Promise<boolean> {
  const dynamic = segments.find((segment) => elf.u32(segment, 0) === PT_DYNAMIC);
  if (dynamic === undefined) return false;
  const [offset, size] = elf.is64
    ? [elf.word(dynamic, 8), elf.word(dynamic, 32)]
    : [elf.word(dynamic, 4), elf.word(dynamic, 16)];
  const bytes = await read(file, offset, size);
  const step = elf.is64 ? 16 : 8;
  for (let at = 0; at + step <= bytes.length; at += step) {
    if (elf.word(bytes, at) === DT_FLAGS_1) return (elf.word(bytes, at + step / 2) & DF_1_PIE) !== 0;
  }
  return false;
}

const DEBUG_SECTIONS = ['.debug_line', '.zdebug_line', '.gnu_debuglink'];

async function sectionNames(file: FileHandle, elf: Elf): Promise<(name: string) => boolean> {
  const sections = elf.table(await read(file, elf.sectionsAt, elf.sections * elf.sectionBytes), elf.sectionBytes);
  const names = sections[elf.namesIndex];
  if (names === undefined) return () => false;
  const [offset, size] = elf.is64
    ? [elf.word(names, 24), elf.word(names, 32)]
    : [elf.word(names, 16), elf.word(names, 20)];
  const text = `\0${(await read(file, offset, size)).toString('latin1')}`;
  return (name) => text.includes(`\0${name}\0`);
}

/** Bytes of a file, fewer where it ends; none where the place or the size can't be right. */
async function read(file: FileHandle, offset: number, size: number): Promise<Buffer> {
  if (!Number.isSafeInteger(offset) || size < 0 || size > MAX_TABLE_BYTES) return Buffer.alloc(0);
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await file.read(bytes, 0, size, offset);
  return bytes.subarray(0, bytesRead);
}
