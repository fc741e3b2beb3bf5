import { basename } from 'node:path';
import * as vscode from 'vscode';
import { dataQuality } from '../../core/profile/data-quality.ts';
import { fitLabel, labelForms, measuredLabel } from '../../core/profile/flame-label.ts';
import type { FrameKind } from '../../core/profile/profile.ts';
import type { FunctionPlace } from '../../core/profile/queries/function-place.ts';
import type { NeighbourPlace } from '../../core/profile/queries/neighbours-of.ts';
import type { Overview } from '../../core/profile/queries/overview.ts';
import { oneLine } from '../../core/visible-text.ts';
import { type CostText, costText } from '../../host/cost-text.ts';
import type { Host } from '../../host/host.ts';
import { escapeMarkdown } from '../../host/markdown.ts';
import { provenance } from '../../host/provenance.ts';

/** A function in the tree: a hot spot, or a caller or callee below one. */
export interface Spot {
  readonly kind: 'spot';
  readonly place: FunctionPlace;
  readonly label: string;
  readonly figure: string;
  /** Written when it is asked for: two hundred at once would hold up the editor. */
  readonly tooltip: () => string;
  readonly icon: string;
}

/** *called from* or *calls*, below a function. */
interface Side {
  readonly kind: 'side';
  readonly of: FunctionPlace;
  readonly side: 'callers' | 'callees';
}

/** What the list may mislead about, and what speaks against its data: below the functions. */
interface Notes {
  readonly kind: 'notes';
  readonly title: string;
  readonly icon: string;
  readonly sentences: readonly string[];
}

interface Note {
  readonly kind: 'note';
  readonly sentence: string;
}

type Node = Spot | Side | Notes | Note;

/** Functions of the active recording, the most self cost first. */
export class HotSpotTree implements vscode.TreeDataProvider<Node> {
  readonly #host: Host;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(host: Host) {
    this.#host = host;
  }

  refresh(): void {
    this.#changed.fire();
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'side') {
      const title = node.side === 'callers' ? 'called from' : 'calls';
      const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
      item.iconPath = new vscode.ThemeIcon(node.side === 'callers' ? 'call-incoming' : 'call-outgoing');
      return item;
    }
    if (node.kind === 'note') {
      const item = new vscode.TreeItem(node.sentence);
      item.tooltip = node.sentence;
      return item;
    }
    if (node.kind === 'notes') {
      const item = new vscode.TreeItem(node.title, vscode.TreeItemCollapsibleState.Collapsed);
      item.iconPath = new vscode.ThemeIcon(node.icon);
      item.description = String(node.sentences.length);
      return item;
    }
    const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = node.figure;
    item.iconPath = new vscode.ThemeIcon(node.icon);
    item.contextValue = node.place.file === '' ? 'spot' : 'spot.source';
    if (node.place.file !== '') {
      item.command = { title: 'Open Source', command: 'perfwright.hotSpots.open', arguments: [node] };
    }
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    if (node.kind === 'spot') item.tooltip = new vscode.MarkdownString(node.tooltip());
    return item;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const { current, view } = this.#host.active;
    if (!current || !view) return [];
    if (!node) {
      const { rows, ...measure } = await current.session.ask('top', { view, by: 'function', limit: MOST_SPOTS });
      const text = costText(this.#host.active, measure);
      if (!text) return [];
      const from = provenance(current, view);
      const spots = rows.map((row) =>
        spot(
          row,
          `${text.brief(row.self)} · total ${text.brief(row.total)}`,
          () => tooltip(row, row, text, from),
          ICONS[row.kind],
        ),
      );
      return spots.length === 0 ? [] : [...spots, ...notes(current.overview)];
    }
    if (node.kind === 'notes') return node.sentences.map((sentence) => ({ kind: 'note', sentence }));
    if (node.kind === 'note') return [];
    if (node.kind === 'spot') {
      return (['callers', 'callees'] as const).map((side) => ({ kind: 'side', of: node.place, side }));
    }
    const around = await current.session.ask('functionNeighbours', { view, function: node.of.function });
    const text = costText(this.#host.active, around);
    if (!text) return [];
    const word = node.side === 'callers' ? 'through this caller' : 'in this call';
    return around[node.side]
      .filter(({ name }) => name !== '')
      .map((place: NeighbourPlace) =>
        spot(
          place,
          text.cost(place.weight),
          () => `${escapeMarkdown(place.fullName)}\n\n${text.cost(place.weight)} ${word}\n\n${placeText(place)}`,
          'symbol-method',
        ),
      );
  }
}

function notes(overview: Overview): Notes[] {
  const { mayMislead } = overview.origin;
  const findings = dataQuality(overview).findings.filter((finding) => !mayMislead.includes(finding));
  const all: Notes[] = [
    { kind: 'notes', title: 'What speaks against the data', icon: 'warning', sentences: findings },
    { kind: 'notes', title: 'What this may mislead about', icon: 'info', sentences: mayMislead },
  ];
  return all.filter(({ sentences }) => sentences.length > 0);
}

const MOST_SPOTS = 200;
/** What leaves room for the figures in a side bar of usual width. The tooltip has the whole name. */
const LABEL_LETTERS = 26;
const ICONS: Readonly<Record<FrameKind, string>> = {
  native: 'symbol-method',
  kernel: 'server-process',
  interpreted: 'symbol-function',
  jit: 'zap',
};

function spot(place: FunctionPlace, figure: string, tip: () => string, icon: string): Spot {
  return {
    kind: 'spot',
    place,
    label: fitLabel(
      measuredLabel(labelForms(oneLine(place.name)), (text) => text.length),
      LABEL_LETTERS,
    ),
    figure,
    tooltip: tip,
    icon,
  };
}

function tooltip(
  place: FunctionPlace,
  { self, total }: { self: number; total: number },
  text: CostText,
  from: string,
): string {
  return [
    `**${escapeMarkdown(place.fullName)}**`,
    [
      '| | share | amount |',
      '|---|--:|--:|',
      `| self | ${text.share(self)} | ${text.amount(self)} |`,
      `| total | ${text.share(total)} | ${text.amount(total)} |`,
      `| of ${text.wholeName} | | ${text.amount(text.whole)} |`,
    ].join('\n'),
    placeText(place),
    escapeMarkdown(from),
  ].join('\n\n');
}

/** Where a function is: file and line, and the program or library it is in. */
function placeText({ file, line, module }: FunctionPlace): string {
  const at = file === '' ? '' : `${file}${line > 0 ? `:${line}` : ''}`;
  const within = module === '' ? '' : `in ${basename(module)}`;
  return escapeMarkdown([at, within].filter((part) => part !== '').join(' '), 240);
}
