/** A line or column, counted from 1, that fits into a column of the model; 0 where it is none. */
export function placeNumber(number: number): number {
  return number > 0 && number < 2 ** 31 ? Math.trunc(number) : 0;
}
