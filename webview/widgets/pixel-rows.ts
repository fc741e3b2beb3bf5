/**
 * Rows of rectangles, drawn a row at a time: a row is one line of pixels, made by hand and stretched to its height. That costs the same
 * however many rectangles there are, where a canvas call for each would take most of a frame's time.
 */
export class PixelRows {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d')!;
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(1);
  #width = 1;
  #lines = 1;

  /** Makes room for lines of a width, and empties them. */
  clear(width: number, lines: number): void {
    if (width === this.#width && lines === this.#lines) {
      this.#pixels.fill(0);
      return;
    }
    this.#width = width;
    this.#lines = lines;
    this.#canvas.width = width;
    // The lower half has the edges below each row.
    this.#canvas.height = lines * 2;
    this.#image = new ImageData(width, lines * 2);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
  }

  /** Fills a line from `left` to before `right`. A pixel is what `pixel` gives. */
  fill(line: number, left: number, right: number, pixel: number): void {
    const pixels = this.#pixels;
    const from = line * this.#width;
    // A call costs more than a few pixels.
    if (right - left > 16) pixels.fill(pixel, from + left, from + right);
    else for (let x = left; x < right; x++) pixels[from + x] = pixel;
  }

  /** Draws the edge of a rectangle: to its right, and below it. */
  edge(line: number, left: number, right: number, pixel: number): void {
    this.#pixels[line * this.#width + right - 1] = pixel;
    const below = (this.#lines + line) * this.#width;
    this.#pixels.fill(pixel, below + left, below + right);
  }

  /** Draws the first lines on a canvas, each as a row with its top there. */
  draw(context: CanvasRenderingContext2D, tops: readonly number[], height: number, edgeHeight: number): void {
    const width = this.#width;
    this.#context.putImageData(this.#image, 0, 0);
    context.imageSmoothingEnabled = false;
    tops.forEach((top, line) => {
      context.drawImage(this.#canvas, 0, line, width, 1, 0, top, width, height);
      if (edgeHeight > 0) {
        context.drawImage(this.#canvas, 0, this.#lines + line, width, 1, 0, top + height, width, edgeHeight);
      }
    });
  }
}

/** A colour as a pixel of an image, on a machine whose low byte comes first: every one that VS Code runs on. */
export function pixel({ r, g, b }: { r: number; g: number; b: number }): number {
  return ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}
