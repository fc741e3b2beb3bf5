import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Coverage, shareOf } from './coverage.ts';
import { familiesOf } from './families/index.ts';
import { fixturesOf, seedFolder } from './formats.ts';
import { MADE_SEEDS } from './made-seeds.ts';
import { mutatorOf } from './mutants.ts';
import { Random } from './random.ts';
import { readInput } from './read-input.ts';

/** Tries in a row without success after which a file is small enough. */
const MOST_FAILURES = 100;
const MOST_MS = 45_000;
/** Not all: tables that grow are not worth the lines they take. */
const LEAST_REACHED = 0.95;

/**
 * Makes the small files from which wrong ones are made: copies of the fixtures that have lost all that isn't needed to reach the same code
 * of the importers. What is small is read thousands of times a second.
 */
export function shrinkSeeds(root: string, formats: readonly string[]): void {
  const coverage = new Coverage();
  for (const format of formats) {
    const folder = join(root, seedFolder(format));
    const fixtures = fixturesOf(root, format);
    if (fixtures.length === 0) continue;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const { name, bytes } of [...(MADE_SEEDS[format] ?? []), ...fixtures]) {
      const small = shrunk(format, bytes, coverage);
      writeFileSync(join(folder, name.replace(/\.gz$/, '')), small);
      console.log(`${format}, ${name}: ${bytes.length} bytes, now ${small.length}`);
    }
  }
  coverage.end();
}

/** A wrong copy that is smaller and reaches all the same is the next to make copies of. */
function shrunk(format: string, sound: Uint8Array, coverage: Coverage): Uint8Array {
  readInput(sound, false);
  coverage.take();
  readInput(sound, false);
  const wanted = coverage.take();
  const random = new Random(sound.length);
  const end = performance.now() + MOST_MS;
  const isAsGood = (candidate: Uint8Array) => {
    const isRead = ['read', 'warned'].includes(String(readInput(candidate, false)));
    return shareOf(wanted, coverage.take()) >= LEAST_REACHED && isRead;
  };
  let best = fewestParts(format, sound, end, isAsGood);
  let mutate = mutatorOf(format, best);
  for (let failures = 0; failures < MOST_FAILURES && performance.now() < end; ) {
    const candidate = mutate(random, random.few(8));
    if (candidate.length >= best.length) continue;
    if (isAsGood(candidate)) {
      best = candidate.slice();
      mutate = mutatorOf(format, best);
      failures = 0;
    } else failures++;
  }
  return best;
}

/** Takes out parts, many at once at first, for as long as the file stays as good. */
function fewestParts(
  format: string,
  sound: Uint8Array,
  end: number,
  isAsGood: (candidate: Uint8Array) => boolean,
): Uint8Array {
  let best = sound;
  const family = familiesOf(format).find((each) => each.open(sound) !== undefined);
  for (let size = family?.parts?.(best)?.count ?? 0; size >= 1; size = Math.floor(size / 2)) {
    let parts = family!.parts!(best);
    for (let start = 0; parts && start < parts.count && performance.now() < end; ) {
      const candidate = parts.without(start, Math.min(parts.count, start + size));
      if (candidate.length < best.length && isAsGood(candidate)) {
        best = candidate;
        parts = family!.parts!(best);
      } else start += size;
    }
  }
  return best;
}
