import { PT_LOAD, readElf, SHT_DYNSYM, SHT_SYMTAB, sectionBytes } from '../../src/symbols/elf.ts';
import { openFileBytes } from '../../src/symbols/file-bytes.ts';

/** A function as it lies in its file, in bytes. */
export interface CodeFunction {
  readonly offset: number;
  readonly size: number;
}

/** The functions that an ELF file (64-bit, little-endian) has symbols for, leaving out those too small to hold calls. */
export function codeFunctions(path: string): { path: string; bytes: number; functions: CodeFunction[] } {
  const source = openFileBytes(path);
  if (!source) throw new Error(`${path} can't be read.`);
  try {
    const elf = readElf(source);
    const table =
      elf.sections.find(({ type }) => type === SHT_SYMTAB) ?? elf.sections.find(({ type }) => type === SHT_DYNSYM);
    if (!table) throw new Error(`${path} has no symbols.`);
    const bytes = sectionBytes(elf, table);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const functions: CodeFunction[] = [];
    for (let at = 0; at + 24 <= bytes.length; at += 24) {
      const isFunction = (view.getUint8(at + 4) & 15) === STT_FUNC;
      const address = Number(view.getBigUint64(at + 8, true));
      const size = Number(view.getBigUint64(at + 16, true));
      const segment = elf.segments.find(
        ({ type, address: start, fileSize }) =>
          type === PT_LOAD && address >= start && address + size <= start + fileSize,
      );
      if (isFunction && size >= LEAST_BYTES && segment) {
        functions.push({ offset: address - segment.address + segment.offset, size });
      }
    }
    return { path, bytes: source.size, functions };
  } finally {
    source.close();
  }
}

const STT_FUNC = 2;
const LEAST_BYTES = 32;
