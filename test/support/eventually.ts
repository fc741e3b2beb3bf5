import { PATIENCE_MS } from './patience.ts';

/**
 * Runs an assertion again until it holds, for what a page does in its own time.
 * @param patienceMs after this long it fails as it failed last
 */
export async function eventually<T>(assertion: () => T | Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
