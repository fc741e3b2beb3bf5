import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { GROUPINGS } from '../../core/profile/frame-keys.ts';
import type { Measure } from '../../core/profile/queries/query-model.ts';
import type { TopPlace } from '../../core/profile/queries/top.ts';
import { formatAmount, formatShare } from '../../core/units.ts';
import { type Call, type Command, EXIT, oneOf, UsageError, wholeNumber } from '../command.ts';
import { openInput, tellWarnings, VIEW_OPTIONS } from '../input.ts';
import { OPERATION_NOTES } from '../operation-options.ts';
import { textTable } from '../text-table.ts';

export const top: Command = {
  usage: 'top IN [--by function|line|file|module] [--value TYPE] [--limit N] [--json | --markdown]',
  summary: 'What costs most: self is spent in it, total also in what it calls.',
  takes: 1,
  options: {
    by: { type: 'string', value: 'GROUPING', help: `One of ${GROUPINGS.join(', ')}; function by default.` },
    order: { type: 'string', value: 'self|total', help: 'What the rows are sorted by; self by default.' },
    limit: { type: 'string', value: 'N', help: 'At most N rows; 20 by default, with --json all, with --markdown 10.' },
    ...VIEW_OPTIONS,
    json: { type: 'boolean', help: 'Print JSON, schema perfwright.top/1.' },
    markdown: { type: 'boolean', help: 'Print a summary for a review or a chat: functions, lines, data quality.' },
  },
  notes: OPERATION_NOTES,
  async run(call) {
    if (call.values['markdown'] === true) return printSummary(call);
    const by = oneOf(call, 'by', GROUPINGS) ?? 'function';
    const order = oneOf(call, 'order', ['self', 'total']) ?? 'self';
    const isJson = call.values['json'] === true;
    const limit = wholeNumber(call, 'limit', 0) ?? (isJson ? undefined : 20);
    const input = await openInput(call, call.positionals[0]);
    tellWarnings(call, input);
    const { rows, rowCount, ...measure } = input.ask('top', { view: input.view, by, limit, order });
    if (isJson) {
      const answer = {
        schema: 'perfwright.top/1',
        value: measure.value,
        total: measure.total,
        stackless: measure.stackless,
        rows: rows.map((row) => ({
          function: row.name,
          fullName: row.fullName,
          file: row.file,
          line: row.line,
          module: row.module,
          self: row.self,
          total: row.total,
        })),
      };
      call.terminal.out(`${JSON.stringify(answer)}\n`);
      return EXIT.fine;
    }
    call.terminal.out(topText(measure, rows, by));
    if (rows.length < rowCount) call.terminal.out(`… and ${rowCount - rows.length} more; --limit shows them.\n`);
    return EXIT.fine;
  },
};

/** What `Copy Summary as Markdown` copies in the editor. */
async function printSummary(call: Call): Promise<number> {
  const other = ['json', 'by', 'order'].find((option) => call.values[option] !== undefined);
  if (other !== undefined) {
    throw new UsageError(`--markdown has a form of its own: it doesn't go with --${other}.`);
  }
  const limit = wholeNumber(call, 'limit', 0);
  const { ask, model, name, path, view } = await openInput(call, call.positionals[0]);
  const { wallStartMs } = model.profile.origin;
  // What came through a pipe has no name, and no time but ours.
  const recordedAt = Number.isFinite(wallStartMs)
    ? new Date(wallStartMs)
    : name === path
      ? statSync(path).mtime
      : undefined;
  call.terminal.out(ask('summary', { view, title: basename(name), limit, recordedAt }));
  return EXIT.fine;
}

/** A top table as text, headed by what is counted. */
export function topText(
  { value: { type, unit }, total, size, stackless }: Measure,
  rows: readonly TopPlace[],
  by: (typeof GROUPINGS)[number],
): string {
  const amount = (weight: number) => formatAmount(weight, unit);
  const table = rows.map((row) => [
    formatShare(row.self / size),
    amount(row.self),
    formatShare(row.total / size),
    amount(row.total),
    placeText(row, by),
  ]);
  const head = ['self', '', 'total', '', by];
  const without = stackless === 0 ? '' : `, ${amount(stackless)} of it without a stack and in no row`;
  const shares = size === total ? '' : `; shares are of ${amount(size)}, since some are below zero`;
  return `${type}: ${amount(total)} in all${without}${shares}\n${textTable([head, ...table], [true, true, true, true, false])}`;
}

function placeText({ name, file, line, module }: TopPlace, by: (typeof GROUPINGS)[number]): string {
  if (by === 'file') return file === '' ? '(no source known)' : file;
  if (by === 'module') return module === '' ? '(no module known)' : module;
  const place =
    file === '' ? `[${module === '' ? 'no module known' : module}]` : `${file}${line > 0 ? `:${line}` : ''}`;
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  return `${shown}  ${place}`;
}

/** Templates of templates have names of many kilobytes; with --json they are whole. */
const LONGEST_NAME = 200;
