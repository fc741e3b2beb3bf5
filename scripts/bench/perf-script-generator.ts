import { closeSync, openSync, writeSync } from 'node:fs';
import { seededRandom } from '../../test/support/seeded-random.ts';

/**
 * Writes what `perf script` prints of so many samples, with `perf record -g`: stacks of 5 to 40 places, between 4,000 functions of 12
 * programs and libraries, each of which has a few addresses where it was met. The next stack has most of its callers in common with the
 * one before, as programs have.
 */
export function generatePerfScript(path: string, samples: number): void {
  const random = seededRandom(1);
  const below = (end: number) => Math.floor(random() * end);
  const places = Array.from({ length: FUNCTIONS * PLACES_EACH }, (_, place) => {
    const func = Math.floor(place / PLACES_EACH);
    const module = MODULES[func % MODULES.length];
    const offset = 4 + below(800);
    const address = 0x5500_0000_0000 + (func % MODULES.length) * 0x1000_0000 + func * 0x400 + offset;
    const name =
      func % 50 === 0 ? '[unknown]' : `${SPACES[func % SPACES.length]}::method_${func}+0x${offset.toString(16)}`;
    return `\t${address.toString(16).padStart(16)} ${name} (${module})\n`;
  });
  const file = openSync(path, 'w');
  try {
    let text = '';
    const stack: number[] = [];
    for (let sample = 0; sample < samples; sample++) {
      stack.length = Math.min(stack.length, below(stack.length + 3));
      const depth = Math.max(SHALLOWEST, Math.min(DEEPEST, stack.length + 1 + below(8)));
      // Each function calls a few others, from a few places.
      while (stack.length < depth) {
        const caller = Math.floor((stack.at(-1) ?? 0) / PLACES_EACH);
        stack.push(((caller * 31 + below(CALLEES) * 97 + 17) % FUNCTIONS) * PLACES_EACH + below(PLACES_EACH));
      }
      const thread = below(THREADS);
      const time = (1000 + sample * 0.00025).toFixed(6);
      text += `worker-${thread} ${4000 + thread}/${4100 + thread} [00${thread % 8}] ${time}:     250000 cpu-clock:u: \n`;
      for (let at = stack.length - 1; at >= 0; at--) text += places[stack[at]];
      text += '\n';
      if (text.length < 1 << 22) continue;
      writeSync(file, text);
      text = '';
    }
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}

const FUNCTIONS = 4000;
const PLACES_EACH = 4;
const CALLEES = 6;
const SHALLOWEST = 5;
const DEEPEST = 40;
const THREADS = 16;
const SPACES = ['std', 'net::http', 'Matrix<double>', 'app', 'io', 'db::query', 'json', 'render'];
const MODULES = Array.from({ length: 12 }, (_, index) =>
  index === 0 ? '/usr/local/bin/service' : `/usr/lib/x86_64-linux-gnu/libpart${index}.so.${index}`,
);
