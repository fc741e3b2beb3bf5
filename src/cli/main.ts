#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { EXIT, MissingRight, parserOptions, UsageError } from './command.ts';
import { commandHelp, generalHelp } from './help.ts';
import { COMMANDS } from './index.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      terminal.out(generalHelp());
      return name === undefined ? EXIT.usage : EXIT.fine;
    }
    if (name === '--version') {
      terminal.out(`${PERFWRIGHT_VERSION}\n`);
      return EXIT.fine;
    }
    return await perform(name, rest);
  } catch (error) {
    terminal.progress('');
    terminal.err(`perfwright: ${error instanceof Error ? error.message : String(error)}\n`);
    return exitCodeOf(error);
  }
}

async function perform(name: string, argv: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    throw new UsageError(`There is no command ${JSON.stringify(name)}. Commands: ${Object.keys(COMMANDS).join(', ')}.`);
  }
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const { values, positionals } = parsed(name, own);
  if (values['help']) {
    terminal.out(commandHelp(command));
    return EXIT.fine;
  }
  const rest = end < 0 ? undefined : argv.slice(end + 1);
  return command.run({ values, positionals, rest, terminal, cwd: process.cwd() });
}

function parsed(name: string, args: readonly string[]) {
  try {
    const options = parserOptions(COMMANDS[name]);
    return parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    // parseArgs says well what is wrong; its hint on how to pass such a word doesn't fit here.
    const [problem] = (error as Error).message.split('. To specify');
    throw new UsageError(`${problem.replace(/\.$/, '')}. See perfwright ${name} --help.`);
  }
}

const INPUT_ERRORS = ['UsageError', 'MalformedInput', 'UnrecognisedInput', 'UnusableOperation', 'MalformedPattern'];
const INPUT_CODES = ['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES', 'EINVAL'];

function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) return EXIT.failed;
  if (error instanceof MissingRight) return EXIT.missing;
  if (error.name === 'AbortError') return EXIT.cancelled;
  const code = 'code' in error ? String(error.code) : '';
  return INPUT_ERRORS.includes(error.name) || INPUT_CODES.includes(code) ? EXIT.usage : EXIT.failed;
}

declare const PERFWRIGHT_VERSION: string;
