import { existsSync } from 'node:fs';
import { shellWord } from '../core/shell-word.ts';
import type { Command } from './command.ts';

/** What parseArgs refuses, in our words: what to write where a value or a file name begins with a dash, and else what it says. */
export function argumentProblem(error: Error & { readonly code?: string }, command: Command, args: readonly string[]) {
  const option = /'(?:-\w, )?(-[^\s',]+)/.exec(error.message)?.[1] ?? '';
  const row = command.options[option.slice(2)];
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && row?.type === 'string') {
    const value = args[args.findIndex((word, at) => isCalled(word, option, row.short) && isDashed(args[at + 1])) + 1];
    if (!isDashed(value)) return `${option} has no value: expected ${option} ${row.value ?? 'VALUE'}.`;
    return `${option} has no value before ${value}, which begins like an option. Where it is the value: ${shellWord(`${option}=${value}`)}`;
  }
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && !command.startsProgram) {
    const word = args.find((arg) => arg.startsWith(option)) ?? option;
    if (!word.startsWith('--') || existsSync(word))
      return `There is no option ${option}. Where a file is meant: ${shellWord(`./${word}`)}, or -- ${shellWord(word)} after the options.`;
  }
  // Its hint on how to pass such a word doesn't fit here.
  return error.message.split('. To specify')[0].replaceAll('\n', ' ');
}

function isCalled(word: string, option: string, short: string | undefined): boolean {
  return word === option || (short !== undefined && word === `-${short}`);
}

/** As parseArgs sees it: `-` alone is no option. */
function isDashed(word: string | undefined): word is string {
  return word !== undefined && word.length > 1 && word.startsWith('-');
}
