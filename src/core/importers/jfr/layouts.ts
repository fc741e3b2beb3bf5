import type { JfrClass, JfrClasses, JfrField } from './metadata.ts';

/** How a class's values are written: its fields one after another, without names or lengths. Every step reads a byte at least. */
export interface Layout {
  readonly steps: readonly Step[];
}

export interface Step {
  readonly operation: Operation;
  /** Name of the class's own field that it reads. */
  readonly field: string;
  /** Of the class that is read, or that a key refers to. */
  readonly className: string;
  readonly unit: string;
  /** Of a struct: how it is written. Of an array: how one of its items is; null where items take no bytes. */
  readonly inner: Layout | null;
}

/** Types of a chunk, by id. */
export interface ChunkTypes {
  /** The type's name, or undefined where there's none. */
  nameOf(id: number): string | undefined;
  /** How its values are written; undefined where they can't be read. */
  layoutOf(id: number): Layout | undefined;
}

/** What a step reads; `items` is an array that is handed out item by item. */
export const OPERATION = {
  byte: 0,
  short: 1,
  int: 2,
  long: 3,
  key: 4,
  float: 5,
  double: 6,
  text: 7,
  struct: 8,
  array: 9,
  items: 10,
  /** Texts of version 0: UTF-8 after two bytes of length, and UTF-16 after four. */
  legacyUtf8: 11,
  legacyUtf16: 12,
} as const;
export type Operation = (typeof OPERATION)[keyof typeof OPERATION];

/** Layouts of a chunk's classes, made as they are asked for. */
export class Layouts implements ChunkTypes {
  readonly #classes: JfrClasses;
  readonly #made = new Map<number, Layout | 'in the making' | 'not readable'>();

  constructor(classes: JfrClasses) {
    this.#classes = classes;
  }

  nameOf(id: number): string | undefined {
    return this.#classes.get(id)?.name;
  }

  /** Undefined where the class isn't described, contains itself, or is nested too deep. */
  layoutOf(id: number): Layout | undefined {
    const layout = this.#layout(id, 0);
    return layout === 'not readable' ? undefined : layout;
  }

  #layout(id: number, depth: number): Layout | 'not readable' {
    const known = this.#made.get(id);
    if (known === 'in the making') return 'not readable';
    if (known !== undefined) return known;
    const type = this.#classes.get(id);
    if (!type || depth > DEEPEST) return 'not readable';
    this.#made.set(id, 'in the making');
    const layout = this.#layoutOf(type, depth);
    this.#made.set(id, layout);
    return layout;
  }

  #layoutOf(type: JfrClass, depth: number): Layout | 'not readable' {
    const own = PRIMITIVES[type.name];
    if (own !== undefined)
      return { steps: [{ operation: own, field: '', className: type.name, unit: '', inner: null }] };
    const steps: Step[] = [];
    for (const field of type.fields) {
      const step = this.#step(field, depth);
      if (step === 'not readable') return step;
      if (step) steps.push(step);
    }
    return { steps };
  }

  /** A field's step; null where it takes no bytes. */
  #step({ name, type, isConstant, isArray, unit }: JfrField, depth: number): Step | null | 'not readable' {
    const className = this.#classes.get(type)?.name ?? '';
    const about = { field: name, className, unit };
    let operation: Operation = OPERATION.key;
    let inner: Layout | null = null;
    if (!isConstant) {
      const layout = this.#layout(type, depth + 1);
      if (layout === 'not readable') return layout;
      const primitive = PRIMITIVES[className];
      operation = primitive ?? OPERATION.struct;
      inner = primitive === undefined ? layout : null;
      if (inner?.steps.length === 0 && !isArray) return null;
    }
    const item: Step = { ...about, operation, inner };
    if (!isArray) return item;
    const items = inner ?? { steps: [item] };
    return { ...about, operation: OPERATION.array, inner: items.steps.length === 0 ? null : items };
  }
}

/** Classes nest three deep in what JDKs write. */
const DEEPEST = 32;

const PRIMITIVES: Readonly<Record<string, Operation | undefined>> = Object.assign(Object.create(null), {
  boolean: OPERATION.byte,
  byte: OPERATION.byte,
  short: OPERATION.short,
  char: OPERATION.short,
  int: OPERATION.int,
  long: OPERATION.long,
  float: OPERATION.float,
  double: OPERATION.double,
  'java.lang.String': OPERATION.text,
});
