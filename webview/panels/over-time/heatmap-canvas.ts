import { interpolateLab, type RGBColor, rgb } from 'd3';
import type { SubsecondHeatmap } from '../../../src/core/profile/queries/subsecond-heatmap.ts';
import type { TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import { momentText } from '../../../src/core/profile/time/time-ticks.ts';
import { formatDuration } from '../../../src/core/units.ts';
import { element } from '../../lib/dom.ts';
import type { Theme } from '../../lib/theme.ts';
import { pixel } from '../../widgets/pixel-rows.ts';
import { largest } from './overview-strip.ts';
import { AXIS_HEIGHT, TimeCanvas } from './time-canvas.ts';
import type { Place } from './time-gestures.ts';
import type { TimeSight } from './time-sight.ts';

/** Weight by second (from left to right) and by where in the second (from the bottom up). */
export class HeatmapCanvas {
  readonly plot: TimeCanvas;
  readonly element: HTMLElement;
  readonly #label = element('div', { className: 'gutter' });
  readonly #image = document.createElement('canvas');
  #map: SubsecondHeatmap | undefined;
  #painted: { readonly map: SubsecondHeatmap; readonly theme: Theme } | undefined;

  constructor(onResize: () => void) {
    this.plot = new TimeCanvas(onResize);
    this.element = element('section', { className: 'stacks' }, this.#label, this.plot.element);
  }

  get map(): SubsecondHeatmap | undefined {
    return this.#map;
  }

  show(map: SubsecondHeatmap): void {
    this.#map = map;
    this.plot.setContentHeight(0);
    const column = formatDuration(map.columnNs);
    this.#label.replaceChildren(
      element('div', { className: 'gutter-name', text: 'All threads in view' }),
      element('div', {
        className: 'gutter-note',
        text: `Each column is ${map.folded === 1 ? column : `${map.folded} times ${column}, added up,`} from its bottom to its top; each cell ${formatDuration(map.columnNs / map.rows)}.`,
      }),
      element('div', { className: 'gutter-note', text: 'The darker or brighter against the background, the more.' }),
    );
  }

  /** The cell at a place; beyond the edges the nearest. */
  cellAt({ x, y }: Place): { readonly column: number; readonly row: number } {
    const { columns, rows } = this.#map!;
    const { width, height } = this.plot;
    const at = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    return {
      column: at(x / width, columns),
      row: rows - 1 - at((y - AXIS_HEIGHT) / (height - AXIS_HEIGHT), rows),
    };
  }

  /** The time from the beginning of the earlier cell to the end of the later. */
  spanOf(one: Place, other: Place): TimeSpan {
    const { fromNs, columnNs, folded, rows } = this.#map!;
    const cells = [this.cellAt(one), this.cellAt(other)];
    const place = ({ column, row }: { column: number; row: number }) => column * rows + row;
    const [first, last] = place(cells[0]) <= place(cells[1]) ? cells : [cells[1], cells[0]];
    const start = (column: number, row: number) => fromNs + column * columnNs + (row * columnNs) / rows;
    return {
      fromNs: start(first.column * folded, first.row),
      // Of columns that are drawn as one the last.
      toNs: start(last.column * folded + folded - 1, last.row + 1),
    };
  }

  draw(theme: Theme, sight: TimeSight): void {
    const { plot } = this;
    const map = this.#map;
    if (!plot.clear(theme) || !map) return;
    const { context, width, height } = plot;
    if (this.#painted?.map !== map || this.#painted.theme !== theme) this.#paint(theme, map);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#image, 0, AXIS_HEIGHT, width, height - AXIS_HEIGHT);
    const columnNs = map.columnNs * map.folded;
    plot.drawAxis(theme, { fromNs: map.fromNs, toNs: map.fromNs + map.columns * columnNs }, 'sans-serif');
    for (const [span, dash] of [
      [sight.range, []],
      [sight.selection, [4, 3]],
    ] as const) {
      if (span) this.#outline(theme, map, span, dash);
    }
  }

  #paint(theme: Theme, map: SubsecondHeatmap): void {
    const { columns, rows, cells } = map;
    this.#image.width = columns;
    this.#image.height = rows;
    const image = new ImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const ramp = heatRamp(theme);
    const most = largest(cells);
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        const weight = cells[column * rows + row];
        const step = most > 0 && weight > 0 ? 1 + Math.min(STEPS - 1, Math.floor((weight / most) * (STEPS - 1))) : 0;
        pixels[(rows - 1 - row) * columns + column] = ramp[step];
      }
    }
    this.#image.getContext('2d')!.putImageData(image, 0, 0);
    this.#painted = { map, theme };
  }

  /** Goes round the cells of a span: it begins and ends somewhere in a column. */
  #outline(theme: Theme, map: SubsecondHeatmap, span: TimeSpan, dash: readonly number[]): void {
    const { context, width, height } = this.plot;
    const columnNs = map.columnNs * map.folded;
    const place = (ns: number) => {
      const column = Math.min(map.columns - 1e-9, Math.max(0, (ns - map.fromNs) / columnNs));
      const whole = Math.floor(column + 1e-9);
      const x = (at: number) => (at / map.columns) * width;
      // Within columns that are drawn as one nothing can be told apart.
      const within =
        map.folded === 1 ? Math.max(0, column - whole) : ns >= map.fromNs + (whole + 0.5) * columnNs ? 1 : 0;
      return { left: x(whole), right: x(whole + 1), y: height - within * (height - AXIS_HEIGHT) };
    };
    const from = place(span.fromNs);
    const to = place(span.toNs);
    context.beginPath();
    context.moveTo(from.left, from.y);
    context.lineTo(from.left, AXIS_HEIGHT + 1);
    context.lineTo(to.left, AXIS_HEIGHT + 1);
    context.lineTo(to.left, to.y);
    context.lineTo(to.right, to.y);
    context.lineTo(to.right, height - 1);
    context.lineTo(from.right, height - 1);
    context.lineTo(from.right, from.y);
    context.closePath();
    // Seen on any colour of the ramp: the ground's colour with the text's on it.
    context.strokeStyle = theme.background.formatHex();
    context.lineWidth = 5;
    context.stroke();
    context.strokeStyle = theme.foreground.formatHex();
    context.lineWidth = 2;
    context.setLineDash([...dash]);
    context.stroke();
    context.setLineDash([]);
  }

  /** Where the pointer's card says what a cell is. */
  cellTop(row: number): { readonly top: number; readonly bottom: number } {
    const high = (this.plot.height - AXIS_HEIGHT) / this.#map!.rows;
    const bottom = this.plot.height - row * high;
    return { top: bottom - high, bottom };
  }

  cellText(place: Place): { readonly at: number; readonly weight: number; readonly text: string } {
    const { fromNs, columnNs, folded, rows, cells } = this.#map!;
    const { column, row } = this.cellAt(place);
    const at = fromNs + column * folded * columnNs + (row * columnNs) / rows;
    const step = columnNs / rows;
    const offset = (row * columnNs) / rows;
    const text =
      folded === 1
        ? `${momentText(at, step)} to ${momentText(at + step, step)}`
        : `${folded} columns from ${momentText(fromNs + column * folded * columnNs, columnNs)} on, ${momentText(offset, step)} after the beginning of each`;
    return { at, weight: cells[column * rows + row], text };
  }
}

/** A second, but where that makes too few columns or too many to see anything a part of one, a minute or an hour. */
export function columnLength(lengthNs: number): number {
  if (lengthNs < 20e9) return 1e8;
  if (lengthNs < 2 * 3600e9) return 1e9;
  return lengthNs < 5 * 86_400e9 ? 60e9 : 3600e9;
}

const STEPS = 64;

/** Pixels from nothing (the ground, a little raised) over the theme's steps of heat to the most. */
function heatRamp(theme: Theme): number[] {
  const nothing = rgb(interpolateLab(theme.background, theme.foreground)(0.06));
  const stops: RGBColor[] = [rgb(interpolateLab(theme.background, theme.heat[0])(0.45)), ...theme.heat];
  const ramp = [pixel(nothing)];
  for (let step = 0; step < STEPS; step++) {
    const at = (step / (STEPS - 1)) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(at));
    ramp.push(pixel(rgb(interpolateLab(stops[below], stops[below + 1])(at - below)).clamp()));
  }
  return ramp;
}
