import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import type { Layout } from './layouts.ts';
import { type ReadPlan, type RecordReader, readPlan } from './record-reader.ts';

/** The stack traces among a chunk's constants. Frames are in flat columns, innermost first. */
export class StackTraces {
  readonly #rowOf = new IntKeyMap(1024);
  readonly #start = new Int32Column();
  readonly #isTruncated = new Int32Column();
  readonly methodLow = new Int32Column(1024);
  readonly methodHigh = new Int32Column(1024);
  readonly line = new Int32Column(1024);
  readonly typeLow = new Int32Column(1024);

  static plan(layout: Layout): ReadPlan {
    return readPlan(layout, ['truncated'], { field: 'frames', names: FRAME_FIELDS });
  }

  get length(): number {
    return this.#start.length;
  }

  /** Row of a stack trace, or -1. */
  find(low: number, high: number): number {
    return this.#rowOf.get(low, high);
  }

  /** First of a row's frames. */
  start(row: number): number {
    return this.#start.at(row);
  }

  /** One past the last of a row's frames. */
  end(row: number): number {
    return row + 1 < this.#start.length ? this.#start.at(row + 1) : this.line.length;
  }

  /** Whether the recorder stopped at its depth limit, before the thread's first method. */
  isTruncated(row: number): boolean {
    return this.#isTruncated.at(row) !== 0;
  }

  /** Reads one, with its key. A key that is known already keeps its frames. */
  read(reader: RecordReader, plan: ReadPlan, readKey: () => void): void {
    const { cursor } = reader;
    readKey();
    const { low, high } = cursor;
    const isNew = this.#rowOf.get(low, high) === -1;
    const row = this.#start.length;
    if (isNew) this.#start.push(this.line.length);
    reader.low[0] = 0;
    try {
      reader.read(plan, true, (count, frame) => this.#readFrames(reader, frame, count, isNew));
    } finally {
      // Also where the bytes end within it: then it has the frames that were there.
      if (isNew) {
        this.#rowOf.set(low, high, row);
        this.#isTruncated.push(reader.low[0]);
      }
    }
  }

  #readFrames(reader: RecordReader, plan: ReadPlan, count: number, isNew: boolean): void {
    const { low, high } = reader;
    for (let left = count; left > 0; left--) {
      low[LINE] = 0;
      low[TYPE] = 0;
      reader.read(plan, true);
      if (!isNew) continue;
      this.methodLow.push(low[METHOD]);
      this.methodHigh.push(high[METHOD]);
      // JFR has -1 where it knows no line.
      this.line.push(Math.max(0, low[LINE]));
      this.typeLow.push(low[TYPE]);
    }
  }
}

/** Slot 0 is the stack trace's own. */
const FRAME_FIELDS = ['\0', 'method', 'lineNumber', 'type'];
const METHOD = 1;
const LINE = 2;
const TYPE = 3;
