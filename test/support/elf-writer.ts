/** A symbol to write; in `.text` of 64 KiB at 0x401000 where nothing else is said. */
export interface WrittenSymbol {
  readonly name: string;
  readonly address: number;
  readonly size?: number;
  readonly type?: 'notype' | 'object' | 'func' | 'ifunc';
  readonly binding?: 'local' | 'global' | 'weak';
  readonly hidden?: boolean;
  /** Section it is in: `.text` by default, '' for none (undefined). */
  readonly section?: '.text' | '.debug_info' | '';
}

export interface WrittenElf {
  readonly bits?: 32 | 64;
  readonly bigEndian?: boolean;
  readonly machine?: number;
  readonly buildId?: string;
  readonly debugLink?: { readonly name: string; readonly checksum: number };
  readonly symbols?: readonly WrittenSymbol[];
  readonly dynamicSymbols?: readonly WrittenSymbol[];
  /** Whether there is a .debug_info; its contents mean nothing. */
  readonly debugInfo?: boolean;
}

/** Where the written file's code is: `.text` and the one segment that is loaded. */
export const TEXT = { offset: 0x1000, address: 0x401000, size: 0x10000 };

const TYPES = { notype: 0, object: 1, func: 2, ifunc: 10 };
const BINDINGS = { local: 0, global: 1, weak: 2 };

/** Bytes of an ELF file as a linker would write it: header, one segment, sections. For tests of what is read from such files. */
export function writtenElf(elf: WrittenElf): Uint8Array {
  const { bits = 64, bigEndian = false, machine = 62 } = elf;
  const out = new Writer(bits === 64, !bigEndian);
  const sections: {
    name: string;
    type: number;
    flags: number;
    address: number;
    bytes: number[];
    link: number;
    entry: number;
  }[] = [];
  const add = (
    name: string,
    type: number,
    bytes: number[],
    more: { flags?: number; link?: number; entry?: number } = {},
  ) => sections.push({ name, type, bytes, flags: 0, link: 0, entry: 0, address: 0, ...more }) - 1;
  add('', 0, []);
  const text = add('.text', 1, new Array(16).fill(0x90), { flags: 6 });
  sections[text].address = TEXT.address;
  const debug = elf.debugInfo ? add('.debug_info', 1, [1, 2, 3, 4]) : 0;
  if (elf.buildId !== undefined) {
    const id = [...Buffer.from(elf.buildId, 'hex')];
    add('.note.gnu.build-id', 7, [...out.u32(4), ...out.u32(id.length), ...out.u32(3), ...ascii('GNU\0'), ...id], {
      flags: 2,
    });
  }
  if (elf.debugLink) {
    const name = padded([...ascii(elf.debugLink.name), 0]);
    add('.gnu_debuglink', 1, [...name, ...out.u32(elf.debugLink.checksum)]);
  }
  for (const [name, type, symbols] of [
    ['.symtab', 2, elf.symbols],
    ['.dynsym', 11, elf.dynamicSymbols],
  ] as const) {
    if (!symbols) continue;
    const names = [0];
    const bytes: number[] = new Array(bits === 64 ? 24 : 16).fill(0);
    for (const symbol of symbols) {
      const { size = 0, type: kind = 'func', binding = 'global', hidden = false, section = '.text' } = symbol;
      const nameAt = symbol.name === '' ? 0 : names.length;
      names.push(...ascii(symbol.name), 0);
      const info = (BINDINGS[binding] << 4) | TYPES[kind];
      const index = section === '.text' ? text : section === '' ? 0 : debug;
      const about = [info, hidden ? 2 : 0, ...out.u16(index)];
      if (bits === 64) bytes.push(...out.u32(nameAt), ...about, ...out.word(symbol.address), ...out.word(size));
      else bytes.push(...out.u32(nameAt), ...out.word(symbol.address), ...out.word(size), ...about);
    }
    const strings = sections.length + 1;
    add(name, type, bytes, { flags: type === 11 ? 2 : 0, link: strings, entry: bits === 64 ? 24 : 16 });
    add(name === '.symtab' ? '.strtab' : '.dynstr', 3, names);
  }
  const names = [0];
  const nameAt: number[] = [];
  const namesIndex = add('.shstrtab', 3, []);
  for (const { name } of sections) {
    nameAt.push(name === '' ? 0 : names.length);
    if (name !== '') names.push(...ascii(name), 0);
  }
  sections[namesIndex].bytes = names;
  return assembled(out, bits, machine, sections, nameAt, namesIndex);
}

function assembled(
  out: Writer,
  bits: 32 | 64,
  machine: number,
  sections: readonly { type: number; flags: number; address: number; bytes: number[]; link: number; entry: number }[],
  nameAt: readonly number[],
  namesIndex: number,
): Uint8Array {
  const [headerSize, segmentSize, sectionSize] = bits === 64 ? [64, 56, 64] : [52, 32, 40];
  const body: number[] = [];
  const offsets = sections.map(({ bytes, type }) => {
    while (body.length % 4 !== 0) body.push(0);
    const offset = headerSize + segmentSize + body.length;
    body.push(...bytes);
    return type === 0 ? 0 : offset;
  });
  while (body.length % 8 !== 0) body.push(0);
  const sectionsAt = headerSize + segmentSize + body.length;
  const ident = [0x7f, ...ascii('ELF'), bits === 64 ? 2 : 1, out.little ? 1 : 2, 1, ...new Array(9).fill(0)];
  const header = [
    ...ident,
    ...out.u16(2),
    ...out.u16(machine),
    ...out.u32(1),
    ...out.word(TEXT.address),
    ...out.word(headerSize),
    ...out.word(sectionsAt),
    ...out.u32(0),
    ...[headerSize, segmentSize, 1, sectionSize, sections.length, namesIndex].flatMap((value) => out.u16(value)),
  ];
  const { offset, address, size } = TEXT;
  const place = [out.word(offset), out.word(address), out.word(address), out.word(size), out.word(size)].flat();
  const segment = bits === 64 ? [...out.u32(1), ...out.u32(5), ...place] : [...out.u32(1), ...place, ...out.u32(5)];
  segment.push(...out.word(0x1000));
  const table = sections.flatMap((section, index) => [
    ...out.u32(nameAt[index]),
    ...out.u32(section.type),
    ...out.word(section.flags),
    ...out.word(section.address),
    ...out.word(section.address === 0 ? offsets[index] : offset),
    ...out.word(section.bytes.length),
    ...out.u32(section.link),
    ...out.u32(0),
    ...out.word(4),
    ...out.word(section.entry),
  ]);
  return Uint8Array.from([...header, ...segment, ...body, ...table]);
}

class Writer {
  readonly #is64: boolean;
  readonly little: boolean;

  constructor(is64: boolean, little: boolean) {
    this.#is64 = is64;
    this.little = little;
  }

  u16 = (value: number) => this.#number(value, 2);
  u32 = (value: number) => this.#number(value, 4);
  word = (value: number) => this.#number(value, this.#is64 ? 8 : 4);

  #number(value: number, size: number): number[] {
    const bytes = Array.from({ length: size }, (_, at) => Number((BigInt(value) >> BigInt(8 * at)) & 0xffn));
    return this.little ? bytes : bytes.reverse();
  }
}

function ascii(text: string): number[] {
  return [...Buffer.from(text, 'latin1')];
}

function padded(bytes: number[]): number[] {
  while (bytes.length % 4 !== 0) bytes.push(0);
  return bytes;
}
