import { formatAmount } from '../../core/units.ts';
import type { Run } from '../../runs/run.ts';
import { type Command, EXIT, wholeNumber } from '../command.ts';
import { recovered, storeOf } from '../run-argument.ts';
import { textTable } from '../text-table.ts';

export const runs: Command = {
  usage: 'runs [--limit N] [--json]',
  summary: 'The runs recorded in this folder, newest first.',
  takes: 0,
  options: {
    limit: { type: 'string', value: 'N', help: 'At most N runs; 20 by default, with --json all.' },
    json: { type: 'boolean', help: 'Print JSON, schema perfwright.runs/1.' },
  },
  async run(call) {
    const isJson = call.values['json'] === true;
    const limit = wholeNumber(call, 'limit', 0) ?? (isJson ? undefined : 20);
    const store = storeOf(call.cwd);
    try {
      await recovered(store);
      const list = await store.list({ limit });
      for (const { file, problem } of list.problems) call.terminal.err(`Warning: ${file} ${problem}\n`);
      if (isJson) {
        call.terminal.out(
          `${JSON.stringify({ schema: 'perfwright.runs/1', folder: store.folder, runs: list.runs })}\n`,
        );
      } else if (list.runs.length === 0 && limit !== 0) {
        call.terminal.out('No runs yet. Record one: perfwright record -- PROGRAM ARGUMENTS\n');
      } else {
        call.terminal.out(textTable(list.runs.map(row), [false, false, false, true, false]));
      }
    } finally {
      store.close();
    }
    return EXIT.fine;
  },
};

function row(run: Run): string[] {
  const [value] = run.summary?.values ?? [];
  return [
    run.id,
    new Date(run.start).toLocaleString('sv').slice(0, 16),
    run.state,
    value ? formatAmount(value.total, value.unit, value.type) : '',
    run.title,
  ];
}
