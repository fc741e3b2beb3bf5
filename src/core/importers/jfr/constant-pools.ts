import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { CutShort } from '../reading/byte-cursor.ts';
import type { ChunkTypes } from './layouts.ts';
import { type ReadPlan, type RecordReader, readPlan } from './record-reader.ts';
import { StackTraces } from './stack-traces.ts';

/**
 * The constants of a chunk that stacks, threads and labels are made of, by the keys that events and other constants have. References are
 * followed when they are asked for and only along the few paths below, so it doesn't matter whether they go round in circles.
 */
export class ConstantPools {
  readonly stackTraces = new StackTraces();
  readonly #pools = new Map<string, Pool>(Object.entries(WANTED).map(([name, fields]) => [name, newPool(fields)]));
  readonly #types: ChunkTypes;
  readonly #plans = new Map<number, ReadPlan>();
  /** What couldn't be read. */
  readonly unreadable = new Set<string>();

  constructor(types: ChunkTypes) {
    this.#types = types;
  }

  /**
   * Reads a checkpoint's body, and gives the offset from it to the one before it (0 for the first). A key that is known already keeps its
   * value. Throws CutShort where the bytes don't hold what they say.
   */
  read(reader: RecordReader): number {
    const { cursor } = reader;
    cursor.long(); // time
    cursor.long(); // duration
    cursor.long();
    const delta = cursor.value;
    cursor.byte(); // why it was written
    for (let pools = cursor.count(); pools > 0; pools--) {
      cursor.long();
      const type = cursor.value;
      if (!this.readPool(reader, type)) return delta;
    }
    return delta;
  }

  /** Row of a constant in its class's pool, or -1. */
  find(name: PoolName, low: number, high: number): number {
    return this.#pool(name).rowOf.get(low, high);
  }

  /** Rows are numbered in the order they were read. */
  size(name: PoolName): number {
    return this.#pool(name).rows;
  }

  low(name: PoolName, row: number, field: number): number {
    const { low, fields } = this.#pool(name);
    return low.at(row * fields.length + field);
  }

  high(name: PoolName, row: number, field: number): number {
    const { high, fields } = this.#pool(name);
    return high.at(row * fields.length + field);
  }

  /** A row's field that is a text. */
  text(name: PoolName, row: number, field: number): string {
    const { texts, fields } = this.#pool(name);
    if (row < 0) return '';
    const cell = row * fields.length + field;
    const text = texts[cell];
    return text ?? this.string(this.low(name, row, field), this.high(name, row, field));
  }

  /** A constant of the class String. */
  string(low: number, high: number): string {
    const row = this.find('java.lang.String', low, high);
    // A string that refers to another is of no writer's making, and isn't followed.
    return row === -1 ? '' : (this.#pool('java.lang.String').texts[row] ?? '');
  }

  symbol(low: number, high: number): string {
    return this.text('jdk.types.Symbol', this.find('jdk.types.Symbol', low, high), 0);
  }

  /** Name of a class as the JVM has it, `java/util/HashMap` or `[I`; `''` where it isn't known. */
  className(low: number, high: number): string {
    const row = this.find('java.lang.Class', low, high);
    return row === -1 ? '' : this.symbolOf('java.lang.Class', row, 0);
  }

  /** A row's field that is a symbol: a key of one, or a text itself. */
  symbolOf(name: PoolName, row: number, field: number): string {
    const { texts, fields } = this.#pool(name);
    const text = texts[row * fields.length + field];
    const [low, high] = [this.low(name, row, field), this.high(name, row, field)];
    return text === null ? this.string(low, high) : text || this.symbol(low, high);
  }

  #pool(name: PoolName): Pool {
    return this.#pools.get(name) as Pool;
  }

  /**
   * Reads the constants of a type, from their number on; false where it can't be read. `readKey` reads a key; a pool's `keyField` is given
   * the key where a constant has no such field itself.
   */
  readPool(reader: RecordReader, type: number, readKey = () => reader.cursor.long(), keyField = -1): boolean {
    const { cursor } = reader;
    const name = this.#types.nameOf(type) ?? '';
    const layout = this.#types.layoutOf(type);
    if (!layout) {
      this.unreadable.add(name || `type ${type}`);
      return false;
    }
    if (name === 'jdk.types.StackTrace') {
      const plan = this.#plan(type, () => StackTraces.plan(layout));
      for (let left = cursor.count(); left > 0; left--) this.stackTraces.read(reader, plan, readKey);
      return true;
    }
    const pool = this.#pools.get(name);
    const plan = this.#plan(type, () => readPlan(layout, pool?.fields ?? []));
    for (let left = cursor.count(); left > 0; left--) {
      readKey();
      const { low, high } = cursor;
      if (pool) {
        reader.low.fill(0);
        reader.high.fill(0);
        reader.texts.fill('');
      }
      reader.read(plan, true);
      if (!pool) continue;
      if (keyField >= 0) reader.low[keyField] = low;
      addRow(pool, low, high, reader);
    }
    return true;
  }

  #plan(type: number, make: () => ReadPlan): ReadPlan {
    let plan = this.#plans.get(type);
    if (!plan) {
      plan = make();
      this.#plans.set(type, plan);
    }
    return plan;
  }
}

interface Pool {
  readonly fields: readonly string[];
  readonly rowOf: IntKeyMap;
  rows: number;
  /** By row and field. */
  readonly low: Int32Column;
  readonly high: Int32Column;
  readonly texts: (string | null)[];
}

/** Classes whose constants are kept, and the fields of them. */
const WANTED = {
  'java.lang.String': [''],
  'java.lang.Thread': ['osName', 'osThreadId', 'javaName', 'javaThreadId', 'virtual'],
  'java.lang.Class': ['name'],
  'jdk.types.Symbol': ['string'],
  'jdk.types.Method': ['type', 'name', 'descriptor'],
  'jdk.types.FrameType': ['description'],
  'jdk.types.ThreadState': ['name'],
  'jdk.types.OldObject': ['type'],
} as const;
export type PoolName = keyof typeof WANTED;

function newPool(fields: readonly string[]): Pool {
  return { fields, rowOf: new IntKeyMap(), rows: 0, low: new Int32Column(), high: new Int32Column(), texts: [] };
}

function addRow(pool: Pool, low: number, high: number, reader: RecordReader): void {
  if (pool.rowOf.get(low, high) !== -1) return;
  if (pool.rows >= MOST_ROWS) throw new CutShort();
  pool.rowOf.set(low, high, pool.rows++);
  for (let field = 0; field < pool.fields.length; field++) {
    pool.low.push(reader.low[field]);
    pool.high.push(reader.high[field]);
    pool.texts.push(reader.texts[field]);
  }
}

const MOST_ROWS = 1 << 26;
