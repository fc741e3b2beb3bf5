/** The value after one in a list that begins anew at its end. */
export function nextOf<V>(values: readonly V[], now: V): V {
  return values[(values.indexOf(now) + 1) % values.length];
}
