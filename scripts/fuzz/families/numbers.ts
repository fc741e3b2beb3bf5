import { edgeNumber, edgeText } from '../edges.ts';
import type { Random } from '../random.ts';
import { varintBytes } from './protobuf-message.ts';

/** The bytes with one number, or text, that is another; `seed` is the whole file, from which it may come. */
export type NumberEdit = (bytes: Uint8Array, seed: Uint8Array, random: Random) => Uint8Array;

/** Numbers of 1 to 8 bytes that lie at a multiple of their size after `start`. */
export function fixedNumbers(sizes: readonly number[], little: boolean, start = 0): NumberEdit {
  return (bytes, seed, random) => {
    const size = random.pick(sizes);
    const count = Math.floor((bytes.length - start) / size);
    if (count <= 0) return bytes;
    const result = Uint8Array.from(bytes);
    const at = start + size * random.below(count);
    const other = size * random.below(Math.floor(seed.length / size));
    const kind = random.next();
    if (kind < 0.3) result.set(seed.subarray(other, Math.min(seed.length, other + size)), at);
    else {
      const number =
        kind < 0.6 ? fixedNumber(result, at, size, little) + BigInt(random.below(9) - 4) : edgeNumber(random);
      for (let index = 0; index < size; index++) {
        const shift = BigInt(8 * (little ? index : size - 1 - index));
        result[at + index] = Number((BigInt.asUintN(64, number) >> shift) & 0xffn);
      }
    }
    return result;
  };
}

function fixedNumber(bytes: Uint8Array, at: number, size: number, little: boolean): bigint {
  let number = 0n;
  for (let index = 0; index < size; index++) {
    number = (number << 8n) | BigInt(bytes[at + (little ? size - 1 - index : index)]);
  }
  return number;
}

/** Numbers in groups of seven bits, of which all but the last have the highest bit set. */
export const groupedNumbers: NumberEdit = (bytes, seed, random) => {
  const at = random.below(bytes.length);
  let end = at;
  while (end < bytes.length && bytes[end] >= 0x80 && end < at + 9) end++;
  const from = random.below(seed.length);
  const number =
    random.chance(0.3) && seed.length > 0
      ? seed.subarray(from, from + 1)
      : varintBytes(edgeNumber(random), random.chance(0.1) ? random.below(12) : 0);
  return Buffer.concat([bytes.subarray(0, at), number, bytes.subarray(end + 1)]);
};

/** Text, or what would be one, in the place of a few bytes. */
export const textBytes: NumberEdit = (bytes, _seed, random) => {
  const at = random.below(bytes.length);
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from(edgeText(random)),
    bytes.subarray(at + random.below(random.chance(0.5) ? 2 : 16)),
  ]);
};
