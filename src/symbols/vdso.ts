import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { bytesInMemory } from '../core/importers/reading/byte-source.ts';
import { type ElfFile, readElf } from './elf.ts';

/** The kernel maps no larger one. */
const MOST_BYTES = 1 << 20;

/** The code that the running kernel maps into every process. It is in no file, but in our own memory. */
export function runningVdso(): ElfFile | undefined {
  try {
    const line = readFileSync('/proc/self/maps', 'latin1')
      .split('\n')
      .find((map) => map.endsWith('[vdso]'));
    const range = /^([0-9a-f]+)-([0-9a-f]+) /.exec(line ?? '');
    if (!range) return undefined;
    const [start, end] = [Number.parseInt(range[1], 16), Number.parseInt(range[2], 16)];
    const bytes = new Uint8Array(Math.min(end - start, MOST_BYTES));
    const memory = openSync('/proc/self/mem', 'r');
    try {
      readSync(memory, bytes, 0, bytes.length, start);
    } finally {
      closeSync(memory);
    }
    return readElf(bytesInMemory(bytes, '[vdso]'));
  } catch {
    // Reading our own memory may be forbidden; then the vDSO's functions stay unnamed.
    return undefined;
  }
}
