import {
  easeCubicOut,
  interpolate,
  type Selection,
  scaleLinear,
  select,
  type ZoomBehavior,
  type ZoomTransform,
  zoom,
  zoomIdentity,
} from 'd3';
import type { Box, FlameLayout } from '../../src/core/profile/flame-layout.ts';
import type { FlameWindow } from '../../src/core/profile/flame-visible.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import type { Theme } from '../lib/theme.ts';
import { type FlameHit, flameHit } from './flame-hit.ts';
import { FlamePainter, type FlameScene, rowTop } from './flame-painter.ts';
import { type FlamePaints, flamePaints } from './flame-paints.ts';

/** What is under the pointer: a frame, or frames too narrow to draw apart. */
export interface FlameTarget extends FlameHit {
  /** Where it is drawn, in CSS pixels from the widget's corner. */
  readonly top: number;
  readonly bottom: number;
}

export interface FlameCanvasEvents {
  /** The pointer is over something, at this place in the widget, or over nothing. */
  onHover(target: FlameTarget | undefined, x: number, y: number): void;
  /** A frame was clicked. */
  onPick(target: FlameTarget): void;
  /** A frame was clicked twice. */
  onOpen(box: Box): void;
  /** A frame's menu was asked for, at this place in the window. */
  onMenu(box: Box, x: number, y: number): void;
  /** Wheel, drag or pinch has come to rest at another window. */
  onMoved(window: FlameWindow): void;
}

/** Height of a row in CSS pixels. */
export const ROW_HEIGHT = 20;
/** No animation is longer. */
const ANIMATION_MS = 140;

/**
 * A flame graph that can be looked around in. The element scrolls up and down by itself, the canvas sticks to its visible part, and
 * d3-zoom does the rest; the widget doesn't know what a zoom means.
 */
export class FlameCanvas {
  readonly element = document.createElement('div');
  readonly #stage = document.createElement('div');
  readonly #canvas = document.createElement('canvas');
  readonly #painter: FlamePainter;
  readonly #events: FlameCanvasEvents;
  readonly #zoom: ZoomBehavior<HTMLCanvasElement, unknown>;
  readonly #selection: Selection<HTMLCanvasElement, unknown, null, undefined>;
  #scene: FlameScene | undefined;
  #paints: FlamePaints | undefined;
  #theme: Theme;
  #window: FlameWindow = { left: 0, right: 1 };
  /** The window that an animation is on its way to. */
  #target: FlameWindow | undefined;
  /** The window at the start of a gesture. */
  #former: FlameWindow = this.#window;
  #isFlame = false;
  #selected: Box = NONE;
  #hovered: Box = NONE;
  #width = 0;
  #height = 0;
  #ratio = 1;
  #largestScale = 1;
  #frame = 0;
  #dragY = Number.NaN;
  #clicked: Box = NONE;

  constructor(theme: Theme, events: FlameCanvasEvents) {
    this.#theme = theme;
    this.#events = events;
    this.element.className = 'flame-canvas';
    this.#stage.append(this.#canvas);
    this.element.append(this.#stage);
    this.#painter = new FlamePainter(this.#canvas.getContext('2d', { alpha: false })!);
    this.#selection = select(this.#canvas);
    this.#zoom = zoom<HTMLCanvasElement, unknown>()
      .interpolate(interpolate)
      .clickDistance(4)
      .filter((event: MouseEvent) => !event.shiftKey && !event.button && !isSideways(event))
      .on('zoom', ({ transform, sourceEvent }) => this.#moved(transform, sourceEvent))
      .on('start', ({ sourceEvent }) => {
        this.#former = this.#window;
        this.#dragY = sourceEvent instanceof MouseEvent ? sourceEvent.clientY : Number.NaN;
      })
      .on('end', ({ sourceEvent }) => {
        const isMoved = this.#window.left !== this.#former.left || this.#window.right !== this.#former.right;
        if (sourceEvent && isMoved) events.onMoved(this.#window);
      });
    // Before d3 hears of a gesture: it would stop the animation half way.
    for (const gesture of ['mousedown', 'touchstart', 'wheel']) {
      this.#canvas.addEventListener(gesture, () => this.#arrive(), { capture: true, passive: true });
    }
    this.#selection.call(this.#zoom).on('dblclick.zoom', null);
    this.#listen();
    new ResizeObserver(() => {
      const wasAway = this.#width === 0;
      // What was cleared by the new size is drawn at once: a frame later would flicker.
      if (this.#resize()) this.#draw();
      if (wasAway) this.scrollTo(this.#selected);
    }).observe(this.element);
    this.#watchRatio();
  }

  /** What is shown, or is about to be. */
  get window(): FlameWindow {
    return this.#target ?? this.#window;
  }

  get selected(): Box {
    return this.#selected;
  }

  show(scene: FlameScene): void {
    const isNewLegend = this.#scene?.colours !== scene.colours;
    const isNewTree = this.#scene?.layout !== scene.layout;
    this.#scene = scene;
    if (isNewLegend) this.#paints = flamePaints(this.#theme, scene.colours.legend);
    if (isNewTree) {
      this.#largestScale = largestScale(scene.layout);
      this.#selected = NONE;
      this.#hovered = NONE;
      this.#resize();
    }
    this.redraw();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    if (this.#scene) this.#paints = flamePaints(theme, this.#scene.colours.legend);
    this.redraw();
  }

  /** Turns the root to the bottom (flame) or to the top (icicle). */
  setFlame(isFlame: boolean): void {
    if (isFlame === this.#isFlame) return;
    this.#isFlame = isFlame;
    this.element.scrollTop = isFlame ? this.element.scrollHeight : 0;
    this.redraw();
  }

  /** Shows this part of the width. */
  showWindow(window: FlameWindow, { animated }: { animated: boolean }): void {
    // It may have been put into the page just now.
    if (this.#width === 0) this.#resize();
    if (this.#width === 0) {
      this.#window = window;
      return;
    }
    this.#target = window;
    if (!animated || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#arrive();
      return;
    }
    this.#selection
      .transition()
      .duration(ANIMATION_MS)
      .ease(easeCubicOut)
      .call(this.#zoom.transform, this.#transformOf(window))
      .on('end', () => {
        this.#target = undefined;
      });
  }

  /** Ends an animation at its end. */
  #arrive(): void {
    const target = this.#target;
    if (!target) return;
    this.#target = undefined;
    this.#selection.interrupt().call(this.#zoom.transform, this.#transformOf(target));
  }

  select(box: Box): void {
    this.#selected = box;
    this.redraw();
  }

  /** Scrolls up or down until a box is in sight. */
  scrollTo(box: Box): void {
    if (!this.#scene || box === NONE || this.#height === 0) return;
    const top = this.#rowTop(this.#scene.layout.row[box]);
    const margin = Math.min(ROW_HEIGHT * 2, this.#height / 4);
    if (top < margin) this.element.scrollTop += top - margin;
    else if (top + ROW_HEIGHT > this.#height - margin) {
      this.element.scrollTop += top + ROW_HEIGHT - this.#height + margin;
    }
  }

  /** Where a box is drawn, in CSS pixels of the window: for a menu that was asked for by key. */
  place(box: Box): DOMRect {
    const { layout } = this.#scene!;
    const x = scaleLinear([this.#window.left, this.#window.right], [0, this.#width]);
    const left = Math.max(0, x(layout.left[box]));
    const right = Math.min(this.#width, x(layout.right[box]));
    const corner = this.#canvas.getBoundingClientRect();
    return new DOMRect(
      corner.left + left,
      corner.top + this.#rowTop(layout.row[box]),
      Math.max(0, right - left),
      ROW_HEIGHT,
    );
  }

  redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.#scene || !this.#paints || this.#width === 0) return;
    const ratio = this.#ratio;
    this.#painter.paint(
      this.#scene,
      {
        window: this.#window,
        width: this.#canvas.width,
        height: this.#canvas.height,
        scrolled: this.element.scrollTop * ratio,
        rowHeight: ROW_HEIGHT * ratio,
        isFlame: this.#isFlame,
        ratio,
        selected: this.#selected,
        hovered: this.#hovered,
      },
      this.#paints,
      this.#theme,
    );
  }

  #listen(): void {
    const { element } = this;
    element.addEventListener('scroll', () => {
      this.#leave();
      this.redraw();
    });
    this.#canvas.addEventListener(
      'wheel',
      (event) => {
        if (!isSideways(event) && !event.shiftKey) return;
        event.preventDefault();
        // Some systems turn a wheel sideways by themselves while Shift is held.
        if (event.shiftKey) element.scrollTop += event.deltaY || event.deltaX;
        else {
          this.#selection.call(this.#zoom.translateBy, -event.deltaX / this.#scale, 0);
          this.#events.onMoved(this.#window);
        }
      },
      { passive: false },
    );
    this.#canvas.addEventListener('pointermove', (event) => {
      const target = event.buttons === 0 ? this.#targetAt(event) : undefined;
      this.#hover(target?.count === 1 ? target.box : NONE);
      this.#events.onHover(target, event.offsetX, event.offsetY);
    });
    this.#canvas.addEventListener('pointerleave', () => this.#leave());
    this.#canvas.addEventListener('click', (event) => {
      const target = this.#targetAt(event);
      // The second click of two belongs to the frame of the first: by then another may have come under the pointer.
      if (event.detail > 1) return;
      this.#clicked = target?.count === 1 ? target.box : NONE;
      if (target) this.#events.onPick(target);
    });
    this.#canvas.addEventListener('dblclick', () => {
      if (this.#clicked !== NONE) this.#events.onOpen(this.#clicked);
    });
    this.#canvas.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const target = this.#targetAt(event);
      if (target?.count === 1) this.#events.onMenu(target.box, event.clientX, event.clientY);
    });
  }

  /** What was under the pointer may not be any more. */
  #leave(): void {
    this.#hover(NONE);
    this.#events.onHover(undefined, 0, 0);
  }

  #hover(box: Box): void {
    if (box === this.#hovered) return;
    this.#hovered = box;
    this.redraw();
  }

  #targetAt({ offsetX, offsetY }: { offsetX: number; offsetY: number }): FlameTarget | undefined {
    if (!this.#scene || this.#width === 0) return undefined;
    const { layout } = this.#scene;
    const fromTop = offsetY + this.element.scrollTop;
    const row = this.#isFlame
      ? Math.floor((Math.max(layout.height * ROW_HEIGHT, this.#height) - fromTop) / ROW_HEIGHT)
      : Math.floor(fromTop / ROW_HEIGHT);
    const hit = flameHit(layout, row, this.#window, this.#canvas.width, offsetX * this.#ratio);
    if (!hit) return undefined;
    const top = this.#rowTop(row);
    return { ...hit, top, bottom: top + ROW_HEIGHT };
  }

  #rowTop(row: number): number {
    const sight = {
      isFlame: this.#isFlame,
      rowHeight: ROW_HEIGHT,
      scrolled: this.element.scrollTop,
      height: this.#height,
    };
    return rowTop(this.#scene!.layout, sight, row);
  }

  get #scale(): number {
    return 1 / (this.#window.right - this.#window.left);
  }

  #transformOf({ left, right }: FlameWindow): ZoomTransform {
    const scale = 1 / (right - left);
    return zoomIdentity.translate(-left * scale * this.#width, 0).scale(scale);
  }

  #moved(transform: ZoomTransform, source: unknown): void {
    const [left, right] = transform.rescaleX(scaleLinear([0, 1], [0, this.#width])).domain();
    this.#window = { left: Math.max(0, left), right: Math.min(1, right) };
    this.#leave();
    if (source instanceof MouseEvent && source.type === 'mousemove') {
      this.element.scrollTop -= source.clientY - this.#dragY;
      this.#dragY = source.clientY;
    }
    this.redraw();
  }

  /** Fits the canvas to its place. Whether that cleared it. */
  #resize(): boolean {
    const isAtBottom = this.element.scrollTop + this.element.clientHeight >= this.element.scrollHeight - 1;
    this.#width = this.element.clientWidth;
    this.#height = this.element.clientHeight;
    this.#ratio = devicePixelRatio;
    this.#stage.style.height = `${Math.max(this.#height, (this.#scene?.layout.height ?? 0) * ROW_HEIGHT)}px`;
    if (this.#isFlame && isAtBottom) this.element.scrollTop = this.element.scrollHeight;
    const [width, height] = [Math.round(this.#width * this.#ratio), Math.round(this.#height * this.#ratio)];
    const isCleared = this.#canvas.width !== width || this.#canvas.height !== height;
    if (isCleared) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#canvas.style.width = `${this.#width}px`;
      this.#canvas.style.height = `${this.#height}px`;
    }
    if (this.#width === 0) return isCleared;
    this.#selection.interrupt();
    this.#window = this.window;
    this.#target = undefined;
    this.#zoom
      .extent([
        [0, 0],
        [this.#width, this.#height],
      ])
      .translateExtent([
        [0, Number.NEGATIVE_INFINITY],
        [this.#width, Number.POSITIVE_INFINITY],
      ])
      .scaleExtent([1, this.#largestScale]);
    // The same window in another width: no event, since nothing was moved.
    this.#selection.property('__zoom', this.#transformOf(this.#window));
    return isCleared;
  }

  /** On a screen of another resolution the canvas has other pixels, whatever its size. */
  #watchRatio(): void {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        if (this.#resize()) this.#draw();
        this.#watchRatio();
      },
      { once: true },
    );
  }
}

/** The scale at which the narrowest box fills the width. */
function largestScale({ left, right, length }: FlameLayout): number {
  let narrowest = 1;
  for (let box = 0; box < length; box++) {
    const width = right[box] - left[box];
    if (width > NOTHING && width < narrowest) narrowest = width;
  }
  return 1 / narrowest;
}

/** Narrower than this, a width is what rounding left. */
const NOTHING = 1e-12;

/** Whether a wheel or a pad moves sideways more than up or down, which pans and doesn't zoom. */
function isSideways(event: Event): boolean {
  return event instanceof WheelEvent && !event.ctrlKey && Math.abs(event.deltaX) > Math.abs(event.deltaY);
}
