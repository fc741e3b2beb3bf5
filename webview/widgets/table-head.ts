import { element, icon } from '../lib/dom.ts';
import type { ColumnHead } from './table-column.ts';

export interface TableHeadEvents {
  onSort(column: string, isDescending: boolean): void;
  /** A column is wider or narrower now: the widths of those that aren't as wide as they were made. */
  onResize(widths: Readonly<Record<string, number>>): void;
  /** A person goes down, into the rows. */
  onLeave(): void;
}

/** The head of a table: by it columns are sorted, and made wider and narrower. */
export class TableHead {
  readonly element = element('div', { className: 'vt-head', role: 'row', 'aria-rowindex': '1' });
  readonly #events: TableHeadEvents;
  #columns: readonly ColumnHead[] = [];
  #widths: Readonly<Record<string, number>> = {};
  #sort: { readonly column: string; readonly isDescending: boolean } | undefined;

  constructor(events: TableHeadEvents) {
    this.#events = events;
  }

  setColumns(columns: readonly ColumnHead[], widths: Readonly<Record<string, number>>): void {
    this.#columns = columns;
    this.#widths = widths;
    this.element.replaceChildren(...columns.map((column, at) => this.#cell(column, at)));
  }

  /** The columns of a grid, as CSS has them. */
  get tracks(): string {
    return this.#columns
      .map((column) => {
        const isFree = column.isFlexible && this.#widths[column.id] === undefined;
        return isFree ? `minmax(${column.width}px, 1fr)` : `${this.#width(column)}px`;
      })
      .join(' ');
  }

  get leastWidth(): number {
    return this.#columns.reduce((sum, column) => sum + this.#width(column), 0);
  }

  /** How wide the column at a place is on the page; 0 where there's none. */
  widthOf(at: number): number {
    return (this.element.children[at] as HTMLElement | undefined)?.offsetWidth ?? 0;
  }

  showSort(sort: { readonly column: string; readonly isDescending: boolean }): void {
    this.#sort = sort;
    for (const cell of this.element.children) {
      const mark = cell.querySelector('.codicon');
      if (!mark) continue;
      const isSorted = (cell as HTMLElement).dataset.column === sort.column;
      mark.className = `codicon codicon-${isSorted ? (sort.isDescending ? 'arrow-down' : 'arrow-up') : 'blank'}`;
      if (isSorted) cell.setAttribute('aria-sort', sort.isDescending ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
    }
  }

  #width({ id, width }: ColumnHead): number {
    return this.#widths[id] ?? width;
  }

  #cell(column: ColumnHead, at: number): HTMLElement {
    const cell = element('div', {
      className: `vt-cell${column.isFigure ? ' figure' : ''}`,
      role: 'columnheader',
      title: column.title,
      'data-column': column.id,
    });
    const label = element('span', { className: 'vt-label', text: column.label });
    cell.append(column.firstSort === undefined ? label : this.#sortButton(column, cell, label));
    if (at < this.#columns.length - 1) cell.append(this.#grip(column, cell));
    return cell;
  }

  #sortButton(column: ColumnHead, cell: HTMLElement, label: HTMLElement): HTMLElement {
    const button = element('button', { type: 'button', className: 'vt-sort' }, label, icon('blank'));
    button.addEventListener('click', () => {
      const isSame = this.#sort?.column === column.id;
      this.#events.onSort(column.id, isSame ? !this.#sort!.isDescending : column.firstSort === 'descending');
    });
    button.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        event.stopPropagation();
        return this.#events.onLeave();
      }
      const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
      if (!event.shiftKey || step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.#resize(column, cell.offsetWidth + step);
    });
    return button;
  }

  #grip(column: ColumnHead, cell: HTMLElement): HTMLElement {
    const grip = element('div', { className: 'vt-grip', 'aria-hidden': 'true' });
    grip.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      event.stopPropagation();
      grip.setPointerCapture(event.pointerId);
      const from = event.clientX - cell.offsetWidth;
      const move = (moved: PointerEvent) => this.#resize(column, moved.clientX - from);
      grip.addEventListener('pointermove', move);
      grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true });
    });
    grip.addEventListener('dblclick', (event) => {
      event.stopPropagation();
      const { [column.id]: _, ...others } = this.#widths;
      this.#setWidths(others);
    });
    return grip;
  }

  #resize(column: ColumnHead, width: number): void {
    this.#setWidths({ ...this.#widths, [column.id]: Math.max(LEAST, Math.min(MOST, Math.round(width))) });
  }

  #setWidths(widths: Readonly<Record<string, number>>): void {
    this.#widths = widths;
    this.#events.onResize(widths);
  }
}

/** In pixels. */
const LEAST = 40;
const MOST = 4000;
