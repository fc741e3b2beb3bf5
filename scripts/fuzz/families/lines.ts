import { edgeNumberText, edgeText } from '../edges.ts';
import type { Family } from '../family.ts';
import type { Random } from '../random.ts';
import { encoded } from './text-encoding.ts';

/** Texts of lines, each of words, numbers and what stands between them. */
export const lines: Family = {
  name: 'lines',
  open(seed) {
    const whole = decode(seed);
    if (whole === undefined) return undefined;
    const sound = whole.split('\n');
    return (random, edits) => {
      const text = sound.slice();
      for (let edit = 0; edit < edits; edit++) {
        // Heads are short and say how the rest is to be read.
        const at = random.chance(0.2) ? random.below(Math.min(4, text.length)) : random.below(text.length);
        if (random.chance(0.6)) text[at] = editedLine(text[at] ?? '', text, random);
        else random.pick(LINE_EDITS)(text, at, random);
      }
      return encoded(text.join(random.chance(0.02) ? '\r\n' : '\n'), random);
    };
  },
  parts(seed) {
    const sound = decode(seed)?.split('\n');
    return (
      sound && {
        count: sound.length,
        without: (start, end) => Buffer.from(sound.toSpliced(start, end - start).join('\n')),
      }
    );
  },
};

function decode(seed: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(seed);
  } catch {
    return undefined;
  }
}

const LINE_EDITS: readonly ((lines: string[], at: number, random: Random) => void)[] = [
  (lines, at, random) => void lines.splice(at, random.few(64)),
  (lines, at) => void lines.splice(at, 1),
  (lines, at) => void lines.splice(at, 0, lines[at]),
  (lines, at, random) => {
    const [other, line] = [random.below(lines.length), lines[at]];
    lines[at] = lines[other];
    lines[other] = line;
  },
  (lines, at, random) => void lines.splice(at, 0, ...lines.slice(random.below(lines.length)).slice(0, random.few(32))),
  (lines, at, random) => void lines.splice(at, 0, edgeText(random)),
  (lines, at, random) => void lines.splice(at, 2, `${lines[at]}${random.pick(['', ' ', ';'])}${lines[at + 1] ?? ''}`),
  (lines, at, random) => void lines.splice(at, 0, ...Array<string>(times(lines[at], random.few(64))).fill(lines[at])),
  (lines, at, random) => {
    // A deep stack, or a long list of anything.
    if (random.chance(0.1)) lines[at] = `${lines[at]};`.repeat(times(lines[at], 1 + random.below(400)));
  },
];

/** So many copies of a line as are not too many letters: copies of copies would fill the memory before anything is read. */
function times(line: string | undefined, wanted: number): number {
  return Math.min(wanted, Math.max(1, Math.floor(LARGEST_COPIES / ((line?.length ?? 0) + 1))));
}

const LARGEST_COPIES = 1 << 16;

/** Words, numbers, blanks and single signs: what is put together again is the same. */
const TOKEN = /\d+|[\p{L}_$]+|\s+|[^\p{L}\d\s]/gu;

/** The line with a few words changed; of a long one, somewhere in it. */
function editedLine(line: string, lines: readonly string[], random: Random): string {
  if (line.length > LONGEST_EDITED) {
    const start = random.below(line.length - LONGEST_EDITED);
    const end = start + LONGEST_EDITED;
    return line.slice(0, start) + editedLine(line.slice(start, end), lines, random) + line.slice(end);
  }
  const tokens = line.match(TOKEN) ?? [''];
  const at = random.below(tokens.length);
  const other = () => random.pick(random.pick(lines)?.slice(0, LONGEST_EDITED).match(TOKEN) ?? ['']);
  switch (random.below(9)) {
    case 0:
      tokens.splice(at, random.few(8));
      break;
    case 1:
      tokens.splice(at, 0, tokens[at]);
      break;
    case 2:
      tokens[at] = other();
      break;
    case 3:
      tokens.splice(at, 0, other());
      break;
    case 4:
      tokens[at] = edgeText(random);
      break;
    case 5:
      tokens.splice(at, 0, edgeText(random));
      break;
    case 6: {
      // A number, where there is one.
      const numbers = [...tokens.keys()].filter((index) => /^\d/.test(tokens[index]));
      tokens[numbers.length > 0 ? random.pick(numbers) : at] = edgeNumberText(random);
      break;
    }
    case 7:
      return line.slice(0, random.below(line.length));
    default: {
      const [from, length] = [random.below(tokens.length), random.few(6)];
      tokens.splice(at, 0, ...tokens.slice(from, from + length));
    }
  }
  return tokens.join('');
}

const LONGEST_EDITED = 4096;
