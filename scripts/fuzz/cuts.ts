import { importProfile } from '../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { seededRandom } from '../../test/support/seeded-random.ts';

/** What came of a file's cuts. */
export interface Cuts {
  readonly cuts: number;
  readonly refused: number;
  readonly warned: number;
  /** Read without a word, though something is missing: the lengths. */
  readonly silent: readonly number[];
  /** Read without a word, and nothing is missing: blanks at the end, or what isn't shown. */
  readonly same: number;
  readonly faults: readonly string[];
}

/** Every place up to here is tried, and so many beyond. */
const EVERY = 65536;
const BEYOND = 1000;

/** Where a file is cut: every `step`th place of those that are tried. */
export function placesToCut(size: number, step = 1): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < Math.min(EVERY, size); place += step) places.push(place);
  const random = seededRandom(size);
  for (let tried = 0; size > EVERY && tried < BEYOND; tried += step) {
    places.push(EVERY + Math.floor(random() * (size - EVERY)));
  }
  return places;
}

/** Cuts a file at places, reads what is left, and says what came of it. Undefined where the whole is refused. */
export function cutFile(bytes: Uint8Array, places: readonly number[]): Cuts | undefined {
  const whole = imported(bytes);
  if (whole === 'refused') return undefined;
  const cuts = { cuts: 0, refused: 0, warned: 0, silent: [] as number[], same: 0, faults: [] as string[] };
  if (typeof whole === 'string') return { ...cuts, faults: [`whole: ${whole}`] };
  const said = content(whole);
  for (const place of places) {
    cuts.cuts++;
    const start = performance.now();
    const part = imported(bytes.subarray(0, place));
    const ms = performance.now() - start;
    if (part === 'refused') cuts.refused++;
    else if (typeof part === 'string') cuts.faults.push(`cut at ${place}: ${part}`);
    else if (part.quality.warnings.length > 0) cuts.warned++;
    else if (content(part) === said) cuts.same++;
    else cuts.silent.push(place);
    if (ms > 5000) cuts.faults.push(`cut at ${place}: takes ${Math.round(ms)} ms`);
  }
  return cuts;
}

/** Whether a place is before or after a line's end; in UTF-16 whose lower byte comes first, that has a second byte. */
export function isAtLineEnd(bytes: Uint8Array, place: number): boolean {
  if (bytes[place - 1] === 0x0a || bytes[place] === 0x0a) return true;
  return bytes[0] === 0xff && bytes[1] === 0xfe && bytes[place - 1] === 0 && bytes[place - 2] === 0x0a;
}

function imported(bytes: Uint8Array): Profile | string {
  try {
    return importProfile(bytesInMemory(bytes));
  } catch (error) {
    if (error instanceof UnrecognisedInput || error instanceof MalformedInput) return 'refused';
    return String(error instanceof Error ? error.stack : error);
  }
}

/** What a profile is of: all that a cut may take. */
function content({ samples, values, stacks, frames, functions, strings, threads, labelSets }: Profile): string {
  const sums = samples.weights.map((column) => column.reduce((sum, weight) => sum + weight, 0));
  const lengths = [samples, stacks, frames, functions, threads, labelSets].map(({ length }) => length);
  const letters = strings.reduce((sum, text) => sum + text.length, 0);
  const lines = frames.line.reduce((sum, line) => sum + line, 0);
  return JSON.stringify([lengths, sums, values.length, letters, lines]);
}
