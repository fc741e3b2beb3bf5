/** How work is watched: it ends soon after the signal. */
export interface Watch<Progress> {
  readonly signal: AbortSignal;
  progress(at: Progress): void;
}

/** Work that is done once, however many wait for it. Each may give it up for itself; the work is given up when nobody waits any more. */
export class SharedWork<Result, Progress> {
  readonly #cancel = new AbortController();
  readonly #waiting = new Set<Watch<Progress>>();
  readonly #result: Promise<Result>;

  constructor(work: (watch: Watch<Progress>) => Promise<Result>) {
    const progress = (at: Progress) => {
      for (const watch of this.#waiting) watch.progress(at);
    };
    this.#result = work({ signal: this.#cancel.signal, progress });
  }

  /** Nobody waits any more: who comes now has to begin anew. */
  get isOver(): boolean {
    return this.#cancel.signal.aborted;
  }

  /** Throws what the work throws, or, at once, the reason of the signal. */
  async wait(watch: Watch<Progress>): Promise<Result> {
    const { signal } = watch;
    const givenUp = Promise.withResolvers<never>();
    const giveUp = () => givenUp.reject(signal.reason);
    this.#waiting.add(watch);
    signal.addEventListener('abort', giveUp);
    try {
      if (signal.aborted) giveUp();
      return await Promise.race([givenUp.promise, this.#result]);
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#waiting.delete(watch);
      if (this.#waiting.size === 0) this.#cancel.abort();
    }
  }
}
