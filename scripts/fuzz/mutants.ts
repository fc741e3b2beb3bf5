import { gzipSync, zstdCompressSync } from 'node:zlib';
import { damaged } from './families/bytes.ts';
import { familiesOf } from './families/index.ts';
import type { Mutator } from './family.ts';
import type { Seed } from './formats.ts';
import { joinBytes } from './join-bytes.ts';
import { Random } from './random.ts';

/** No input is larger, so that each is read in a second; but for those that come of larger fixtures. */
export const LARGEST_INPUT = 65536;

/** So many inputs come of whole fixtures: they are slow to read, and have what small files lack. */
const SHARE_OF_FIXTURES = 0.005;

/** Wrong files of a format: the same for the same number. */
export function mutants(
  format: string,
  seeds: readonly Seed[],
  fixtures: readonly Seed[] = [],
): (number: number) => Uint8Array {
  const mutators = bySize(format, seeds);
  const salt = hash(format);
  return (number) => {
    const random = new Random(Math.imul(number, 0x9e3779b1) ^ salt);
    if (random.chance(SHARE_OF_FIXTURES) && fixtures.length > 0) {
      const { bytes } = random.pick(fixtures);
      return random.chance(0.5)
        ? damaged(bytes, random, random.few(4))
        : mutatorOf(format, bytes)(random, random.few(8));
    }
    const edits = random.chance(0.5) ? 1 : random.few(16);
    const mutate = random.pick(mutators);
    let input = mutate(random, edits);
    const then = random.next();
    if (then < 0.08) input = damaged(input, random, random.few(4));
    else if (then < 0.1) input = input.subarray(0, random.below(input.length));
    else if (then < 0.12) input = spliced(input, random.pick(mutators)(random, 1), random);
    else if (then < 0.123) input = gzipSync(input);
    else if (then < 0.126) input = zstdCompressSync(input);
    return input.length > LARGEST_INPUT ? input.subarray(0, LARGEST_INPUT) : input;
  };
}

/** A list of what makes wrong copies, in which a file stands the more often the smaller it is: then each takes the same time in all. */
function bySize(format: string, seeds: readonly Seed[]): readonly Mutator[] {
  const size = (bytes: Uint8Array) => bytes.length + 500;
  const largest = Math.max(...seeds.map(({ bytes }) => size(bytes)));
  return seeds.flatMap(({ bytes }) => Array<Mutator>(Math.round(largest / size(bytes))).fill(mutatorOf(format, bytes)));
}

/** What makes wrong copies of a file, by its family. */
export function mutatorOf(format: string, bytes: Uint8Array): Mutator {
  for (const family of familiesOf(format)) {
    const mutator = family.open(bytes);
    if (mutator) return mutator;
  }
  throw new Error(`No family takes files of ${format}.`);
}

/** The start of one file and the end of another. */
function spliced(first: Uint8Array, second: Uint8Array, random: Random): Uint8Array {
  return joinBytes([first.subarray(0, random.below(first.length)), second.subarray(random.below(second.length))]);
}

function hash(text: string): number {
  let value = 0;
  for (const sign of text) value = (Math.imul(value, 31) + sign.charCodeAt(0)) | 0;
  return value;
}
