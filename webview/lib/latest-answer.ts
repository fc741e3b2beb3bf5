/**
 * Asks one question at a time. Of those that come while one is being answered only the last is asked: who turns the wheel wants to see
 * where he has come to, not every place on the way.
 */
export class LatestAnswer<A, R> {
  readonly #ask: (question: A) => Promise<R>;
  readonly #show: (answer: R, question: A) => void;
  readonly #failed: (error: unknown) => void;
  #next: { readonly question: A } | undefined;
  #isAsking = false;
  /** Answers to questions before this one are nobody's any more. */
  #era = 0;

  constructor(
    ask: (question: A) => Promise<R>,
    show: (answer: R, question: A) => void,
    failed: (error: unknown) => void,
  ) {
    this.#ask = ask;
    this.#show = show;
    this.#failed = failed;
  }

  ask(question: A): void {
    this.#next = { question };
    if (!this.#isAsking) void this.#run();
  }

  /** What is asked now, or was to be, is of no use any more. */
  forget(): void {
    this.#era++;
    this.#next = undefined;
  }

  async #run(): Promise<void> {
    this.#isAsking = true;
    while (this.#next) {
      const { question } = this.#next;
      this.#next = undefined;
      const era = this.#era;
      try {
        const answer = await this.#ask(question);
        if (era === this.#era) this.#show(answer, question);
      } catch (error) {
        if (era === this.#era) this.#failed(error);
      }
    }
    this.#isAsking = false;
  }
}
