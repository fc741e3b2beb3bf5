import { readFileSync } from 'node:fs';
import { Float64Column, Int32Column } from '../core/profile/column.ts';
import { TextPool } from './place-table.ts';
import { SYMBOL_RANKS, SymbolTable } from './symbol-table.ts';

/**
 * The kernel's symbols as /proc/kallsyms lists them, by address as `kernelAddress` gives it; undefined where it hides the addresses
 * (kptr_restrict) or there are none. A module's symbols are named as in the list, without the module.
 */
export function readKallsyms(text: Uint8Array): SymbolTable | undefined {
  const rows = { start: new Float64Column(4096), size: new Float64Column(4096), rank: new Int32Column(4096) };
  const nameStart = new Int32Column(4096);
  const group = new Int32Column(4096);
  const modules = new TextPool();
  const { typed, strong, global } = SYMBOL_RANKS;
  const textFrom = (start: number) => {
    let end = start;
    while (end < text.length && text[end] !== NEWLINE && text[end] !== TAB) end++;
    return Buffer.from(text.buffer, text.byteOffset + start, end - start).toString('latin1');
  };
  for (let line = 0; line < text.length; ) {
    let end = line;
    let tab = 0;
    while (end < text.length && text[end] !== NEWLINE) {
      if (text[end] === TAB) tab = end;
      end++;
    }
    // `ffffffff81000000 T _stext` and, for a module's, a tab and `[nf_tables]` after it.
    const type = text[line + 17];
    const kind = type & ~0x20;
    if (end - line > 19 && text[line + 16] === SPACE && (kind === T || kind === W || kind === D || kind === B)) {
      const address = hex32(text, line) * 0x1_0000_0000 + (hex32(text, line + 8) >>> 0);
      // Symbols in the lower half are offsets of per-cpu data.
      if (address < 0) {
        rows.start.push(address);
        rows.size.push(0);
        rows.rank.push(typed | (kind === W ? 0 : strong) | (type === kind && kind !== W ? global : 0));
        nameStart.push(line + 19);
        group.push(tab === 0 ? 0 : modules.number(textFrom(tab + 1)));
      }
    }
    line = end + 1;
  }
  if (rows.start.length === 0) return undefined;
  return new SymbolTable({
    start: rows.start.finish(),
    size: rows.size.finish(),
    rank: Uint8Array.from(rows.rank.finish()),
    group: group.finish(),
    nameOf: (row) => textFrom(nameStart.at(row)),
  });
}

/** The list of this machine's running kernel, or undefined where it can't be read. */
export function readRunningKernel(path = '/proc/kallsyms'): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** A kernel address as a number that is exact: kernels lie in the last 2⁵³ bytes, so it counts down from the end of the space. */
export function kernelAddress(address: bigint): number {
  return Number(BigInt.asIntN(64, address));
}

const [NEWLINE, TAB, SPACE] = [0x0a, 0x09, 0x20];
const [T, W, D, B] = [0x54, 0x57, 0x44, 0x42];

/** Eight hexadecimal digits as a signed 32-bit number. */
function hex32(text: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 8; i++) {
    const digit = text[i];
    value = (value << 4) | (digit <= 0x39 ? digit - 0x30 : (digit | 0x20) - 0x57);
  }
  return value;
}
