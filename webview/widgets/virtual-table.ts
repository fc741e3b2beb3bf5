import { element } from '../lib/dom.ts';
import { ScrollSpan } from './scroll-span.ts';
import { parentsOver, STICKY_PARENTS } from './sticky-parents.ts';
import type { TableColumn } from './table-column.ts';
import { TableHead } from './table-head.ts';
import type { TreePlace } from './tree-place.ts';

/** What a table shows, and where its rows come from: they may be on their way. */
export interface TableSource<R> {
  readonly rowCount: number;
  /** Undefined where it isn't there yet: `rowsArrived` says when. */
  row(index: number): R | undefined;
}

export interface TableEvents<R> {
  onSort(column: string, isDescending: boolean): void;
  /** A person has gone to a row. */
  onCurrent(index: number, row: R | undefined): void;
  /** Enter, or a double click. */
  onOpen(row: R): void;
  onToggle(index: number, row: R): void;
  onMenu(row: R, x: number, y: number): void;
  onResize(widths: Readonly<Record<string, number>>): void;
}

export interface TableOptions<R> {
  readonly label: string;
  /** Of a tree: where a row stands in it. */
  treePlace?(row: R): TreePlace;
  /** Rows to mark, such as those that a search has found. */
  isMarked?(row: R): boolean;
}

export const ROW_HEIGHT = 22;
const INDENT = 12;

/**
 * A table of any length of which only the rows in sight are elements. It has the focus as a whole, and says which of its rows is the current
 * one, as VS Code's own lists do: a row that goes out of sight takes no focus with it.
 */
export class VirtualTable<R> {
  readonly element: HTMLElement;
  readonly #head: TableHead;
  readonly #rows = element('div', { className: 'vt-rows', role: 'rowgroup' });
  readonly #sticky = element('div', { className: 'vt-sticky', 'aria-hidden': 'true' });
  readonly #view: HTMLElement;
  readonly #canvas: HTMLElement;
  readonly #span = new ScrollSpan(ROW_HEIGHT);
  readonly #events: TableEvents<R>;
  readonly #options: TableOptions<R>;
  readonly #id = `vt${++tables}`;
  #columns: readonly TableColumn<R>[] = [];
  #source: TableSource<R> = { rowCount: 0, row: () => undefined };
  /** By row in sight: its element. */
  #shown = new Map<number, HTMLElement>();
  #spare: HTMLElement[] = [];
  #stickyRows: readonly number[] = [];
  #current = 0;
  /** The other end of what is selected. */
  #anchor = 0;
  #frame = 0;
  #indentBase = 0;
  /** By how many steps a row stands in at most: names have half of the column at least. */
  #mostIndent = 0;

  constructor(events: TableEvents<R>, options: TableOptions<R>) {
    this.#events = events;
    this.#options = options;
    this.#head = new TableHead({
      onSort: (column, isDescending) => events.onSort(column, isDescending),
      onResize: (widths) => {
        this.#layOut();
        this.#renderSoon();
        events.onResize(widths);
      },
      onLeave: () => this.focus(),
    });
    this.#view = element(
      'div',
      { className: 'vt-view', role: 'presentation' },
      element('div', { role: 'rowgroup', className: 'vt-head-group' }, this.#head.element),
      this.#rows,
      this.#sticky,
    );
    this.#canvas = element('div', { className: 'vt-canvas', role: 'presentation' }, this.#view);
    this.element = element(
      'div',
      {
        className: 'virtual-table',
        role: options.treePlace ? 'treegrid' : 'grid',
        'aria-label': options.label,
        'aria-readonly': 'true',
        'aria-multiselectable': 'true',
        tabindex: '0',
      },
      this.#canvas,
    );
    this.element.addEventListener('scroll', () => {
      this.#span.scrolledTo(this.element.scrollTop);
      this.#renderSoon();
    });
    this.element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.#view.addEventListener('pointerdown', (event) => this.#press(event));
    this.#view.addEventListener('dblclick', (event) => {
      const row = this.#rowAt(event);
      if (row !== undefined && !isTwist(event)) this.#events.onOpen(row);
    });
    this.#view.addEventListener('contextmenu', (event) => {
      const row = this.#rowAt(event);
      if (row === undefined) return;
      event.preventDefault();
      this.#events.onMenu(row, event.clientX, event.clientY);
    });
    new ResizeObserver(() => {
      this.#layOut();
      this.#renderSoon();
    }).observe(this.element);
  }

  get current(): number {
    return this.#current;
  }

  /** The rows that are selected: from the first, and how many. */
  get selection(): { readonly from: number; readonly count: number } {
    const from = Math.min(this.#current, this.#anchor);
    return { from, count: Math.abs(this.#current - this.#anchor) + 1 };
  }

  /** Shows columns, with widths that a person has given some of them. */
  setColumns(columns: readonly TableColumn<R>[], widths: Readonly<Record<string, number>>): void {
    this.#columns = columns;
    this.#head.setColumns(columns, widths);
    this.#shown.clear();
    this.#spare = [];
    this.#rows.replaceChildren();
    this.#sticky.replaceChildren();
    this.#layOut();
    this.#renderSoon();
  }

  /** Shows rows, from the top where they are others than before. */
  show(
    source: TableSource<R>,
    sort: { readonly column: string; readonly isDescending: boolean },
    { current = this.#current, keepsPlace = true }: { current?: number; keepsPlace?: boolean } = {},
  ): void {
    this.#source = source;
    this.#span.setRows(source.rowCount);
    this.#current = Math.max(0, Math.min(current, source.rowCount - 1));
    this.#anchor = this.#current;
    this.element.setAttribute('aria-rowcount', String(source.rowCount + 1));
    this.#head.showSort(sort);
    this.#layOut();
    if (!keepsPlace) this.#scrollTo(0);
    this.#render();
  }

  /** Rows that weren't there are there now. */
  rowsArrived(): void {
    this.#renderSoon();
  }

  /** Makes a row the current one and brings it in sight. */
  goTo(index: number, { extends: isExtending = false, reveal = true } = {}): void {
    this.#current = Math.max(0, Math.min(index, this.#source.rowCount - 1));
    if (!isExtending) this.#anchor = this.#current;
    if (reveal) this.#reveal(this.#current);
    this.#render();
    this.#events.onCurrent(this.#current, this.#source.row(this.#current));
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  /** Where a menu of the current row opens. */
  menuPlace(): { readonly x: number; readonly y: number } {
    const { left, bottom } = (this.#shown.get(this.#current) ?? this.#head.element).getBoundingClientRect();
    return { x: left + 40, y: bottom };
  }

  #layOut(): void {
    const { clientHeight } = this.element;
    const { tracks, leastWidth } = this.#head;
    this.element.style.setProperty('--vt-columns', tracks);
    this.#canvas.style.minWidth = `${leastWidth}px`;
    this.#span.setRoom(Math.max(0, clientHeight - ROW_HEIGHT));
    this.#canvas.style.height = `${this.#span.canvasHeight + ROW_HEIGHT}px`;
    this.#view.style.height = `${clientHeight}px`;
  }

  #wheel(event: WheelEvent): void {
    // Where the page's own scrolling would leap over rows, it is done here.
    if (!this.#span.isScaled || event.deltaY === 0 || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const unit = [1, ROW_HEIGHT, this.#span.room][event.deltaMode] ?? 1;
    this.#scrollTo(this.#span.top + event.deltaY * unit);
    this.#renderSoon();
  }

  #scrollTo(top: number): void {
    this.element.scrollTop = this.#span.scrollTo(top);
  }

  #reveal(index: number): void {
    const top = index * ROW_HEIGHT;
    const covered = this.#stickyHeight(index);
    if (top - covered < this.#span.top) this.#scrollTo(top - covered);
    else if (top + ROW_HEIGHT > this.#span.top + this.#span.room) this.#scrollTo(top + ROW_HEIGHT - this.#span.room);
  }

  /** Height of the parents that would stand over a row at the top. */
  #stickyHeight(index: number): number {
    const place = this.#placeOf(index);
    return place ? Math.min(STICKY_PARENTS, place.level - 1) * ROW_HEIGHT : 0;
  }

  /** Undefined where there is no tree, or the row isn't there yet. */
  #placeOf(index: number): TreePlace | undefined {
    const row = this.#source.row(index);
    return row === undefined ? undefined : this.#options.treePlace?.(row);
  }

  #renderSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render(): void {
    const { rowCount } = this.#source;
    const { top, room } = this.#span;
    const first = Math.floor(top / ROW_HEIGHT);
    const end = Math.min(rowCount, Math.ceil((top + room) / ROW_HEIGHT));
    this.#indentBase = this.#indentFor(first, end);
    for (const [index, made] of this.#shown) {
      if (index >= first && index < end) continue;
      this.#shown.delete(index);
      this.#spare.push(made);
    }
    for (let index = first; index < end; index++) {
      let made = this.#shown.get(index);
      if (!made) {
        made = this.#spare.pop() ?? this.#newRow();
        this.#shown.set(index, made);
        if (!made.isConnected) this.#rows.append(made);
        made.style.display = '';
      }
      made.style.transform = `translateY(${index * ROW_HEIGHT - top}px)`;
      this.#fill(made, index);
    }
    for (const made of this.#spare) made.style.display = 'none';
    this.#renderSticky(first);
    const active = this.#shown.get(this.#current);
    if (active) this.element.setAttribute('aria-activedescendant', active.id);
    else this.element.removeAttribute('aria-activedescendant');
  }

  /**
   * The first of the levels in sight that stands in, where all of them from the root on would leave no room for names. Levels that are too
   * deep beside it stand in alike.
   */
  #indentFor(first: number, end: number): number {
    if (!this.#options.treePlace) return 0;
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let index = first; index < end; index++) {
      const place = this.#placeOf(index);
      if (place === undefined) continue;
      least = Math.min(least, place.level);
      most = Math.max(most, place.level);
    }
    const flexible = this.#columns.findIndex(({ isFlexible }) => isFlexible);
    this.#mostIndent = Math.floor(this.#head.widthOf(flexible) / 2 / INDENT);
    return most > this.#mostIndent ? Math.max(0, Math.min(least, most - this.#mostIndent) - 1) : 0;
  }

  #newRow(): HTMLElement {
    const cells = this.#columns.map(({ isFigure }) =>
      element('div', { className: `vt-cell${isFigure ? ' figure' : ''}`, role: 'gridcell' }),
    );
    return element('div', { className: 'vt-row', role: 'row', id: `${this.#id}-${++rowIds}` }, ...cells);
  }

  #fill(made: HTMLElement, index: number): void {
    const row = this.#source.row(index);
    const { from, count } = this.selection;
    const isSelected = index >= from && index < from + count;
    const isCurrent = index === this.#current;
    const key = `${index} ${isSelected} ${isCurrent} ${this.#indentBase} ${this.#mostIndent}`;
    // What an element shows already needn't be written again: most rows of a frame are those of the last.
    if (filled.get(made)?.row === row && filled.get(made)?.key === key && row !== undefined) return;
    filled.set(made, { row, key });
    made.setAttribute('aria-rowindex', String(index + 2));
    made.setAttribute('aria-selected', String(isSelected));
    made.classList.toggle('current', isCurrent);
    made.classList.toggle('marked', row !== undefined && (this.#options.isMarked?.(row) ?? false));
    made.classList.toggle('waiting', row === undefined);
    if (row === undefined) {
      for (const cell of made.children) cell.replaceChildren();
      return;
    }
    const indent = this.#describe(made, row);
    for (const [at, column] of this.#columns.entries()) {
      column.fill(made.children[at] as HTMLElement, row, { index, indent });
    }
  }

  /** Says where in a tree a row is; gives by how many steps it stands in. */
  #describe(made: HTMLElement, row: R): number {
    const { treePlace } = this.#options;
    if (!treePlace) return 0;
    const { level, position, setSize, isExpanded } = treePlace(row);
    made.setAttribute('aria-level', String(level));
    made.setAttribute('aria-posinset', String(position));
    made.setAttribute('aria-setsize', String(setSize));
    if (isExpanded === undefined) made.removeAttribute('aria-expanded');
    else made.setAttribute('aria-expanded', String(isExpanded));
    return Math.max(0, Math.min(level - 1 - this.#indentBase, this.#mostIndent));
  }

  /** The parents of the first row in sight, the nearest ones, stay over it. */
  #renderSticky(first: number): void {
    const { treePlace } = this.#options;
    const rows = treePlace ? parentsOver(first, this.#span.top / ROW_HEIGHT, (index) => this.#placeOf(index)) : [];
    this.#stickyRows = rows;
    while (this.#sticky.children.length > rows.length) this.#sticky.lastChild!.remove();
    for (const [at, index] of rows.entries()) {
      let made = this.#sticky.children[at] as HTMLElement | undefined;
      if (!made) {
        made = this.#newRow();
        made.removeAttribute('role');
        this.#sticky.append(made);
      }
      made.style.transform = `translateY(${at * ROW_HEIGHT}px)`;
      this.#fill(made, index);
    }
    this.#sticky.style.height = `${rows.length * ROW_HEIGHT}px`;
    this.#sticky.hidden = rows.length === 0;
  }

  #indexAt(event: MouseEvent): number {
    const made = (event.target as Element).closest<HTMLElement>('.vt-row');
    if (!made) return -1;
    if (made.parentElement === this.#sticky) return this.#stickyRows[[...this.#sticky.children].indexOf(made)];
    for (const [index, other] of this.#shown) if (other === made) return index;
    return -1;
  }

  #rowAt(event: MouseEvent): R | undefined {
    const index = this.#indexAt(event);
    return index === -1 ? undefined : this.#source.row(index);
  }

  #press(event: PointerEvent): void {
    const index = this.#indexAt(event);
    if (index === -1) return;
    const row = this.#source.row(index);
    const { from, count } = this.selection;
    // A menu is of what is selected.
    if (event.button === 2 && index >= from && index < from + count) return;
    this.goTo(index, { extends: event.shiftKey });
    if (event.button === 0 && row !== undefined && isTwist(event)) this.#events.onToggle(index, row);
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.element || this.#source.rowCount === 0) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
      event.preventDefault();
      this.#anchor = 0;
      this.#current = this.#source.rowCount - 1;
      this.#render();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = this.#current;
    const page = Math.max(1, Math.floor(this.#span.room / ROW_HEIGHT) - 1);
    const to = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: this.#source.rowCount - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.goTo(to, { extends: event.shiftKey });
      return;
    }
    const row = this.#source.row(index);
    if (row === undefined || !this.#rowKey(event.key, index, row, event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What a key does with the current row; gives whether it does anything. */
  #rowKey(key: string, index: number, row: R, isShifted: boolean): boolean {
    if (key === 'Enter') this.#events.onOpen(row);
    else if (key === 'ContextMenu' || (key === 'F10' && isShifted)) {
      const { x, y } = this.menuPlace();
      this.#events.onMenu(row, x, y);
    } else if (this.#options.treePlace && !isShifted) return this.#treeKey(key, index, row);
    else return false;
    return true;
  }

  #treeKey(key: string, index: number, row: R): boolean {
    const { isExpanded, parentRow } = this.#options.treePlace!(row);
    if (key === 'ArrowRight') {
      if (isExpanded === false) this.#events.onToggle(index, row);
      else if (isExpanded) this.goTo(index + 1);
    } else if (key === 'ArrowLeft') {
      if (isExpanded) this.#events.onToggle(index, row);
      else if (parentRow >= 0) this.goTo(parentRow);
    } else if (key === ' ') {
      if (isExpanded !== undefined) this.#events.onToggle(index, row);
    } else return false;
    return true;
  }
}

let tables = 0;
let rowIds = 0;
/** What a row's element shows. */
const filled = new WeakMap<HTMLElement, { readonly row: unknown; readonly key: string }>();

function isTwist(event: Event): boolean {
  return (event.target as Element).closest('.twist') !== null;
}
