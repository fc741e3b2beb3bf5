import type { ParseArgsOptionsConfig } from 'node:util';

/** One command of the command line: a row of the table in index.ts. */
export interface Command {
  /** What stands after `perfwright`: `top IN [--by function|line|file|module] …`. */
  readonly usage: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Most arguments that it takes beside its options; one more is refused. */
  readonly takes: number;
  /** Whether what stands after `--` is another program's command line; else it is arguments of this one. */
  readonly startsProgram?: boolean;
  /** One row an option: what `--help` says of it, and how it is parsed. */
  readonly options: Readonly<Record<string, CommandOption>>;
  /** What else `--help` says, a paragraph each. */
  readonly notes?: readonly string[];
  /** Performs the command and gives its exit code. Throws UsageError, MissingRight, or what a person should read as it is. */
  run(call: Call): Promise<number>;
}

export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  readonly help: string;
  /** What stands for the value in the help: `HZ`. */
  readonly value?: string;
}

/** How a command was called. */
export interface Call {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  /** What stands after `--` of a command that starts a program, not looked at. */
  readonly rest: readonly string[] | undefined;
  readonly terminal: Terminal;
  readonly cwd: string;
}

/** Where a command writes. */
export interface Terminal {
  /** The result: text, or JSON with `--json`. */
  out(text: string): void;
  /** The result where it is a file for other programs, byte for byte. */
  outBytes(bytes: Uint8Array): void;
  /** Everything else: progress, warnings, errors. */
  err(text: string): void;
  /** What the program that is recorded writes to stderr, byte for byte. */
  pass(bytes: Uint8Array): void;
  /** Replaces the line that is shown while something goes on; nothing where stderr is no terminal. */
  progress(line: string): void;
}

/** Exit codes, as `--help` lists them. */
export const EXIT = { fine: 0, failed: 1, usage: 2, missing: 3, cancelled: 130 } as const;

/** The command was called wrongly, or its input can't be used. */
export class UsageError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'UsageError';
  }
}

/** A tool or a right is missing; the message has the fix. */
export class MissingRight extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'MissingRight';
  }
}

/** An option's value as text, where it was given. */
export function text(call: Call, option: string): string | undefined {
  const value = call.values[option];
  return typeof value === 'string' ? value : undefined;
}

/** An option's value as a number of at least `least`. Throws UsageError for anything else. */
export function number(call: Call, option: string, least: number): number | undefined {
  return numeric(call, option, `a number of at least ${least}`, (value) => Number.isFinite(value) && value >= least);
}

/** An option's value as a whole number of at least `least`. Throws UsageError for anything else. */
export function wholeNumber(call: Call, option: string, least: number): number | undefined {
  const isMeant = (value: number) => Number.isSafeInteger(value) && value >= least;
  return numeric(call, option, `a whole number of at least ${least}`, isMeant);
}

function numeric(call: Call, option: string, expected: string, isMeant: (value: number) => boolean) {
  const given = text(call, option);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() !== '' && isMeant(value)) return value;
  throw new UsageError(`--${option} is ${JSON.stringify(given)}, expected ${expected}.`);
}

/** One of a list of words. Throws UsageError for anything else. */
export function oneOf<const T extends string>(call: Call, option: string, words: readonly T[]): T | undefined {
  const given = text(call, option);
  if (given === undefined) return undefined;
  const found = words.find((word) => word === given);
  if (!found) throw new UsageError(`--${option} is ${JSON.stringify(given)}, expected one of: ${words.join(', ')}.`);
  return found;
}

/** The options of a command in the form that `parseArgs` takes. */
export function parserOptions(command: Command): ParseArgsOptionsConfig {
  const own = Object.entries(command.options).map(([name, { type, multiple, short }]) => [
    name,
    { type, multiple: multiple ?? false, ...(short ? { short } : {}) },
  ]);
  return { ...Object.fromEntries(own), help: { type: 'boolean', short: 'h' } };
}
