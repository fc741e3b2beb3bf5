import { Float64Column, Int32Column } from './column.ts';

/**
 * The boxes of a flame graph with those joined into one piece that stand next to one another and are narrow: what a picture from far away
 * is drawn from, since to look at every box takes longer than to draw. Pieces are in the order of their boxes and hold each once.
 */
export interface FlameLevel {
  /** Boxes, and gaps between boxes, are joined below this share of the root's width. */
  readonly narrow: number;
  /** By row, with one more at the end: its first piece. */
  readonly rowStart: Int32Array;
  /** By piece, with one more at the end: its first box. */
  readonly first: Int32Array;
  /** Left and right edge, as shares of the root's width. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** How wide its boxes are together. */
  readonly filled: Float64Array;
}

interface Boxes {
  readonly rowStart: Int32Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** For a picture of 1,200 pixels whose boxes are joined below half a pixel: up to four times as wide as that, and up to 14 times. */
const NARROW = [2 ** -13, 2 ** -15];

/** From the coarsest to the finest; only those that have far fewer pieces than there are boxes. */
export function flameLevels(boxes: Boxes): readonly FlameLevel[] {
  return NARROW.map((narrow) => flameLevel(boxes, narrow)).filter(({ left }) => left.length * 3 < boxes.left.length);
}

function flameLevel({ rowStart, left, right }: Boxes, narrow: number): FlameLevel {
  const rows = rowStart.length - 1;
  const pieceStart = new Int32Array(rows + 1);
  const first = new Int32Column();
  const lefts = new Float64Column();
  const rights = new Float64Column();
  const filled = new Float64Column();
  for (let row = 0; row < rows; row++) {
    pieceStart[row] = first.length;
    const end = rowStart[row + 1];
    for (let box = rowStart[row]; box < end; ) {
      first.push(box);
      lefts.push(left[box]);
      let width = right[box] - left[box];
      if (width >= narrow) box++;
      else {
        while (++box < end && left[box] - right[box - 1] < narrow) {
          const wider = right[box] - left[box];
          if (wider >= narrow) break;
          width += wider;
        }
      }
      rights.push(right[box - 1]);
      filled.push(width);
    }
  }
  pieceStart[rows] = first.length;
  first.push(left.length);
  return {
    narrow,
    rowStart: pieceStart,
    first: first.finish(),
    left: lefts.finish(),
    right: rights.finish(),
    filled: filled.finish(),
  };
}
