/** Makes times count from the least of them, which it gives: 0 where there are none. */
export function countFromFirst(time: Float64Array): number {
  let first = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < time.length; sample++) if (time[sample] < first) first = time[sample];
  if (!Number.isFinite(first)) return 0;
  for (let sample = 0; sample < time.length; sample++) time[sample] -= first;
  return first;
}
