import { statSync } from 'node:fs';
import { readBytes } from '../core/importers/reading/byte-source.ts';
import { NONE } from '../core/profile/profile.ts';
import { openFileBytes } from './file-bytes.ts';

/** The functions that a just-in-time compiler told of in `/tmp/perf-PID.map`, for the addresses asked about. */
export interface PerfMapAnswer {
  /** By address: a position in `names`, or NONE. */
  readonly ofAddress: Int32Array;
  readonly names: readonly string[];
  /** Why the file was not used, or not whole; `''` where it was. */
  readonly problem: string;
}

const NO_MAP = 'there is none; the program has to be told to write it (node --perf-basic-prof, python -X perf)';
/** A larger map is read up to here. */
const MOST_BYTES = 256 << 20;

/**
 * Looks up addresses (ascending) in a perf map: lines of `START SIZE NAME`, numbers in hexadecimal. Code moves and its memory is used
 * again, so of several entries over one address the last written counts. As in `perf`, a file that belongs to neither this user nor
 * root is not trusted: anyone may write to /tmp.
 */
export function lookUpPerfMap(path: string, addresses: Float64Array): PerfMapAnswer {
  const none = new Int32Array(addresses.length).fill(NONE);
  const file = openFileBytes(path);
  if (!file) return { ofAddress: none, names: [], problem: NO_MAP };
  try {
    const owner = statSync(path).uid;
    if (owner !== 0 && owner !== process.geteuid?.()) {
      return { ofAddress: none, names: [], problem: `it belongs to user ${owner}, neither to you nor to root` };
    }
    const text = readBytes(file, 0, MOST_BYTES);
    const problem = file.size > MOST_BYTES ? `only its first ${MOST_BYTES >> 20} MiB were read` : '';
    return { ...lookUpInMap(text, addresses), problem };
  } finally {
    file.close();
  }
}

/** Looks up addresses (ascending) in the text of a perf map. Lines that aren't entries are passed over. */
export function lookUpInMap(
  text: Uint8Array,
  addresses: Float64Array,
): { ofAddress: Int32Array; names: readonly string[] } {
  const ofAddress = new Int32Array(addresses.length).fill(NONE);
  const names: string[] = [];
  // nextFree[i] leads to the first address at or after i that has no name yet: each is named once, by the last entry over it.
  const nextFree = Int32Array.from({ length: addresses.length + 1 }, (_, at) => at);
  const free = (at: number) => {
    let root = at;
    while (nextFree[root] !== root) root = nextFree[root];
    for (let step = at; nextFree[step] !== root; ) [step, nextFree[step]] = [nextFree[step], root];
    return root;
  };
  for (let end = text.length; end > 0; ) {
    const start = text.lastIndexOf(NEWLINE, end - 1) + 1;
    const entry = readEntry(text, start, end);
    if (entry) {
      let name = NONE;
      for (let at = free(lowerBound(addresses, entry.start)); addresses[at] < entry.end; at = free(at)) {
        if (name === NONE) name = names.push(entry.name()) - 1;
        ofAddress[at] = name;
        nextFree[at] = at + 1;
      }
    }
    end = start - 1;
  }
  return { ofAddress, names };
}

const NEWLINE = 0x0a;
const SPACE = 0x20;

function readEntry(text: Uint8Array, from: number, end: number) {
  const afterStart = text.indexOf(SPACE, from);
  const afterSize = afterStart === -1 ? -1 : text.indexOf(SPACE, afterStart + 1);
  if (afterSize === -1 || afterSize > end || afterSize - from > 40) return undefined;
  const [start, size] = [hex(text, from, afterStart), hex(text, afterStart + 1, afterSize)];
  if (!(start + size <= Number.MAX_SAFE_INTEGER)) return undefined;
  const name = () => Buffer.from(text.buffer, text.byteOffset + afterSize + 1, end - afterSize - 1).toString('utf8');
  return { start, end: start + Math.max(size, 1), name };
}

/** A number in hexadecimal, with or without `0x`; NaN where it is none. */
function hex(text: Uint8Array, from: number, end: number): number {
  return Number.parseInt(Buffer.from(text.buffer, text.byteOffset + from, end - from).toString('latin1'), 16);
}

/** Index of the first value that is not less; the length where none is. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
