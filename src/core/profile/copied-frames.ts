import type { FrameIndex, FrameTable } from './profile.ts';

/** A frame table with copies of some of its rows after the others, for whoever makes them into something else before the table is used. */
export function withCopiedFrames(frames: FrameTable, rows: readonly FrameIndex[]): FrameTable {
  const length = frames.length + rows.length;
  const longer = <T extends Int32Array | Uint32Array | Uint8Array>(column: ArrayLike<number>, own: T): T => {
    own.set(column);
    for (const [at, row] of rows.entries()) own[frames.length + at] = column[row];
    return own;
  };
  const address = new BigUint64Array(length);
  address.set(frames.address);
  for (const [at, row] of rows.entries()) address[frames.length + at] = frames.address[row];
  return {
    length,
    function: longer(frames.function, new Int32Array(length)),
    file: longer(frames.file, new Int32Array(length)),
    line: longer(frames.line, new Uint32Array(length)),
    column: longer(frames.column, new Uint32Array(length)),
    module: longer(frames.module, new Int32Array(length)),
    address,
    inlined: longer(frames.inlined, new Uint8Array(length)),
    kind: longer(frames.kind, new Uint8Array(length)),
  };
}
