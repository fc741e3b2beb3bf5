import type { TimeCanvas } from './time-canvas.ts';

/** What a pointer does to a picture whose x is time. Places are in CSS pixels of the canvas. */
export interface TimeGestures {
  /** Wheel up gives a factor above 1. */
  onZoom?(factor: number, x: number): void;
  /** So many pixels to the right. */
  onPan?(dx: number): void;
  /** Rows are moved up and down by so many pixels, where there are more than there is room for. */
  onScroll?(dy: number): void;
  /** A range is being drawn from one place to another; `isDone` when the pointer is let go. */
  onSelect(from: Place, to: Place, isDone: boolean): void;
  /** A range that was being drawn is given up. */
  onCancel(): void;
  onClick?(x: number, y: number): void;
  onHover(place: Place | undefined): void;
  onMenu?(place: Place, event: MouseEvent): void;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A press that moves less is a click. */
const CLICK_PX = 4;

/** Wheel: zoom. Sideways, or Shift and drag: pan. Shift and wheel: up and down. Drag: a range. */
export function listenToGestures({ canvas }: TimeCanvas, gestures: TimeGestures): void {
  let start: Place | undefined;
  let isDrag = false;
  let isPan = false;
  let last: Place = { x: 0, y: 0 };
  const placeOf = (event: MouseEvent): Place => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  canvas.addEventListener(
    'wheel',
    (event) => {
      // Some systems turn a wheel sideways by themselves while Shift is held.
      const isSideways = !event.shiftKey && Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (event.shiftKey ? !gestures.onScroll : !gestures.onZoom) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      if (event.shiftKey) gestures.onScroll?.((event.deltaY || event.deltaX) * lines);
      else if (isSideways) gestures.onPan?.(-event.deltaX * lines);
      else gestures.onZoom?.(2 ** (-event.deltaY * lines * 0.004), placeOf(event).x);
    },
    { passive: false },
  );
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    start = placeOf(event);
    last = start;
    isDrag = false;
    isPan = event.shiftKey && gestures.onPan !== undefined;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const place = placeOf(event);
    if (!start) {
      gestures.onHover(event.buttons === 0 ? place : undefined);
      return;
    }
    if (!isDrag && Math.hypot(place.x - start.x, place.y - start.y) < CLICK_PX) return;
    isDrag = true;
    gestures.onHover(undefined);
    if (isPan) {
      gestures.onPan?.(place.x - last.x);
      gestures.onScroll?.(last.y - place.y);
    } else gestures.onSelect(start, place, false);
    last = place;
  });
  const end = (event: PointerEvent, isCancelled: boolean) => {
    if (!start) return;
    const from = start;
    start = undefined;
    if (!isDrag) {
      if (!isCancelled) gestures.onClick?.(from.x, from.y);
    } else if (isCancelled) gestures.onCancel();
    else if (!isPan) gestures.onSelect(from, placeOf(event), true);
  };
  canvas.addEventListener('pointerup', (event) => end(event, false));
  canvas.addEventListener('pointercancel', (event) => end(event, true));
  canvas.addEventListener('pointerleave', () => gestures.onHover(undefined));
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !start) return;
      // It ends what is being drawn, and nothing else.
      event.stopPropagation();
      start = undefined;
      gestures.onCancel();
    },
    { capture: true },
  );
  canvas.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    event.stopPropagation();
    gestures.onMenu?.(placeOf(event), event);
  });
}
