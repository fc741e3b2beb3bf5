import type { Box } from '../../src/core/profile/flame-layout.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import { element } from '../lib/dom.ts';
import { type FlamePicture, frameWords } from './frame-words.ts';

export interface TreeTableEvents {
  onSelect(box: Box): void;
  /** Enter. */
  onZoom(box: Box): void;
  onOpen(box: Box): void;
}

/** Calls shown of one function before one asks for more. */
const PAGE = 100;

const COLUMNS = ['Function', 'Self', 'Self %', 'Total', 'Total %', 'Module', 'Source'];

/** The call tree as a table: the flame graph's figures for whoever doesn't see it, or wants to read them. */
export class TreeTable {
  readonly element: HTMLElement;
  readonly #body = element('tbody');
  readonly #events: TreeTableEvents;
  #picture: FlamePicture | undefined;
  #top: Box = 0;
  #rows: Row[] = [];
  #current = 0;

  constructor(events: TreeTableEvents) {
    this.#events = events;
    const head = element('tr', {}, ...COLUMNS.map((text) => element('th', { scope: 'col', text })));
    const table = element(
      'table',
      { role: 'treegrid', 'aria-label': 'Call tree', 'aria-readonly': 'true' },
      element('thead', {}, head),
      this.#body,
    );
    this.element = element('div', { className: 'tree-table' }, table);
    table.addEventListener('keydown', (event) => this.#key(event));
    this.#body.addEventListener('click', (event) => this.#click(event));
    this.#body.addEventListener('dblclick', () => {
      const box = this.#rows[this.#current]?.box;
      if (box !== undefined) events.onOpen(box);
    });
  }

  /** Shows what is below a box, which is expanded together with the way down to the selected one. */
  show(picture: FlamePicture, top: Box, selected: Box): void {
    const hasFocus = this.element.contains(document.activeElement);
    const isSame = picture.layout === this.#picture?.layout && top === this.#top;
    this.#picture = picture;
    this.#top = top;
    if (!isSame) {
      this.#rows = [{ box: top, level: 1, isExpanded: false, more: 0 }];
      this.#body.replaceChildren();
      this.#current = 0;
      this.#expand(0);
    }
    for (const at of this.#rows.keys()) this.#fill(at);
    this.#render();
    this.select(selected === NONE ? top : selected);
    if (hasFocus) this.focus();
  }

  /** Makes a box's row the current one; expands what is above it. */
  select(box: Box): void {
    if (!this.#picture) return;
    const hasFocus = this.element.contains(document.activeElement);
    const { parent } = this.#picture.layout;
    const way: Box[] = [];
    for (let at = box; at !== NONE && at !== this.#top; at = parent[at]) way.unshift(at);
    let row = 0;
    for (const step of way) {
      this.#expand(row);
      let next = this.#rowOf(step, row);
      while (next === -1) {
        const rest = this.#restOf(row);
        if (rest === -1) return;
        this.#showMore(rest);
        next = this.#rowOf(step, row);
      }
      row = next;
    }
    this.#render();
    this.#setCurrent(row, { hasFocus });
  }

  focus(): void {
    this.#rows[this.#current]?.element?.focus();
  }

  #rowOf(box: Box, from: number): number {
    return this.#rows.findIndex((row, at) => at > from && row.box === box && row.more === 0);
  }

  /** The row that stands for the calls of a row that aren't shown yet. */
  #restOf(row: number): number {
    const { level } = this.#rows[row];
    for (let at = row + 1; at < this.#rows.length && this.#rows[at].level > level; at++) {
      if (this.#rows[at].more > 0 && this.#rows[at].level === level + 1) return at;
    }
    return -1;
  }

  #expand(at: number): void {
    const row = this.#rows[at];
    const { firstChild } = this.#picture!.layout;
    if (row.isExpanded || row.more > 0 || firstChild[row.box] === firstChild[row.box + 1]) return;
    row.isExpanded = true;
    this.#rows.splice(at + 1, 0, ...this.#page(firstChild[row.box], firstChild[row.box + 1], row.level + 1));
    this.#fill(at);
  }

  #collapse(at: number): void {
    const row = this.#rows[at];
    row.isExpanded = false;
    let end = at + 1;
    while (end < this.#rows.length && this.#rows[end].level > row.level) end++;
    this.#rows.splice(at + 1, end - at - 1);
    this.#fill(at);
  }

  #showMore(at: number): void {
    const { box, more, level } = this.#rows[at];
    this.#rows.splice(at, 1, ...this.#page(box, box + more, level));
  }

  #page(from: Box, to: Box, level: number): Row[] {
    const end = Math.min(to, from + PAGE);
    const rows: Row[] = [];
    for (let box = from; box < end; box++) rows.push({ box, level, isExpanded: false, more: 0 });
    if (end < to) rows.push({ box: end, level, isExpanded: false, more: to - end });
    return rows;
  }

  #render(): void {
    for (const [at, row] of this.#rows.entries()) {
      if (!row.element) {
        row.element = element('tr', { tabindex: '-1' });
        this.#fill(at);
      }
    }
    this.#body.replaceChildren(...this.#rows.map((row) => row.element!));
  }

  #fill(at: number): void {
    const row = this.#rows[at];
    const tr = row.element;
    if (!tr || !this.#picture) return;
    const { layout, tree, matches } = this.#picture;
    tr.setAttribute('aria-level', String(row.level));
    if (row.more > 0) {
      tr.className = 'more';
      tr.replaceChildren(element('td', { colspan: String(COLUMNS.length) }, indent(row.level), `${row.more} more…`));
      return;
    }
    const { firstChild, parent } = layout;
    const calls = firstChild[row.box + 1] - firstChild[row.box];
    if (calls > 0) tr.setAttribute('aria-expanded', String(row.isExpanded));
    const up = parent[row.box];
    if (up !== NONE && row.box !== this.#top) {
      tr.setAttribute('aria-setsize', String(firstChild[up + 1] - firstChild[up]));
      tr.setAttribute('aria-posinset', String(row.box - firstChild[up] + 1));
    }
    const words = frameWords(this.#picture, row.box);
    const isMatch = row.box > 0 && matches?.functions[tree.function[layout.node[row.box]]] === 1;
    tr.className = isMatch ? 'match' : '';
    const twist = element('span', {
      className: `codicon codicon-${calls === 0 ? 'blank' : row.isExpanded ? 'chevron-down' : 'chevron-right'} twist`,
      'aria-hidden': 'true',
    });
    const notes = words.notes.filter((note) => note !== 'in the workspace').join(', ');
    tr.replaceChildren(
      element(
        'td',
        { title: words.fullName },
        indent(row.level),
        twist,
        element('span', { text: words.name, className: words.notes.includes('in the workspace') ? 'own' : '' }),
        element('span', { className: 'note', text: notes === '' ? '' : ` ${notes}` }),
        element('span', { className: 'visually-hidden', text: isMatch ? ', matches the search' : '' }),
      ),
      ...[words.self, words.selfShare, words.total, words.totalShare].map((text) =>
        element('td', { className: 'figure', text }),
      ),
      element('td', { text: words.module.slice(words.module.lastIndexOf('/') + 1), title: words.module }),
      element('td', { text: words.place, title: words.file }),
    );
  }

  #setCurrent(at: number, { hasFocus }: { hasFocus: boolean }): void {
    const former = this.#rows[this.#current]?.element;
    former?.setAttribute('tabindex', '-1');
    former?.removeAttribute('aria-selected');
    this.#current = Math.max(0, Math.min(at, this.#rows.length - 1));
    const row = this.#rows[this.#current].element!;
    row.setAttribute('tabindex', '0');
    row.setAttribute('aria-selected', 'true');
    if (hasFocus) row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }

  /** A person has gone to a row. */
  #goTo(at: number): void {
    this.#setCurrent(at, { hasFocus: true });
    const { box, more } = this.#rows[this.#current];
    if (more === 0) this.#events.onSelect(box);
  }

  #toggle(at: number): void {
    const row = this.#rows[at];
    if (row.more > 0) this.#showMore(at);
    else if (row.isExpanded) this.#collapse(at);
    else this.#expand(at);
    this.#render();
    this.#setCurrent(at, { hasFocus: true });
  }

  #click(event: MouseEvent): void {
    const tr = (event.target as Element).closest('tr');
    const at = this.#rows.findIndex((row) => row.element === tr);
    if (at === -1) return;
    if (this.#rows[at].more > 0 || (event.target as Element).classList.contains('twist')) this.#toggle(at);
    else this.#goTo(at);
  }

  #key(event: KeyboardEvent): void {
    const run = this.#keys[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey || this.#rows.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    run(this.#current, this.#rows[this.#current]);
  }

  readonly #keys: Readonly<Record<string, (at: number, row: Row) => void>> = {
    ArrowDown: (at) => this.#goTo(at + 1),
    ArrowUp: (at) => this.#goTo(at - 1),
    Home: () => this.#goTo(0),
    End: () => this.#goTo(this.#rows.length - 1),
    PageDown: (at) => this.#goTo(at + 20),
    PageUp: (at) => this.#goTo(at - 20),
    ArrowRight: (at, row) => {
      if (row.more > 0 || !row.isExpanded) this.#toggle(at);
      else this.#goTo(at + 1);
    },
    ArrowLeft: (at, row) => {
      if (row.isExpanded) this.#toggle(at);
      else this.#goTo(this.#rows.findLastIndex((other, index) => index < at && other.level < row.level));
    },
    Enter: (at, row) => {
      if (row.more > 0) this.#toggle(at);
      else this.#events.onZoom(row.box);
    },
  };
}

interface Row {
  /** The first of them where the row stands for more. */
  readonly box: Box;
  /** 1 for the top. */
  readonly level: number;
  isExpanded: boolean;
  /** How many boxes the row stands for that aren't shown yet; 0 for a box's own row. */
  readonly more: number;
  element?: HTMLTableRowElement;
}

function indent(level: number): HTMLElement {
  const space = element('span', { className: 'indent' });
  space.style.width = `${(level - 1) * 12}px`;
  return space;
}
