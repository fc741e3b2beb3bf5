import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { argumentProblem } from './argument-problem.ts';
import { type Command, EXIT, parserOptions, UsageError } from './command.ts';
import { commandHelp, generalHelp } from './help.ts';
import { COMMANDS } from './index.ts';
import { problemOf } from './problem-text.ts';
import { repeatedOption } from './repeated-option.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal();
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

async function main(argv: readonly string[]): Promise<number> {
  try {
    return await performed(argv);
  } catch (error) {
    const { text, exit } = problemOf(error);
    terminal.progress('');
    terminal.err(`perfwright: ${text}\n`);
    return exit;
  }
}

async function performed([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    terminal.out(generalHelp());
    return name === undefined ? EXIT.usage : EXIT.fine;
  }
  if (name === '--version') {
    terminal.out(`${PERFWRIGHT_VERSION}\n`);
    return EXIT.fine;
  }
  return name === 'help' ? perform(rest[0], ['--help']) : perform(name, rest);
}

async function perform(name: string, argv: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    throw new UsageError(`There is no command ${JSON.stringify(name)}. Commands: ${Object.keys(COMMANDS).join(', ')}.`);
  }
  const end = command.startsProgram ? argv.indexOf('--') : -1;
  const { values, positionals } = parsed(name, command, end < 0 ? argv : argv.slice(0, end));
  if (values['help']) {
    terminal.out(commandHelp(command));
    return EXIT.fine;
  }
  const [tooMany] = positionals.slice(command.takes);
  if (tooMany !== undefined) throw unexpected(name, command, tooMany);
  checkWords(argv);
  const rest = end < 0 ? undefined : argv.slice(end + 1);
  return command.run({ values, positionals, rest, terminal, cwd: currentFolder() });
}

function parsed(name: string, command: Command, args: readonly string[]) {
  const refused = (problem: string) => new UsageError(`${problem.replace(/\.$/, '')}. See perfwright ${name} --help.`);
  let found: ReturnType<typeof optionsIn>;
  try {
    found = optionsIn(command, args);
  } catch (error) {
    throw refused(argumentProblem(error as Error, command, args));
  }
  const given = found.tokens.filter((token) => token.kind === 'option');
  const repeated = found.values['help'] ? undefined : repeatedOption(command, given);
  if (repeated !== undefined) throw refused(repeated);
  return found;
}

function optionsIn(command: Command, args: readonly string[]) {
  const options = parserOptions(command);
  return parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true, tokens: true });
}

function unexpected(name: string, command: Command, word: string): UsageError {
  const meant = command.startsProgram ? ` What is recorded stands after --: perfwright ${name} -- ${word}` : '';
  return new UsageError(`${JSON.stringify(word)} was not expected.${meant || ` See perfwright ${name} --help.`}`);
}

/** Node reads other bytes than UTF-8 as U+FFFD: a file would not be found, and a program would be given another argument. */
function checkWords(argv: readonly string[]): void {
  const doubtful = argv.find((word) => word.includes('\ufffd'));
  if (doubtful === undefined || isUtf8(readFileSync('/proc/self/cmdline'))) return;
  throw new UsageError(
    `${JSON.stringify(doubtful)} is not UTF-8 text and can't be passed on as it is. Give the file another name, or start the program from a script.`,
  );
}

/** Where the command was called. Throws UsageError where that has been removed, or has a name that Node can't read. */
function currentFolder(): string {
  let cwd: string;
  try {
    cwd = process.cwd();
  } catch {
    throw new UsageError('The current folder has been removed: change to another one.');
  }
  if (!cwd.includes('\ufffd') || existsSync(cwd)) return cwd;
  throw new UsageError(`The name of the current folder, ${cwd}, is not UTF-8 text: change to another one.`);
}

declare const PERFWRIGHT_VERSION: string;
