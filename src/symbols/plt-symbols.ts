import {
  type ElfFile,
  EM_386,
  EM_AARCH64,
  EM_ARM,
  EM_X86_64,
  Fields,
  SHT_DYNSYM,
  sectionBytes,
  sectionNamed,
  symbolBytes,
  symbolNames,
  textAt,
} from './elf.ts';

export interface PltSymbol {
  /** File offset. */
  readonly start: number;
  readonly size: number;
  readonly name: string;
}

/**
 * Names for the stubs of the procedure linkage table, which no symbol table has: `printf@plt`, and `.plt` for the code they share. The
 * stub of the n-th relocation in .rela.plt is the n-th of .plt.sec, where there is one, else of .plt after its header; stubs in .plt.got
 * are told by the slot they jump through. perf before 6.3 knows the stubs in .plt alone.
 */
export function pltSymbols(elf: ElfFile): readonly PltSymbol[] {
  const plt = sectionNamed(elf, '.plt');
  const dynamic = elf.sections.find(({ type }) => type === SHT_DYNSYM);
  if (!plt || !dynamic) return [];
  const sizes = STUB_BYTES[elf.machine] ?? stubsOf(plt.entrySize === 8 ? 8 : 16);
  const dynamicSymbols = new Fields(sectionBytes(elf, dynamic), elf.is64, elf.littleEndian);
  const names = symbolNames(elf, dynamic);
  const nameOf = (symbol: number) => {
    const at = symbol * symbolBytes(elf);
    return at > 0 && at + 4 <= dynamicSymbols.length ? textAt(names, dynamicSymbols.u32(at)) : '';
  };
  const stubs = sectionNamed(elf, '.plt.sec') ?? plt;
  const symbols: PltSymbol[] = [{ start: plt.offset, size: stubs === plt ? sizes.header : plt.size, name: '.plt' }];
  let start = stubs.offset + (stubs === plt ? sizes.header : 0);
  for (const { symbol } of relocations(elf, ['.rela.plt', '.rel.plt'])) {
    if (start + sizes.stub > stubs.offset + stubs.size) break;
    symbols.push({ start, size: sizes.stub, name: `${nameOf(symbol) || hexOffset(start)}@plt` });
    start += sizes.stub;
  }
  if (elf.machine === EM_X86_64) symbols.push(...gotStubs(elf, nameOf));
  return symbols;
}

/** Bytes of the table's header and of each stub, by machine, as the linkers lay them out. */
const STUB_BYTES: Record<number, { header: number; stub: number }> = {
  [EM_386]: stubsOf(16),
  [EM_ARM]: { header: 20, stub: 12 },
  [EM_AARCH64]: { header: 32, stub: 16 },
};

function stubsOf(size: number): { header: number; stub: number } {
  return { header: size, stub: size };
}

function hexOffset(offset: number): string {
  return `offset_0x${offset.toString(16)}`;
}

interface Relocation {
  /** Address of the slot that is filled in. */
  readonly slot: number;
  /** Index into the dynamic symbols; 0 for none. */
  readonly symbol: number;
}

function* relocations(elf: ElfFile, sectionNames: readonly string[]): Generator<Relocation> {
  const section = sectionNames.map((name) => sectionNamed(elf, name)).find((found) => found !== undefined);
  if (!section) return;
  const fields = new Fields(sectionBytes(elf, section), elf.is64, elf.littleEndian);
  const word = elf.is64 ? 8 : 4;
  const size = section.name.startsWith('.rela') ? word * 3 : word * 2;
  for (let at = 0; at + size <= fields.length; at += size) {
    const symbol = elf.is64 ? fields.u32(at + (elf.littleEndian ? 12 : 8)) : fields.u32(at + 4) >>> 8;
    yield { slot: fields.word(at), symbol };
  }
}

/** Stubs `jmp *slot(%rip)`, which x86-64 linkers put in .plt.got for functions whose slot is filled at start. */
function gotStubs(elf: ElfFile, nameOf: (symbol: number) => string): PltSymbol[] {
  const section = sectionNamed(elf, '.plt.got');
  if (!section) return [];
  const stub = section.entrySize === 16 ? 16 : 8;
  const code = sectionBytes(elf, section);
  const fields = new Fields(code, elf.is64, elf.littleEndian);
  const symbolOfSlot = new Map<number, number>();
  for (const { slot, symbol } of relocations(elf, ['.rela.dyn'])) {
    if (symbol !== 0) symbolOfSlot.set(slot, symbol);
  }
  const symbols: PltSymbol[] = [];
  for (let at = 0; at + stub <= code.length; at += stub) {
    let jump = at;
    // endbr64 and the bnd prefix may stand before the jump.
    if (fields.u32(jump) === 0xfa1e0ff3) jump += 4;
    if (code[jump] === 0xf2) jump++;
    const isJump = code[jump] === 0xff && code[jump + 1] === 0x25 && jump + 6 <= at + stub;
    const slot = isJump ? section.address + jump + 6 + (fields.u32(jump + 2) | 0) : Number.NaN;
    const start = section.offset + at;
    symbols.push({ start, size: stub, name: `${nameOf(symbolOfSlot.get(slot) ?? 0) || hexOffset(start)}@plt` });
  }
  return symbols;
}
