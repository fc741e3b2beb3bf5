import { recordedText } from '../../core/profile/recorded-text.ts';
import { idText } from '../../core/profile/thread-label.ts';
import { formatAmount, formatDuration } from '../../core/units.ts';
import { oneLine } from '../../core/visible-text.ts';
import { dataQuality } from '../../runs/summarise.ts';
import { type Command, EXIT } from '../command.ts';
import { qualityLine } from '../data-quality.ts';
import { openInput, tellWarnings } from '../input.ts';
import { textTable } from '../text-table.ts';

export const show: Command = {
  usage: 'show IN [--json]',
  summary: 'What a recording or run holds: value types, threads, data quality.',
  takes: 1,
  options: {
    json: { type: 'boolean', help: 'Print JSON, schema perfwright.show/1.' },
  },
  async run(call) {
    const input = await openInput(call, call.positionals[0]);
    const overview = input.ask('overview', undefined);
    const { warnings, ...quality } = await dataQuality(input.ask, overview, call.cwd);
    const threads = overview.threads.map(({ pid, tid, name, samples }) => ({ pid, tid, name, samples }));
    if (call.values['json']) {
      const answer = {
        schema: 'perfwright.show/1',
        format: overview.origin.format,
        samples: overview.samples,
        values: overview.values.map(({ type, unit, total }) => ({ type, unit, total })),
        threads,
        quality,
        warnings,
      };
      call.terminal.out(`${JSON.stringify(answer)}\n`);
      return EXIT.fine;
    }
    const { origin } = overview;
    const about = [
      origin.producer === '' ? origin.format : `${origin.format} of ${origin.producer}`,
      recordedText(overview, exactly),
      Number.isFinite(origin.durationNs) ? formatDuration(origin.durationNs) : '',
      origin.hostname === '' ? '' : `on ${origin.hostname}`,
    ];
    call.terminal.out(`${oneLine(input.name)}\n${oneLine(about.filter((part) => part !== '').join(' · '))}\n`);
    if (origin.commandLine.length > 0) call.terminal.out(`Recorded by: ${oneLine(origin.commandLine.join(' '))}\n`);
    call.terminal.out(`Data quality: ${qualityLine({ ...quality, warnings })}\n\nValue types\n`);
    const values = overview.values.map(({ type, unit, total }) => [formatAmount(total, unit), type]);
    call.terminal.out(textTable(values, [true, false]));
    call.terminal.out('\nThreads\n');
    const rows = [...threads]
      .sort((a, b) => b.samples - a.samples)
      .map(({ pid, tid, name, samples }) => [
        recordedText({ ...overview, samples }, exactly),
        idText(pid),
        idText(tid),
        name,
      ]);
    const table = textTable([['', 'pid', 'tid', 'name'], ...rows], [true, true, true, false]);
    call.terminal.out(rows.length === 0 ? 'None are named in it.\n' : table);
    tellWarnings(call, input);
    return EXIT.fine;
  },
};

/** Fractions are of folded stacks alone. */
function exactly(samples: number): string {
  return String(Number(samples.toFixed(3)));
}
