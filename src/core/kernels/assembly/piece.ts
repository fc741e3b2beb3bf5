// Where bytes are that are looked at: a piece of a text, and single lines that aren't in it.
import { allocate } from './memory';
import { SLACK } from './texts';

let scratch: usize = 0;
let scratchBytes: u32 = 0;

/** Makes room for pieces of so many bytes; gives where. */
export function beginPiece(bytes: u32): usize {
  scratchBytes = 4096;
  scratch = allocate(<u64>scratchBytes + SLACK);
  return allocate(<u64>bytes + SLACK);
}

/** Where bytes can be put that aren't in the piece. */
export function scratchFor(bytes: u32): usize {
  if (bytes > scratchBytes) {
    while (bytes > scratchBytes) scratchBytes *= 2;
    scratch = allocate(<u64>scratchBytes + SLACK);
  }
  return scratch;
}
