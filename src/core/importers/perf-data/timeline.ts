/** What held from when on: values with the time each began at. Questions near the last answer are answered at once. */
export class Timeline<T> {
  readonly #from: number[] = [];
  readonly #values: T[] = [];
  /** The answer to the last question, and when it holds. */
  #answer: T | undefined;
  #since = Number.NEGATIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;

  /** Adds a value that holds from `time` on; times never go back. A second value for one time takes the first one's place. */
  push(time: number, value: T): void {
    const last = this.#from.length - 1;
    if (last >= 0 && this.#from[last] >= time) {
      this.#values[last] = value;
    } else {
      this.#from.push(time);
      this.#values.push(value);
    }
    this.#until = this.#since;
  }

  get last(): T | undefined {
    return this.#values.at(-1);
  }

  /** The value that holds at `time`; undefined before the first. */
  at(time: number): T | undefined {
    if (time >= this.#since && time < this.#until) return this.#answer;
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#from[middle] <= time) low = middle + 1;
      else high = middle;
    }
    this.#since = low === 0 ? Number.NEGATIVE_INFINITY : this.#from[low - 1];
    this.#until = this.#from[low] ?? Number.POSITIVE_INFINITY;
    this.#answer = low === 0 ? undefined : this.#values[low - 1];
    return this.#answer;
  }
}
