/** After this long, in milliseconds, one wants to know what is going on. */
const SLOW_MS = 150;

/** The work's result; calls `say` in the meantime where it takes long. */
export function whenSlow<T>(work: Promise<T>, say: () => void): Promise<T> {
  const slow = setTimeout(say, SLOW_MS);
  return work.finally(() => clearTimeout(slow));
}
