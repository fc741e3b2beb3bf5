import type { Command } from './command.ts';

/** An option as `parseArgs` finds it among the words. */
interface GivenOption {
  readonly name: string;
  /** As it was written: `--kernel`, `--no-kernel`, `-F`. */
  readonly rawName: string;
}

/**
 * What is wrong where an option that has one value is given again, or a switch both ways: one of the two would be left out without a word.
 * A switch that is given the same way twice is no contradiction.
 */
export function repeatedOption(command: Command, given: readonly GivenOption[]): string | undefined {
  const first = new Map<string, string>();
  for (const { name, rawName } of given) {
    const before = first.get(name);
    const row = command.options[name];
    if (before === undefined || row === undefined) first.set(name, rawName);
    else if (row.type === 'string' && !row.multiple) return `--${name} is given twice, and takes one value`;
    else if (row.type === 'boolean' && before !== rawName) return `${before} and ${rawName} are both given`;
  }
  return undefined;
}
