/**
 * Splits a whole number over parts in proportion to what is left of each, in whole numbers, and takes it off them. `amount` is at most the
 * sum of `left`. `give` gets the parts that get something. What rounding leaves goes to parts one by one, starting at `turn`, so that not
 * the same parts get it every time.
 */
export function apportion(
  amount: number,
  left: Float64Array,
  leftSum: number,
  turn: number,
  give: (part: number, share: number) => void,
): void {
  if (amount === 0 || leftSum === 0) return;
  const ratio = amount / leftSum;
  const shares = new Float64Array(left.length);
  let rest = amount;
  for (let part = 0; part < left.length; part++) {
    const share = Math.min(left[part], rest, Math.floor(left[part] * ratio));
    shares[part] = share;
    rest -= share;
  }
  for (let step = 0; rest > 0 && step < left.length; step++) {
    const part = (turn + step) % left.length;
    const more = Math.min(1, rest, left[part] - shares[part]);
    shares[part] += more;
    rest -= more;
  }
  // Numbers over 2^53 may leave more than one for each.
  for (let part = 0; rest > 0 && part < left.length; part++) {
    const more = Math.min(rest, left[part] - shares[part]);
    shares[part] += more;
    rest -= more;
  }
  for (let part = 0; part < left.length; part++) {
    if (shares[part] === 0) continue;
    left[part] -= shares[part];
    give(part, shares[part]);
  }
}

/** Splits as `apportion` does, but fills one part after another: fewest pieces, no proportion. Gives the part to go on with. */
export function fillInTurn(
  amount: number,
  left: Float64Array,
  from: number,
  give: (part: number, share: number) => void,
): number {
  let part = from;
  for (let rest = amount; rest > 0 && part < left.length; ) {
    const share = Math.min(rest, left[part]);
    if (share > 0) give(part, share);
    left[part] -= share;
    rest -= share;
    if (left[part] === 0) part++;
  }
  return part;
}
