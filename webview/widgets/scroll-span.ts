/**
 * Where a long list is scrolled to. No element may be higher than some 33 million pixels in Chromium, so the canvas that is really scrolled is
 * no higher than a part of that, and a pixel of its scroll bar stands for several of the list.
 */
export class ScrollSpan {
  readonly #rowHeight: number;
  #rows = 0;
  #room = 0;
  #top = 0;
  /** Where the canvas is scrolled to for `#top`. */
  #scrolled = 0;

  constructor(rowHeight: number) {
    this.#rowHeight = rowHeight;
  }

  /** How far down the list begins to be in sight, in pixels of the list. */
  get top(): number {
    return this.#top;
  }

  /** Height of what is in sight. */
  get room(): number {
    return this.#room;
  }

  get canvasHeight(): number {
    return Math.min(this.#height, HIGHEST);
  }

  /** Whether a pixel of the canvas is more than one of the list. */
  get isScaled(): boolean {
    return this.#height > HIGHEST;
  }

  setRows(rows: number): void {
    this.#rows = rows;
    this.#top = this.#within(this.#top);
  }

  setRoom(room: number): void {
    this.#room = room;
    this.#top = this.#within(this.#top);
  }

  /** Goes to a place in the list; gives where the canvas is to be scrolled to. */
  scrollTo(top: number): number {
    this.#top = this.#within(top);
    this.#scrolled = this.isScaled ? this.#top / this.#scale : this.#top;
    return this.#scrolled;
  }

  /** The canvas was scrolled, by a person or by what `scrollTo` gave. */
  scrolledTo(scrollTop: number): void {
    // What was asked for comes back rounded to a pixel of the screen, and would take the list along.
    if (this.isScaled && Math.abs(scrollTop - this.#scrolled) <= 1) return;
    this.#scrolled = scrollTop;
    this.#top = this.#within(this.isScaled ? scrollTop * this.#scale : scrollTop);
  }

  get #height(): number {
    return this.#rows * this.#rowHeight;
  }

  get #scale(): number {
    return (this.#height - this.#room) / (HIGHEST - this.#room);
  }

  #within(top: number): number {
    return Math.max(0, Math.min(top, this.#height - this.#room));
  }
}

/** Also on a screen with several of its own pixels to one of the page. */
const HIGHEST = 8_000_000;
