/**
 * Columns that grow: typed arrays that double when they are full. `finish()` gives the exact column (a copy of the used part,
 * so that nothing holds on to the spare room and the buffer can be transferred).
 */
export class Int32Column {
  #values: Int32Array;
  length = 0;

  constructor(capacity = 64) {
    this.#values = new Int32Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.#values.length) this.#values = grown(this.#values, Int32Array);
    this.#values[this.length] = value;
    return this.length++;
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
  #values: Float64Array;
  length = 0;

  constructor(capacity = 64) {
    this.#values = new Float64Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.#values.length) this.#values = grown(this.#values, Float64Array);
    this.#values[this.length] = value;
    return this.length++;
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

function grown<T extends Int32Array | Float64Array>(old: T, make: new (length: number) => T): T {
  const larger = new make(Math.max(64, old.length * 2));
  larger.set(old);
  return larger;
}
