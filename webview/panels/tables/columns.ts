import type { Grouping } from '../../../src/core/profile/frame-keys.ts';
import { baseName } from '../../../src/core/profile/unknown-name.ts';
import { formatAmount, formatShare } from '../../../src/core/units.ts';
import type { NodeRow, PlaceRow } from '../../../src/protocol/tables.ts';
import { element } from '../../lib/dom.ts';
import type { TableColumn } from '../../widgets/table-column.ts';

/** What figures are written by. */
export interface Figures {
  readonly value: { readonly type: string; readonly unit: string };
  /** What shares are of. */
  readonly whole: number;
}

type Which = 'self' | 'total';

/** Columns of the top table. */
export function topColumns(by: Grouping, figures: () => Figures): readonly TableColumn<PlaceRow>[] {
  const costs = (['self', 'total'] as const).flatMap((which) =>
    costColumns<PlaceRow>(which, HEADS.down[which], figures),
  );
  if (by === 'file') return [...costs, pathColumn('File', ({ file }) => file)];
  if (by === 'module') return [...costs, pathColumn('Module', ({ module }) => module)];
  return [...costs, nameColumn(false), placeColumn(), moduleColumn()];
}

/** Columns of a call tree. */
export function callColumns(direction: 'down' | 'up', figures: () => Figures): readonly TableColumn<NodeRow>[] {
  const heads = HEADS[direction];
  const [total, totalShare] = costColumns<NodeRow>('total', heads.total, figures);
  const [self] = costColumns<NodeRow>('self', heads.self, figures);
  return [total, totalShare, self, nameColumn(true), placeColumn(), moduleColumn()];
}

const HEADS = {
  down: {
    self: { label: 'Self', title: 'What was measured in it, and in nothing that it called' },
    total: { label: 'Total', title: 'What was measured in it and in all that it called; a sample counts once' },
  },
  up: {
    self: { label: 'Ends Here', title: 'Of that, the stacks that end here: nothing called it' },
    total: {
      label: 'Cost',
      title: 'What was measured in the function at the top of the branch, where it was called by this way',
    },
  },
};

function costColumns<R extends PlaceRow>(
  which: Which,
  { label, title }: { readonly label: string; readonly title: string },
  figures: () => Figures,
): readonly [TableColumn<R>, TableColumn<R>] {
  const shared = { isFigure: true, firstSort: 'descending' } as const;
  return [
    {
      ...shared,
      id: which,
      label,
      title,
      width: 92,
      fill: (cell, row) => {
        const { value } = figures();
        setText(cell, formatAmount(row[which], value.unit, value.unit === 'count' ? '' : value.type));
      },
    },
    {
      isFigure: true,
      id: `${which}-share`,
      label: `${label} %`,
      title: `${title}, as a share`,
      width: 124,
      fill: (cell, row) => {
        const share = row[which] / figures().whole;
        let [bar, text] = cell.children as unknown as HTMLElement[];
        if (!bar) {
          bar = element('span', { className: `bar ${which}` });
          text = element('span', { className: 'share' });
          cell.append(bar, text);
        }
        bar.style.transform = `scaleX(${Math.min(1, Math.abs(share)) || 0})`;
        setText(text, formatShare(share));
      },
    },
  ];
}

/** The function's name; in a tree behind a mark that opens and closes what is below. */
function nameColumn<R extends PlaceRow>(isTree: boolean): TableColumn<R> {
  return {
    id: 'name',
    label: 'Function',
    title: 'The function; bold where its source is in the workspace',
    width: 200,
    isFlexible: true,
    firstSort: 'ascending',
    fill: (cell, row, { indent }) => {
      let [space, twist, name, note] = cell.children as unknown as HTMLElement[];
      if (!space) {
        space = element('span', { className: 'indent' });
        twist = element('span', { 'aria-hidden': 'true' });
        name = element('span');
        note = element('span', { className: 'note' });
        cell.append(space, twist, name, note);
      }
      const node = isTree ? (row as unknown as NodeRow) : undefined;
      space.style.width = `${indent * 12}px`;
      const mark = node?.hasCalls ? (node.isExpanded ? 'chevron-down' : 'chevron-right') : 'blank';
      twist.className = isTree ? `codicon codicon-${mark} twist` : '';
      setText(name, rowName(row));
      name.className = row.inWorkspace ? 'name own' : 'name';
      cell.title = row.fullName;
      setText(note, notes(row, node));
    },
  };
}

function notes({ kind }: PlaceRow, node: NodeRow | undefined): string {
  const all = [...(kind === 'native' ? [] : [kind]), ...(node?.isInlined ? ['inlined'] : [])];
  return all.length === 0 ? '' : ` ${all.join(', ')}`;
}

function placeColumn<R extends PlaceRow>(): TableColumn<R> {
  return {
    id: 'place',
    label: 'Source',
    title: 'File and line of the definition, or of the line itself',
    width: 150,
    firstSort: 'ascending',
    fill: (cell, { file, line }) => {
      setText(cell, file === '' ? '' : line > 0 ? `${baseName(file)}:${line}` : baseName(file));
      cell.title = file;
    },
  };
}

function moduleColumn<R extends PlaceRow>(): TableColumn<R> {
  return {
    id: 'module',
    label: 'Module',
    title: 'Program or library',
    width: 120,
    firstSort: 'ascending',
    fill: (cell, { module }) => {
      setText(cell, baseName(module));
      cell.title = module;
    },
  };
}

function pathColumn(label: string, pathOf: (row: PlaceRow) => string): TableColumn<PlaceRow> {
  return {
    id: 'name',
    label,
    title: 'Path as it was recorded',
    width: 200,
    isFlexible: true,
    firstSort: 'ascending',
    fill: (cell, row) => {
      let [name] = cell.children as unknown as HTMLElement[];
      if (!name) {
        name = element('span');
        cell.append(name);
      }
      setText(name, pathOf(row) || 'not known');
      name.className = row.inWorkspace ? 'name own' : 'name';
      cell.title = pathOf(row);
    },
  };
}

/** What a row is called. */
export function rowName(row: PlaceRow): string {
  if (row.name !== '') return row.name;
  return 'node' in row && row.node === 0 ? 'all' : 'not known';
}

function setText(cell: HTMLElement, text: string): void {
  if (cell.textContent !== text) cell.textContent = text;
}
