import { ASSERTION, CHARACTER_CLASS, type Instruction, MATCH, SPLIT } from './instructions.ts';
import { type Node, UnsupportedPattern } from './parser.ts';

/** The program of a pattern. Recursion is bounded: the parser gives no tree that is deep. */
export function compiled(node: Node): readonly Instruction[] {
  const program: Instruction[] = [];
  emit(program, node);
  program.push({ kind: MATCH });
  return program;
}

function emit(program: Instruction[], node: Node): void {
  if (program.length > MOST_INSTRUCTIONS) throw new UnsupportedPattern('it is too long');
  if (node.kind === 'class') program.push({ kind: CHARACTER_CLASS, has: node.has });
  else if (node.kind === 'assertion') program.push({ kind: ASSERTION, assertion: node.assertion });
  else if (node.kind === 'sequence') for (const part of node.parts) emit(program, part);
  else if (node.kind === 'choice') emitChoice(program, node.parts);
  else emitRepeat(program, node.part, node.least, node.most);
}

function emitChoice(program: Instruction[], parts: readonly Node[]): void {
  const split = program.length;
  const starts: number[] = [];
  const jumps: number[] = [];
  program.push({ kind: SPLIT, next: [] });
  for (const part of parts) {
    starts.push(program.length);
    emit(program, part);
    jumps.push(program.length);
    program.push({ kind: SPLIT, next: [] });
  }
  program[split] = { kind: SPLIT, next: starts };
  for (const jump of jumps) program[jump] = { kind: SPLIT, next: [program.length] };
}

function emitRepeat(program: Instruction[], part: Node, least: number, most: number): void {
  for (let time = 0; time < least; time++) emit(program, part);
  if (most === Number.POSITIVE_INFINITY) {
    const split = program.length;
    program.push({ kind: SPLIT, next: [] });
    emit(program, part);
    program.push({ kind: SPLIT, next: [split] });
    program[split] = { kind: SPLIT, next: [split + 1, program.length] };
    return;
  }
  const splits: number[] = [];
  for (let time = least; time < most; time++) {
    splits.push(program.length);
    program.push({ kind: SPLIT, next: [] });
    emit(program, part);
  }
  for (const split of splits) program[split] = { kind: SPLIT, next: [split + 1, program.length] };
}

const MOST_INSTRUCTIONS = 20_000;
