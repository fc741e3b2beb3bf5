/** Whether a number of microseconds stays finite when it is added up and made nanoseconds, to a thousandth. */
export function isMicroseconds(time: number): boolean {
  return Math.abs(time) < MOST;
}

const MOST = 1e290;
