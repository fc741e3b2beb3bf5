import { changeAmountText, changeOf, changeShareText } from '../../../src/core/profile/diff/change.ts';
import type { SampleScale } from '../../../src/core/profile/diff/poisson-interval.ts';
import type { DiffOrder, DiffPlace, DiffTable } from '../../../src/core/profile/diff/queries/diff-table.ts';
import type { Grouping } from '../../../src/core/profile/frame-keys.ts';
import type { ValueType } from '../../../src/core/profile/profile.ts';
import { baseName } from '../../../src/core/profile/unknown-name.ts';
import { formatAmount } from '../../../src/core/units.ts';
import { element, icon } from '../../lib/dom.ts';

export interface ChangeTableEvents {
  onSort(order: TableOrder): void;
  /** A row's source is wanted. */
  onOpen(row: DiffPlace): void;
  /** A row is wanted in the picture. */
  onFind(row: DiffPlace): void;
  onSelect(row: DiffPlace, words: string): void;
  onMenu(row: DiffPlace, x: number, y: number): void;
}

export interface TableOrder {
  readonly order: DiffOrder;
  readonly of: 'self' | 'total';
  readonly isReversed: boolean;
}

/** What is shown, and what its figures are of. */
export interface TableContent extends DiffTable {
  readonly by: Grouping;
  readonly value: ValueType;
  readonly sampleScale: SampleScale;
}

type Cost = 'self' | 'total';
interface Column {
  readonly title: string;
  /** What it is sorted by; without it there's nothing to sort by. */
  readonly order?: DiffOrder;
  readonly of: Cost;
  cell(row: DiffPlace, content: TableContent): string;
}

const change = (row: DiffPlace, of: Cost, { sampleScale }: TableContent) =>
  changeOf(row.before[of], row.after[of], sampleScale);

function costColumns(of: Cost): Column[] {
  const amount = (weight: number, { value }: TableContent) => formatAmount(weight, value.unit, value.type);
  return [
    {
      title: 'Change',
      order: 'size',
      of,
      cell: (row, content) => changeAmountText(change(row, of, content), content.value.unit, content.value.type),
    },
    { title: 'In %', of, cell: (row, content) => changeShareText(change(row, of, content)) },
    { title: 'Before', order: 'before', of, cell: (row, content) => amount(row.before[of], content) },
    { title: 'After', order: 'after', of, cell: (row, content) => amount(row.after[of], content) },
  ];
}
const COLUMNS: readonly Column[] = [...costColumns('self'), ...costColumns('total')];

const TITLES: Readonly<Record<Grouping, string>> = {
  function: 'Function',
  line: 'Line',
  file: 'File',
  module: 'Module',
};

/** Functions, lines, files or modules by what changed. It is the picture's twin for whoever doesn't see it. */
export class ChangeTable {
  readonly element: HTMLElement;
  readonly #events: ChangeTableEvents;
  readonly #head = element('thead');
  readonly #body = element('tbody');
  readonly #note = element('p', { className: 'table-note' });
  #content: TableContent | undefined;
  #order: TableOrder = { order: 'size', of: 'self', isReversed: false };
  #current = 0;

  constructor(events: ChangeTableEvents) {
    this.#events = events;
    const table = element(
      'table',
      { role: 'grid', 'aria-label': 'Changes', 'aria-readonly': 'true' },
      this.#head,
      this.#body,
    );
    this.element = element('div', { className: 'change-table' }, table, this.#note);
    this.#body.addEventListener('keydown', (event) => this.#key(event));
    this.#body.addEventListener('click', (event) => this.#goTo(this.#rowOf(event), true));
    this.#body.addEventListener('dblclick', (event) => this.#with(this.#rowOf(event), events.onOpen));
    this.#body.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      const at = this.#rowOf(event);
      this.#goTo(at, true);
      this.#with(at, (row) => events.onMenu(row, event.clientX, event.clientY));
    });
  }

  show(content: TableContent, order: TableOrder): void {
    const hadFocus = this.#body.contains(document.activeElement);
    const sorting = this.#sortButtons.indexOf(document.activeElement as HTMLButtonElement);
    this.#content = content;
    this.#order = order;
    this.#current = 0;
    this.#head.replaceChildren(...this.#heads(content.by));
    // Heads are made anew: the one that was pressed keeps the focus.
    this.#sortButtons[sorting]?.focus();
    this.#body.replaceChildren(...content.rows.map((row, at) => this.#row(row, at, content)));
    const { rows, rowCount } = content;
    this.#note.textContent =
      rowCount === 0
        ? 'Nothing that matches costs anything before or after.'
        : rows.length < rowCount
          ? `${rows.length.toLocaleString('en')} of ${rowCount.toLocaleString('en')} rows, the first in this order. A search narrows them.`
          : '';
    if (hadFocus) this.focus();
  }

  focus(): void {
    (this.#body.rows[this.#current] as HTMLElement | undefined)?.focus();
  }

  get #sortButtons(): readonly HTMLButtonElement[] {
    return [...this.#head.querySelectorAll('button')];
  }

  /** The row one is at. */
  get current(): DiffPlace | undefined {
    return this.#content?.rows[this.#current];
  }

  /** What is shown, as text with tabs between the columns. */
  get text(): string {
    const content = this.#content;
    if (!content) return '';
    const titles = [TITLES[content.by], ...COLUMNS.map(({ of, title }) => `${of} ${title.toLowerCase()}`), 'place'];
    const rows = content.rows.map((row) => [
      nameOf(row, content.by),
      ...COLUMNS.map(({ cell }) => cell(row, content)),
      placeOf(row),
    ]);
    return [titles, ...rows].map((cells) => cells.map((cell) => cell.replace(/[\t\n\r]/g, ' ')).join('\t')).join('\n');
  }

  #heads(by: Grouping): HTMLElement[] {
    const name = this.#headCell({ title: TITLES[by], order: 'name', of: this.#order.of });
    name.setAttribute('rowspan', '2');
    const place = element('th', { scope: 'col', rowspan: '2', text: by === 'file' || by === 'module' ? '' : 'Source' });
    const group = (text: string) => element('th', { scope: 'colgroup', colspan: '4', className: 'table-group', text });
    return [
      element('tr', {}, name, group('Self'), group('Total'), place),
      element('tr', {}, ...COLUMNS.map((column) => this.#headCell(column))),
    ];
  }

  #headCell({ title, order, of }: Pick<Column, 'title' | 'order' | 'of'>): HTMLElement {
    if (order === undefined) return element('th', { scope: 'col', text: title });
    const now = this.#order;
    const isSigned = order === 'size' && now.order === 'change';
    const isSorted = (now.order === order || isSigned) && (order === 'name' || now.of === of);
    const isRising = (order === 'name') !== now.isReversed;
    const button = element('button', {
      type: 'button',
      text: title,
      title: `${sortWords(order)}. Click again for the other way.`,
    });
    if (isSorted)
      button.append(icon(isSigned || order !== 'size' ? (isRising ? 'arrow-up' : 'arrow-down') : 'arrow-both'));
    button.addEventListener('click', () => this.#events.onSort(nextOrder(now, isSorted, order, of)));
    const sort = isSorted
      ? order === 'size' && !isSigned
        ? 'other'
        : isRising
          ? 'ascending'
          : 'descending'
      : undefined;
    return element('th', { scope: 'col', 'aria-sort': sort }, button);
  }

  #row(row: DiffPlace, at: number, content: TableContent): HTMLElement {
    const name = nameOf(row, content.by);
    const cells = COLUMNS.map((column) => {
      const { verdict } = change(row, column.of, content);
      const isChange = column.order === 'size' || column.order === undefined;
      const isBar = column.order === undefined;
      return element('td', {
        className: `figure${isChange ? ` ${verdict}` : ''}${isBar ? ' bar' : ''}`,
        text: column.cell(row, content),
      });
    });
    return element(
      'tr',
      { tabindex: at === 0 ? '0' : '-1', 'aria-rowindex': String(at + 3) },
      element('th', { scope: 'row', text: name, title: row.fullName || name }),
      ...cells,
      element('td', { text: placeOf(row), title: row.file }),
    );
  }

  #rowOf({ target }: Event): number {
    const tr = (target as Element).closest('tr');
    return tr ? [...this.#body.rows].indexOf(tr as HTMLTableRowElement) : -1;
  }

  #with(at: number, run: (row: DiffPlace) => void): void {
    const row = this.#content?.rows[at];
    if (row) run(row);
  }

  #goTo(to: number, hasFocus: boolean): void {
    const { rows } = this.#body;
    if (to < 0 || rows.length === 0) return;
    rows[this.#current]?.setAttribute('tabindex', '-1');
    rows[this.#current]?.removeAttribute('aria-selected');
    this.#current = Math.min(to, rows.length - 1);
    const tr = rows[this.#current];
    tr.setAttribute('tabindex', '0');
    tr.setAttribute('aria-selected', 'true');
    if (hasFocus) tr.focus({ preventScroll: true });
    tr.scrollIntoView({ block: 'nearest' });
    const content = this.#content!;
    this.#with(this.#current, (row) =>
      this.#events.onSelect(
        row,
        COLUMNS.slice(4)
          .map((column) => column.cell(row, content))
          .join(' · '),
      ),
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#current;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(0, at - 1),
      Home: 0,
      End: this.#body.rows.length - 1,
      PageDown: at + 20,
      PageUp: Math.max(0, at - 20),
    };
    const runs: Readonly<Record<string, () => void>> = {
      Enter: () => this.#with(at, this.#events.onFind),
      m: () => this.#menu(),
      ContextMenu: () => this.#menu(),
    };
    if (Object.hasOwn(moves, event.key)) this.#goTo(moves[event.key], true);
    else if (Object.hasOwn(runs, event.key)) runs[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #menu(): void {
    const place = this.#body.rows[this.#current]?.getBoundingClientRect();
    if (place) this.#with(this.#current, (row) => this.#events.onMenu(row, place.left + 40, place.bottom));
  }
}

/** What a click on a column's title sorts by. A change is sorted by its size; then with its sign; then the other way. */
function nextOrder(now: TableOrder, isSorted: boolean, order: DiffOrder, of: Cost): TableOrder {
  if (!isSorted) return { order, of, isReversed: false };
  if (order !== 'size') return { order, of, isReversed: !now.isReversed };
  if (now.order === 'size') return { order: 'change', of, isReversed: false };
  return now.isReversed ? { order: 'size', of, isReversed: false } : { order: 'change', of, isReversed: true };
}

function sortWords(order: DiffOrder): string {
  return order === 'size'
    ? 'Sort by how much changed, rises and falls alike; then rises first, then falls'
    : 'Sort by this';
}

/** What a row is called, by what rows are. */
export function nameOf(row: DiffPlace, by: Grouping): string {
  if (by === 'file') return row.file === '' ? '(no source known)' : row.file;
  if (by === 'module') return row.module === '' ? '(no module known)' : row.module;
  return by === 'line' && row.line > 0 ? `${row.name} :${row.line}` : row.name;
}

function placeOf({ file, line, module, name }: DiffPlace): string {
  if (name === '') return '';
  if (file === '') return baseName(module);
  return line > 0 ? `${baseName(file)}:${line}` : baseName(file);
}
