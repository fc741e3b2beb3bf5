import type { Command } from './command.ts';
import { COMMANDS } from './index.ts';

const IN = 'IN is a file of any known format, - for standard input, or a run: its id, the start of one, or latest.';

/** What `perfwright --help` prints. */
export function generalHelp(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`);
  return [
    'perfwright: see what each source line costs.',
    '',
    'Usage: perfwright COMMAND [ARGUMENTS]',
    '',
    ...rows,
    '',
    IN,
    'perfwright COMMAND --help tells more. --json prints what programs can rely on. --version prints the version.',
    'Exit codes: 0 fine, 1 failed, 2 wrong usage or input, 3 a tool or right is missing, 130 cancelled.',
    '',
  ].join('\n');
}

/** What `perfwright COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([option, { help, value, short, type }]) => {
    const left = `${short ? `-${short}, ` : ''}--${option}${type === 'string' ? ` ${value ?? 'VALUE'}` : ''}`;
    return `  ${left.padEnd(26)} ${help}`;
  });
  return [
    `Usage: perfwright ${command.usage}`,
    '',
    command.summary,
    ...(options.length > 0 ? ['', ...options] : []),
    `  ${'-h, --help'.padEnd(26)} This text.`,
    '',
    ...(/ IN\b/.test(command.usage) ? [IN, ''] : []),
    ...(command.notes ?? []).flatMap((note) => [note, '']),
  ].join('\n');
}
