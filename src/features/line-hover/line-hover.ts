import * as vscode from 'vscode';
import type { NeighbourPlace, NeighboursAnswer } from '../../core/profile/queries/neighbours-of.ts';
import { formatCount } from '../../core/units.ts';
import { type CostText, costText } from '../../host/cost-text.ts';
import type { Host } from '../../host/host.ts';
import { escapeMarkdown } from '../../host/markdown.ts';
import { provenance } from '../../host/provenance.ts';

/** The hover on a line with cost: its figures, who calls it, what it calls, and where the figures come from. */
export function lineHoverFeature(host: Host): void {
  const provider: vscode.HoverProvider = { provideHover: (document, position) => hover(host, document, position) };
  host.context.subscriptions.push(vscode.languages.registerHoverProvider({ scheme: 'file' }, provider));
}

async function hover(
  host: Host,
  document: vscode.TextDocument,
  { line }: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const { active, sources } = host;
  const { current, view } = active;
  const costs = await sources.costs(document);
  if (!current || !view || !costs || costs.changed !== undefined) return undefined;
  const row = costs.lines.line.indexOf(line + 1);
  const text = costText(active, costs.lines);
  if (row < 0 || !text) return undefined;
  const around = await current.session.ask('lineNeighbours', { view, file: costs.recorded, line: line + 1 });
  const from = provenance(current, view);
  // Nothing in it is trusted: links are to files, and every name is escaped.
  const content = new vscode.MarkdownString(
    [
      figures(costs.lines.self[row], costs.lines.lineTotal[row], around.samples, text),
      await neighbourTable(host, 'called from', around.callers, text),
      await neighbourTable(host, 'calls', around.callees, text),
      escapeMarkdown(from),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  return new vscode.Hover(content, document.lineAt(line).range);
}

function figures(self: number, total: number, samples: number, text: CostText): string {
  const counted = Number.isNaN(samples) ? '' : formatCount(samples);
  return [
    '| | share | amount | samples |',
    '|---|--:|--:|--:|',
    `| **total** | ${text.share(total)} | ${text.amount(total)} | ${counted} |`,
    `| **self** | ${text.share(self)} | ${text.amount(self)} | |`,
    `| of ${text.wholeName} | | ${text.amount(text.whole)} | |`,
  ].join('\n');
}

const MOST_NEIGHBOURS = 5;

async function neighbourTable(
  host: Host,
  title: string,
  places: NeighboursAnswer['callers'],
  text: CostText,
): Promise<string> {
  const shown = places.filter(({ name }) => name !== '').slice(0, MOST_NEIGHBOURS);
  if (shown.length === 0) return '';
  const rows = await Promise.all(
    shown.map(async (place) => `| ${text.brief(place.weight)} | ${await placeLink(host, place)} |`),
  );
  const more = places.length > shown.length ? `| | … and ${places.length - shown.length} more |` : '';
  return [`| | ${title} |`, '|--:|---|', ...rows, more].filter((line) => line !== '').join('\n');
}

/** A function's name, linked to its place where that is on this machine. */
async function placeLink({ sources }: Host, { name, file, line }: NeighbourPlace): Promise<string> {
  const label = escapeMarkdown(name, 60);
  const match = file === '' ? undefined : await sources.locate(file);
  if (match?.kind !== 'found') return label;
  const at = `${vscode.workspace.asRelativePath(match.path)}${line > 0 ? `:${line}` : ''}`;
  const uri = vscode.Uri.file(match.path).with({ fragment: line > 0 ? `L${line}` : '' });
  return `[${label}](<${uri.toString()}>) ${escapeMarkdown(at, 60)}`;
}
