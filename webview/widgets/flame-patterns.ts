import type { Theme } from '../lib/theme.ts';

/** Slanted lines for the kernel, dashes, light and dark so that they can be seen on any colour, under what was inlined, a line along what changed, dots on an aggregate: in one theme and resolution. */
export interface FlamePatterns {
  readonly theme: Theme;
  readonly ratio: number;
  readonly kernel: CanvasPattern;
  readonly inlined: CanvasPattern;
  readonly line: CanvasPattern;
  readonly aggregate: CanvasPattern;
}

export function flamePatterns(context: CanvasRenderingContext2D, theme: Theme, ratio: number): FlamePatterns {
  const tile = (size: number, draw: (tile: CanvasRenderingContext2D) => void): CanvasPattern => {
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(size * ratio);
    canvas.height = canvas.width;
    const on = canvas.getContext('2d')!;
    on.scale(canvas.width / size, canvas.width / size);
    draw(on);
    return context.createPattern(canvas, 'repeat')!;
  };
  const ink = (opacity: number) => theme.foreground.copy({ opacity }).formatRgb();
  const paper = (opacity: number) => theme.background.copy({ opacity }).formatRgb();
  return {
    theme,
    ratio,
    kernel: tile(8, (on) => {
      on.strokeStyle = ink(0.16);
      on.lineWidth = 1.5;
      for (const from of [-8, 0, 8]) {
        on.moveTo(from, 8);
        on.lineTo(from + 8, 0);
      }
      on.stroke();
    }),
    inlined: tile(6, (on) => {
      on.fillStyle = ink(0.75);
      on.fillRect(0, 0, 3, 6);
      on.fillStyle = paper(0.75);
      on.fillRect(3, 0, 3, 6);
    }),
    line: tile(2, (on) => {
      on.fillStyle = ink(0.85);
      on.fillRect(0, 0, 2, 2);
    }),
    aggregate: tile(4, (on) => {
      on.fillStyle = paper(0.7);
      on.fillRect(0, 0, 2, 2);
      on.fillRect(2, 2, 2, 2);
    }),
  };
}
