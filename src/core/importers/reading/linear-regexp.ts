import { compiled } from './linear-regexp/compiler.ts';
import { CHARACTER_CLASS, type Instruction, isWord, MATCH, SPLIT } from './linear-regexp/instructions.ts';
import { parsed, UnsupportedPattern } from './linear-regexp/parser.ts';

export { UnsupportedPattern };

/**
 * A regular expression of Go's syntax (RE2: https://github.com/google/re2/wiki/Syntax) that is matched in time linear in the text: one
 * that stands in a file may have been written to keep us busy for ever, which JavaScript's own would let it.
 */
export class LinearRegexp {
  readonly #program: readonly Instruction[];
  #stepsLeft: number;

  /** Throws UnsupportedPattern. `mostSteps` bounds the work of all matches together. */
  constructor(pattern: string, mostSteps = MOST_STEPS) {
    this.#program = compiled(parsed(pattern));
    this.#stepsLeft = mostSteps;
  }

  /** Whether some part of the text matches. Throws UnsupportedPattern where it would take too long to know. */
  matches(text: string): boolean {
    const program = this.#program;
    const seen = new Int32Array(program.length).fill(-1);
    let current: number[] = [];
    const pending: number[] = [];
    let before = -1;
    for (let at = 0; ; ) {
      const point = at < text.length ? text.codePointAt(at)! : -1;
      // A match may begin anywhere.
      pending.push(0);
      const reached: number[] = [];
      const follow = (): boolean => {
        while (pending.length > 0) {
          const index = pending.pop()!;
          if (seen[index] === at) continue;
          seen[index] = at;
          this.#stepsLeft--;
          const instruction = program[index];
          if (instruction.kind === MATCH) return true;
          if (instruction.kind === SPLIT) pending.push(...instruction.next);
          else if (instruction.kind === CHARACTER_CLASS) reached.push(index);
          else if (holds(instruction.assertion, before, point)) pending.push(index + 1);
        }
        return false;
      };
      for (const index of current) pending.push(index);
      if (follow()) return true;
      if (this.#stepsLeft < 0) throw new UnsupportedPattern('it takes too long to match');
      if (point === -1) return false;
      current = [];
      for (const index of reached) {
        const instruction = program[index];
        if (instruction.kind === CHARACTER_CLASS && instruction.has(point)) current.push(index + 1);
      }
      before = point;
      at += point > 0xffff ? 2 : 1;
    }
  }
}

/** Some seconds of work. */
const MOST_STEPS = 1e8;

/** Whether an assertion holds between two characters; -1 is the text's start or end. */
function holds(assertion: string, before: number, after: number): boolean {
  switch (assertion) {
    case 'text start':
      return before === -1;
    case 'text end':
      return after === -1;
    case 'line start':
      return before === -1 || before === 0x0a;
    case 'line end':
      return after === -1 || after === 0x0a;
    case 'word boundary':
      return isWord(before) !== isWord(after);
    default:
      return isWord(before) === isWord(after);
  }
}
