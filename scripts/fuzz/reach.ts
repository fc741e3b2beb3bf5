import { Coverage, type Reached, shareOf } from './coverage.ts';
import { damaged } from './families/bytes.ts';
import { fixturesOf, seedsOf } from './formats.ts';
import { mutants } from './mutants.ts';
import { Random } from './random.ts';
import { readInput } from './read-input.ts';

/**
 * Prints by format how much of the importers' code wrong files reach, in letters of code: those that are made here, and a
 * tenth as many copies of the fixtures with damaged bytes, which take as long.
 */
export function compareReach(root: string, formats: readonly string[], inputs: number): void {
  const coverage = new Coverage();
  const all = { damaged: new Map<string, Uint8Array>(), made: new Map<string, Uint8Array>() };
  for (const format of formats) {
    const fixtures = fixturesOf(root, format);
    const make = mutants(format, seedsOf(root, format), fixtures);
    const reached: Record<'damaged' | 'made', Reached> = {
      damaged: after(coverage, Math.ceil(inputs / 10), (number) => {
        const random = new Random(number);
        const { bytes } = fixtures.length > 0 ? random.pick(fixtures) : seedsOf(root, format)[0];
        return damaged(bytes, random, random.few(4));
      }),
      made: after(coverage, inputs, make),
    };
    add(all.damaged, reached.damaged);
    add(all.made, reached.made);
    console.log(
      `${format}: ${size(reached.damaged)} by damage, ${size(reached.made)} by structure, which has ${percent(shareOf(reached.damaged, reached.made))} of the former`,
    );
  }
  const whole = [...all.made.values()].reduce((sum, { length }) => sum + length, 0);
  console.log(
    `all: ${size(all.damaged)} letters of ${whole} by damage (${percent(size(all.damaged) / whole)}), ${size(all.made)} by structure (${percent(size(all.made) / whole)})`,
  );
  coverage.end();
}

function after(coverage: Coverage, inputs: number, make: (number: number) => Uint8Array): Reached {
  coverage.take();
  for (let number = 0; number < inputs; number++) readInput(make(number), false);
  return coverage.take();
}

function size(reached: Reached): number {
  let sum = 0;
  for (const bytes of reached.values()) for (const byte of bytes) sum += byte;
  return sum;
}

function add(sum: Map<string, Uint8Array>, reached: Reached): void {
  for (const [url, bytes] of reached) {
    const own = sum.get(url);
    if (!own) sum.set(url, bytes.slice());
    else for (const [at, byte] of bytes.entries()) own[at] |= byte;
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
