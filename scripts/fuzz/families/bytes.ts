import type { Family } from '../family.ts';
import { joinBytes } from '../join-bytes.ts';
import type { Random } from '../random.ts';

/** Any file: bytes that are cut, flipped, overwritten, doubled, taken out, moved. */
export const bytes: Family = {
  name: 'bytes',
  open: (seed) => (random, edits) => damaged(seed, random, edits),
};

/** A copy of the bytes with a few things wrong. */
export function damaged(seed: Uint8Array, random: Random, edits: number): Uint8Array {
  let result: Uint8Array = Uint8Array.from(seed);
  for (let edit = 0; edit < edits && result.length > 0; edit++) {
    // Headers and tables of contents are where damage goes furthest, so half of it goes to the first kilobyte.
    const at = random.chance(0.5) ? random.below(Math.min(result.length, 1024)) : random.below(result.length);
    result = random.pick(DAMAGES)(result, at, random);
  }
  return result;
}

type Damage = (bytes: Uint8Array, at: number, random: Random) => Uint8Array;

const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const DAMAGES: readonly Damage[] = [
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, random) => bytes.with(at, bytes[at] ^ (1 << random.below(8))),
  (bytes, at, random) => bytes.with(at, random.below(256)),
  (bytes, at, random) => {
    const value = random.pick(EDGES);
    const size = random.pick([1, 2, 4, 8]);
    for (let i = 0; i < size && at + i < bytes.length; i++) bytes[at + i] = i < 4 ? (value >>> (8 * i)) & 0xff : 0;
    return bytes;
  },
  (bytes, at, random) =>
    joinBytes([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + random.few(256)))]),
  (bytes, at, random) => {
    const end = Math.min(bytes.length, at + random.few(256));
    return joinBytes([bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end)]);
  },
  (bytes, at, random) => bytes.fill(random.pick([0, 0xff]), at, at + random.few(64)),
  (bytes, at, random) => {
    const from = random.below(bytes.length);
    return bytes.copyWithin(at, from, from + random.few(64));
  },
];
