import { fitLabel, labelForms, type MeasuredLabel, measuredLabel } from '../../src/core/profile/flame-label.ts';
import type { FlameTree } from '../../src/core/profile/queries/flame-graph.ts';
import type { TextWidth } from '../lib/text-width.ts';

/** The names of a tree's functions as they stand in frames, worked out once for each: that takes longer than to draw the frame. */
export class FlameLabels {
  readonly #tree: FlameTree;
  readonly #rootForms: readonly string[];
  readonly #widths: { readonly plain: TextWidth; readonly bold: TextWidth };
  readonly #forms: (readonly string[] | undefined)[];
  readonly #plain: MeasuredLabel[] = [];
  readonly #bold: MeasuredLabel[] = [];
  #idle = 0;

  constructor(tree: FlameTree, rootLabel: string, widths: { readonly plain: TextWidth; readonly bold: TextWidth }) {
    this.#tree = tree;
    this.#rootForms = [rootLabel];
    this.#widths = widths;
    this.#forms = new Array(tree.functions.name.length);
    this.#readAhead(1, 0);
  }

  /** What of a function's name (-1 for the root's) fits into so much room; `''` where nothing does. */
  fit(func: number, isBold: boolean, room: number): string {
    const measured = isBold ? this.#bold : this.#plain;
    // The root comes first.
    measured[func + 1] ??= measuredLabel(this.#formsOf(func), isBold ? this.#widths.bold : this.#widths.plain);
    return fitLabel(measured[func + 1], room);
  }

  dispose(): void {
    cancelIdleCallback(this.#idle);
  }

  #formsOf(func: number): readonly string[] {
    if (func < 0) return this.#rootForms;
    this.#forms[func] ??= labelForms(this.#tree.functions.name[func]);
    return this.#forms[func];
  }

  /** While nothing else is to be done: the names of the uppermost and widest calls, which a zoom shows next. */
  #readAhead(from: number, known: number): void {
    const { function: func } = this.#tree;
    this.#idle = requestIdleCallback((deadline) => {
      const end = performance.now() + MOST_MS;
      let node = from;
      let count = known;
      for (; node < func.length && count < MOST_AHEAD; node++) {
        if (this.#forms[func[node]]) continue;
        if (deadline.timeRemaining() < LEAST_MS || performance.now() > end) return this.#readAhead(node, count);
        this.#formsOf(func[node]);
        count++;
      }
    });
  }
}

const MOST_AHEAD = 3000;
/** Time that is left over for what comes next. */
const LEAST_MS = 2;
/** An idle time may be announced as 50 ms long, and the pointer move in it. */
const MOST_MS = 8;
