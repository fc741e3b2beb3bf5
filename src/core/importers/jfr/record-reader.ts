import { CutShort } from '../reading/byte-cursor.ts';
import { type JfrCursor, STRING } from './jfr-cursor.ts';
import { type Layout, OPERATION } from './layouts.ts';

/** A plan to read some fields of a class's values into slots, and to go past the others. */
export interface ReadPlan {
  /** Of each step: what is done, an OPERATION. */
  readonly operations: Uint8Array;
  /** Of each step: the slot that its value goes to, or -1. */
  readonly slots: Int8Array;
  /** Of each step: layout of what is nested. */
  readonly inner: readonly (Layout | null)[];
  /** Of each step: plan for the items of an array that is given away one by one. */
  readonly itemPlan: ReadPlan | null;
  /** How many steps there are up to the last that is wanted. */
  readonly wanted: number;
  /** By slot: unit of the field, `TICKS`, or undefined where the class lacks the field. */
  readonly units: readonly (string | undefined)[];
}

/**
 * A plan for the fields with these names: the n-th name's value goes to slot n, the first of several that the class has. With `items`, the
 * array field of that name is read by the plan given and its items are handed out.
 */
export function readPlan(
  layout: Layout,
  names: readonly string[],
  items?: { readonly field: string; readonly names: readonly string[] },
): ReadPlan {
  const { steps } = layout;
  const operations = new Uint8Array(steps.length);
  const slots = new Int8Array(steps.length).fill(-1);
  const units: (string | undefined)[] = names.map(() => undefined);
  let wanted = 0;
  let itemPlan: ReadPlan | null = null;
  for (const [index, { operation, field, unit, inner }] of steps.entries()) {
    operations[index] = operation;
    const slot = names.indexOf(field);
    if (items && operation === ARRAY && field === items.field && inner && !itemPlan) {
      itemPlan = readPlan(inner, items.names);
      operations[index] = ITEMS;
      wanted = index + 1;
    } else if (slot >= 0 && units[slot] === undefined && operation !== STRUCT && operation !== ARRAY) {
      slots[index] = slot;
      units[slot] = unit;
      wanted = index + 1;
    }
  }
  return { operations, slots, inner: steps.map(({ inner }) => inner), itemPlan, wanted, units };
}

/** Reads values by plans. What a field holds is in the slots until the next value is read. */
export class RecordReader {
  readonly cursor: JfrCursor;
  readonly low = new Int32Array(MOST_SLOTS);
  readonly high = new Int32Array(MOST_SLOTS);
  /** By slot: the text, or null where it is a key of the strings' constants, which is in `low` and `high`. */
  readonly texts: (string | null)[] = new Array<string | null>(MOST_SLOTS).fill('');

  constructor(cursor: JfrCursor) {
    this.cursor = cursor;
  }

  /** The slot's integer as a number. */
  number(slot: number): number {
    return this.high[slot] * 2 ** 32 + (this.low[slot] >>> 0);
  }

  /**
   * Reads the fields that the plan wants, and no further unless `whole`. `onItem` is called for each item of the array that the plan hands
   * out, whose values are in the slots then; the slots of fields before it are overwritten.
   */
  read(plan: ReadPlan, whole: boolean, onItems?: (count: number, plan: ReadPlan) => void): void {
    const { cursor } = this;
    const steps = whole ? plan.operations.length : plan.wanted;
    for (let step = 0; step < steps; step++) {
      const operation = plan.operations[step];
      const slot = plan.slots[step];
      if (operation === KEY || operation === LONG) cursor.long();
      else if (operation === BYTE) cursor.byte();
      else if (operation === INT) cursor.int();
      else if (operation === SHORT) cursor.short();
      else if (operation === TEXT) {
        this.#text(slot);
        continue;
      } else if (operation === LEGACY_UTF8 || operation === LEGACY_UTF16) {
        const text = cursor.legacyText(operation === LEGACY_UTF16, slot >= 0);
        if (slot >= 0) this.texts[slot] = text;
        continue;
      } else if (operation === ITEMS) {
        if (plan.itemPlan && onItems) onItems(cursor.count(), plan.itemPlan);
        continue;
      } else {
        this.#skip(operation, plan.inner[step], 0);
        continue;
      }
      if (slot >= 0) {
        this.low[slot] = cursor.low;
        this.high[slot] = cursor.high;
      }
    }
  }

  #text(slot: number): void {
    const { cursor } = this;
    cursor.byte();
    const encoding = cursor.low;
    if (slot < 0) {
      cursor.skipText(encoding);
    } else if (encoding === STRING.reference) {
      cursor.long();
      this.low[slot] = cursor.low;
      this.high[slot] = cursor.high;
      this.texts[slot] = null;
    } else {
      this.texts[slot] = cursor.text(encoding);
    }
  }

  /** Goes past a value. Layouts are nested some levels at most, and each of their steps takes a byte. */
  #skip(operation: number, inner: Layout | null, depth: number): void {
    const { cursor } = this;
    if (depth > DEEPEST) throw new CutShort();
    if (operation === KEY || operation === LONG) cursor.long();
    else if (operation === BYTE) cursor.byte();
    else if (operation === INT) cursor.int();
    else if (operation === SHORT) cursor.short();
    else if (operation === FLOAT) cursor.advance(4);
    else if (operation === DOUBLE) cursor.advance(8);
    else if (operation === TEXT) this.#text(-1);
    else if (operation === LEGACY_UTF8 || operation === LEGACY_UTF16)
      cursor.legacyText(operation === LEGACY_UTF16, false);
    else if (operation === STRUCT) this.#skipAll(inner, depth);
    else if (inner === null) cursor.int();
    else for (let left = cursor.count(); left > 0; left--) this.#skipAll(inner, depth);
  }

  #skipAll(layout: Layout | null, depth: number): void {
    for (const step of layout?.steps ?? []) this.#skip(step.operation, step.inner, depth + 1);
  }
}

const {
  byte: BYTE,
  short: SHORT,
  int: INT,
  long: LONG,
  key: KEY,
  float: FLOAT,
  double: DOUBLE,
  text: TEXT,
  struct: STRUCT,
  array: ARRAY,
  items: ITEMS,
  legacyUtf8: LEGACY_UTF8,
  legacyUtf16: LEGACY_UTF16,
} = OPERATION;

const MOST_SLOTS = 16;
/** More than Layouts lets pass: an array and its item are two levels. */
const DEEPEST = 100;
