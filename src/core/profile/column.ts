/**
 * Columns that grow: typed arrays that double when they are full, up to MOST_ROWS; a RangeError says where there would be more. `finish()` gives the exact column (a copy of the used part,
 * so that nothing holds on to the spare room and the buffer can be transferred).
 */
export class Int32Column {
  #values: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 64) {
    this.#values = new Int32Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.#values.length) this.#values = grown(this.#values, Int32Array);
    this.#values[this.length] = value;
    return this.length++;
  }

  /** Adds many. */
  append(values: Int32Array): void {
    while (this.length + values.length > this.#values.length) this.#values = grown(this.#values, Int32Array);
    this.#values.set(values, this.length);
    this.length += values.length;
  }

  at(index: number): number {
    return this.#values[index];
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  finish(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}

export class Float64Column {
  #values: Float64Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 64) {
    this.#values = new Float64Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.#values.length) this.#values = grown(this.#values, Float64Array);
    this.#values[this.length] = value;
    return this.length++;
  }

  /** Adds many, `more` to each. */
  append(values: Int32Array, more = 0): void {
    while (this.length + values.length > this.#values.length) this.#values = grown(this.#values, Float64Array);
    const own = this.#values;
    if (more === 0) own.set(values, this.length);
    else for (let from = 0, to = this.length; from < values.length; from++, to++) own[to] = values[from] + more;
    this.length += values.length;
  }

  at(index: number): number {
    return this.#values[index];
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  finish(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}

/** Most rows of a column. What is longer would take many GB with the other columns of its table. */
export const MOST_ROWS = 2 ** 26;

function grown<T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  old: T,
  make: new (buffer: ArrayBuffer) => T,
): T {
  if (old.length >= MOST_ROWS) throw new RangeError(`a table of more than ${MOST_ROWS} rows`);
  // The old room is given back at once, and not when it is met as garbage.
  const bytes = Math.max(64, old.length * 2) * old.BYTES_PER_ELEMENT;
  return new make(old.buffer.transfer(bytes));
}
