import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { formatAmount, formatShare } from '../../core/units.ts';
import { type Call, type Command, EXIT, UsageError } from '../command.ts';
import { type Input, openInput, tellWarnings, VIEW_OPTIONS } from '../input.ts';
import { OPERATION_NOTES } from '../operation-options.ts';
import { textTable } from '../text-table.ts';

export const lines: Command = {
  usage: 'lines IN FILE [--value TYPE] [--json]',
  summary: 'What each line of a source file costs: what the editor writes onto the lines.',
  takes: 2,
  options: { ...VIEW_OPTIONS, json: { type: 'boolean', help: 'Print JSON, schema perfwright.lines/1.' } },
  notes: OPERATION_NOTES,
  async run(call) {
    const wanted = call.positionals[1];
    if (wanted === undefined) throw new UsageError('FILE is missing: a source file. See perfwright lines --help.');
    const input = await openInput(call, call.positionals[0]);
    tellWarnings(call, input);
    const file = recordedFile(input, wanted, call);
    const answer = input.ask('fileLines', { view: input.view, file });
    const { type, unit } = input.value;
    const costs = Array.from(answer.line, (line, i) => ({ line, self: answer.self[i], total: answer.lineTotal[i] }));
    if (call.values['json']) {
      const json = {
        schema: 'perfwright.lines/1',
        file,
        value: { type, unit },
        total: answer.total,
        lines: costs,
      };
      call.terminal.out(`${JSON.stringify(json)}\n`);
      return EXIT.fine;
    }
    const source = sourceLines(file, call);
    const whole = `${formatShare(answer.fileTotal / answer.size)} of ${formatAmount(answer.size, unit)}`;
    call.terminal.out(`${file}: ${whole} (${type})\n`);
    const rows = costs.map(({ line, self, total }) => [
      formatShare(total / answer.size),
      formatAmount(total, unit),
      self === 0 ? '' : `self ${formatShare(self / answer.size)}`,
      String(line),
      source?.[line - 1]?.trimEnd() ?? '',
    ]);
    call.terminal.out(textTable([['total', '', '', 'line', ''], ...rows], [true, true, true, true, false]));
    return EXIT.fine;
  },
};

/**
 * The recorded path that a person means by `wanted`: the very path, the path from here, or the only recorded path that ends in it.
 * Never a guess: several that fit are an error that names them.
 */
function recordedFile(input: Input, wanted: string, call: Call): string {
  const paths = input.ask('overview', undefined).files.map(({ path }) => path);
  for (const exact of [wanted, resolve(call.cwd, wanted)]) {
    if (paths.includes(exact)) return exact;
  }
  const ending = `/${wanted.replace(/^(\.?\/)+/, '')}`;
  const fitting = isAbsolute(wanted) ? [] : paths.filter((path) => `/${path}`.endsWith(ending));
  if (fitting.length === 1) return fitting[0];
  if (fitting.length > 1) {
    throw new UsageError(
      `Several files of this recording end in ${wanted}: ${fitting.join(', ')}. Give more of the path.`,
    );
  }
  const known = paths.length === 0 ? 'It names no source files.' : `Costliest files: ${paths.slice(0, 5).join(', ')}.`;
  throw new UsageError(`No line of ${wanted} is in this recording. ${known}`);
}

/** The file's text by line, where it can be read. */
function sourceLines(file: string, { cwd }: Call): readonly string[] | undefined {
  try {
    return readFileSync(resolve(cwd, file), 'utf8').split('\n');
  } catch {
    return undefined;
  }
}
