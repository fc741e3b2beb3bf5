import type { Command } from './command.ts';
import { convert } from './commands/convert.ts';
import { diff } from './commands/diff.ts';
import { doctor } from './commands/doctor.ts';
import { lines } from './commands/lines.ts';
import { record } from './commands/record.ts';
import { runs } from './commands/runs.ts';
import { show } from './commands/show.ts';
import { top } from './commands/top.ts';

/** Every command, in the order of `--help`. */
export const COMMANDS: Readonly<Record<string, Command>> = { doctor, record, runs, show, top, lines, diff, convert };
