import { codeCell, codeSpan, prose } from '../../markdown-text.ts';
import { formatAmount, formatCounted, formatShare } from '../../units.ts';
import { dataQuality } from '../data-quality.ts';
import { type Circumstances, provenanceLine } from '../provenance-line.ts';
import { overview } from './overview.ts';
import type { QueryModel, View } from './query-model.ts';
import { type TopPlace, top } from './top.ts';
import { viewWords } from './view-words.ts';

/**
 * What a view shows, as Markdown for a review or a chat: where it comes from, what is known against it, and the hottest functions and
 * lines, with the figures of `perfwright top`. Names are whatever the recording says, so they are shown as code.
 */
export function summary(
  model: QueryModel,
  { view, title, limit = 10, ...circumstances }: { view: View; title: string; limit?: number } & Circumstances,
): string {
  const about = overview(model);
  const { profile, weights } = model.viewed(view);
  const { unit, type } = profile.values[view.value];
  const functions = top(model, { view, by: 'function', limit });
  const lines = top(model, { view, by: 'line', limit });
  const amount = (weight: number) => formatAmount(weight, unit);
  const [counted, ...rest] = viewWords(model, { view });
  const changed = counted === type ? '' : `, counted as ${codeSpan(type)}`;
  const notes = [...new Set([...dataQuality(about).findings, ...about.origin.mayMislead])];
  const shown = [
    `${codeSpan(counted)}${changed}: ${prose(amount(functions.total))} in all${Number.isNaN(weights.recorded) ? '' : `, ${formatCounted(weights.recorded, 'sample')}`}`,
    ...rest.map((words) => codeSpan(words)),
  ];
  const table = (rows: readonly TopPlace[], head: string) => [
    `| self | | total | | ${head} |`,
    '| ---: | ---: | ---: | ---: | --- | --- |',
    ...rows.map(
      ({ self, total, ...place }) =>
        `| ${formatShare(self / functions.size)} | ${prose(amount(self))} | ${formatShare(total / functions.size)} | ${prose(amount(total))} | ${codeCell(place.name)} | ${codeCell(whereText(place))} |`,
    ),
  ];
  const withLines = lines.rows.filter(({ line }) => line > 0);
  const parts = [
    [`### ${codeSpan(title)}`],
    [prose(provenanceLine(about, view, circumstances))],
    notes.map((note) => `- ${prose(note)}`),
    [`Shown: ${shown.join('; ')}.`],
    functions.rows.length > 0 ? table(functions.rows, 'function | ') : ['Nothing in view has a cost.'],
    [rowsLeft(functions.rows.length, functions.rowCount, 'function')],
    withLines.length > 0 ? table(withLines, 'line | ') : [],
    withLines.length > 0 ? [rowsLeft(withLines.length, lines.rowCount, 'line')] : [],
  ];
  return `${parts
    .map((part) => part.filter((line) => line !== ''))
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}

function whereText({ file, line, module }: Pick<TopPlace, 'file' | 'line' | 'module'>): string {
  if (file === '') return module === '' ? 'no module known' : module;
  return line > 0 ? `${file}:${line}` : file;
}

function rowsLeft(shown: number, all: number, word: string): string {
  return shown < all ? `… and ${formatCounted(all - shown, `more ${word}`)}.` : '';
}
