/** Runs work one after the other, in order. Of work of one kind that waits, only the last is done: who types isn't to wait for every letter. */
export class WorkQueue {
  readonly #onBusy: (isBusy: boolean) => void;
  #isRunning = false;
  #waiting: { readonly work: () => Promise<void>; readonly kind: string | undefined }[] = [];

  constructor(onBusy: (isBusy: boolean) => void) {
    this.#onBusy = onBusy;
  }

  /** @param work must not throw */
  add(work: () => Promise<void>, kind?: string): void {
    if (kind !== undefined) this.#waiting = this.#waiting.filter((other) => other.kind !== kind);
    this.#waiting.push({ work, kind });
    if (!this.#isRunning) void this.#start();
  }

  async #start(): Promise<void> {
    this.#isRunning = true;
    this.#onBusy(true);
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await next.work();
    this.#isRunning = false;
    this.#onBusy(false);
  }
}
