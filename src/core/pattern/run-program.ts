import type { Assertion, Program } from './program.ts';

/**
 * Whether a pattern is found anywhere in a text. All ways to match are followed at once, a step at most once a place of the text (Thompson's
 * simulation, https://swtch.com/~rsc/regexp/regexp1.html), so time is bounded by text times program, and memory by the program.
 */
export function isFound(program: Program, text: string): boolean {
  const end = program.length;
  const now = new Int32Array(end + 1);
  const next = new Int32Array(end + 1);
  let nowCount = 0;
  /** By step: the last place of the text, plus one, at which it was come to. */
  const metAt = new Int32Array(end + 1);
  const pending: number[] = [];
  let before = -1;
  let place = 0;
  let stamp = 0;
  for (;;) {
    const code = place < text.length ? text.codePointAt(place)! : -1;
    stamp++;
    let ready = 0;
    const follow = (from: number): boolean => {
      pending.push(from);
      while (pending.length > 0) {
        const at = pending.pop()!;
        if (metAt[at] === stamp) continue;
        metAt[at] = stamp;
        if (at === end) return true;
        const step = program[at];
        if (step.does === 'read') next[ready++] = at;
        else if (step.does === 'assert') {
          if (holds(step.what, before, code)) pending.push(at + 1);
        } else {
          pending.push(at + step.distance);
          if (step.does === 'fork') pending.push(at + 1);
        }
      }
      return false;
    };
    // Those that have read the character before this place, and a new attempt that begins here.
    for (let i = 0; i < nowCount; i++) if (follow(now[i] + 1)) return true;
    if (follow(0)) return true;
    if (code === -1) return false;
    nowCount = 0;
    for (let i = 0; i < ready; i++) {
      const step = program[next[i]];
      if (step.does === 'read' && step.set.has(code)) now[nowCount++] = next[i];
    }
    before = code;
    place += code > 0xffff ? 2 : 1;
  }
}

function holds(assertion: Assertion, before: number, after: number): boolean {
  return HOLDS[assertion](before, after);
}

/** By assertion: whether it holds between two characters, -1 for the text's end. */
const HOLDS: Readonly<Record<Assertion, (before: number, after: number) => boolean>> = {
  'text start': (before) => before === -1,
  'text end': (_, after) => after === -1,
  'line start': (before) => before === -1 || before === 10,
  'line end': (_, after) => after === -1 || after === 10,
  'word edge': (before, after) => isWord(before) !== isWord(after),
  'no word edge': (before, after) => isWord(before) === isWord(after),
};

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}
