import { FRAME_KINDS } from './profile.ts';

/**
 * By function: the kind of code that most of what it costs itself was in, as a position in FRAME_KINDS; where it costs nothing, one of those
 * it was in. `self` has a row for each place in a call tree where a function was, as have `func` and `kind`, or else `frame`, which
 * says where a row's are in those; a function below 0 is none.
 */
export function kindOfEach(
  functions: number,
  func: ArrayLike<number>,
  kind: ArrayLike<number>,
  self: ArrayLike<number>,
  frame?: ArrayLike<number>,
): Uint8Array {
  const kinds = FRAME_KINDS.length;
  const weights = new Float64Array(functions * kinds);
  const most = new Uint8Array(functions);
  for (let row = 0; row < self.length; row++) {
    const at = frame ? frame[row] : row;
    if (func[at] < 0) continue;
    most[func[at]] = kind[at];
    if (self[row] !== 0) weights[func[at] * kinds + kind[at]] += self[row];
  }
  for (let at = 0; at < functions; at++) {
    for (let own = 0; own < kinds; own++) {
      if (weights[at * kinds + own] > weights[at * kinds + most[at]]) most[at] = own;
    }
  }
  return most;
}
