/**
 * Whether work is given up that a worker does without a pause, in which it hears no message: memory that both threads see. Its work is
 * either done or given up, never both.
 */
export type GiveUp = Int32Array<SharedArrayBuffer>;

export function canGiveUp(): GiveUp {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Gives it up; false where it is too late for that. */
export function giveUp(work: GiveUp): boolean {
  return Atomics.compareExchange(work, 0, GOING_ON, GIVEN_UP) !== DONE;
}

/** For who does the work: throws an AbortError where it is given up. */
export function throwIfGivenUp(work: GiveUp | undefined): void {
  if (work && Atomics.load(work, 0) === GIVEN_UP) throw new DOMException('Cancelled', 'AbortError');
}

/** For who does the work, before what can't be taken back: from now on it can't be given up. Throws as `throwIfGivenUp` does. */
export function finish(work: GiveUp | undefined): void {
  if (work) Atomics.compareExchange(work, 0, GOING_ON, DONE);
  throwIfGivenUp(work);
}

const GOING_ON = 0;
const GIVEN_UP = 1;
const DONE = 2;
