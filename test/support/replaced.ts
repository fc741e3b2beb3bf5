/** Puts something in the place of a property for as long as `run` takes. */
export async function replaced<T extends object, K extends keyof T, R>(
  of: T,
  key: K,
  by: T[K],
  run: () => Promise<R>,
): Promise<R> {
  const former = of[key];
  of[key] = by;
  try {
    return await run();
  } finally {
    of[key] = former;
  }
}
