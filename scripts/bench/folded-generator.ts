import { closeSync, openSync, writeSync } from 'node:fs';
import { seededRandom } from '../../test/support/seeded-random.ts';
import { callWalk, WALKED_FUNCTIONS } from './call-walk.ts';

/**
 * Writes folded stacks of about so many bytes, every one of them once: paths of 10 to 60 frames in a tree of calls between 5,000
 * functions. In order, as stackcollapse-perf.pl and inferno write them, or shuffled, as programs that fold as they sample do. Gives their
 * number.
 */
export function generateFolded(path: string, bytes: number, isSorted: boolean): number {
  const random = seededRandom(1);
  const below = (end: number) => Math.floor(random() * end);
  const pick = (words: readonly string[]) => words[below(words.length)];
  const names = Array.from({ length: WALKED_FUNCTIONS }, (_, index) => `${pick(SPACES)}::${pick(VERBS)}_${index}`);
  const lines = new Set<string>();
  let size = 0;
  for (const stack of callWalk(2)) {
    if (size >= bytes) break;
    const line = stack.map((func) => names[func]).join(';');
    if (lines.has(line)) continue;
    lines.add(line);
    size += line.length + 4;
  }
  const all = [...lines];
  if (isSorted) all.sort();
  else for (let last = all.length - 1; last > 0; last--) swap(all, last, below(last + 1));
  const file = openSync(path, 'w');
  try {
    let text = '';
    for (const line of all) {
      text += `${line} ${1 + below(199)}\n`;
      if (text.length > 1 << 22) {
        writeSync(file, text);
        text = '';
      }
    }
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
  return all.length;
}

const SPACES = ['std', 'net', 'Matrix', 'app', 'io', 'db', 'json', 'render'];
const VERBS = ['read', 'write', 'multiply', 'parse', 'run', 'push_back', 'alloc', 'hash', 'step', 'flush'];

function swap(all: string[], a: number, b: number): void {
  [all[a], all[b]] = [all[b], all[a]];
}
