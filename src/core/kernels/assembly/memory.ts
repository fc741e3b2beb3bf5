/** Called where no more memory is to be had; it throws. */
declare function full(): void;

const PAGE: usize = 65536;

let free: usize = 0;
/** What was given back, and where it ends. */
let spare: usize = 0;
let spareEnd: usize = 0;

/** So many bytes, all of them zero, from a place that is a multiple of 16. */
export function allocate(bytes: u64): usize {
  if (bytes > MOST) full();
  if (free === 0) free = (__heap_base + 15) & ~15;
  const needed = (<usize>bytes + 15) & ~15;
  if (spare + needed <= spareEnd) {
    const start = spare;
    spare += needed;
    memory.fill(start, 0, needed);
    return start;
  }
  const start = free;
  const end = <u64>start + needed;
  const missing = <i32>((end + PAGE - 1) / PAGE) - memory.size();
  if (end > MOST || (missing > 0 && memory.grow(missing) < 0)) full();
  free = <usize>end;
  return start;
}

/** Addresses are of 32 bits. */
const MOST: u64 = 0xffff_0000;

/** Gives bytes back. Only the largest that was is used again, from one end to the other: it is for tables that outgrew their place. */
export function release(start: usize, bytes: u64): void {
  if (<usize>bytes <= spareEnd - spare) return;
  spare = start;
  spareEnd = start + <usize>bytes;
}

/** The same bytes elsewhere, with as many zeros behind them. */
export function enlarged(start: usize, bytes: u64): usize {
  const larger = allocate(bytes * 2);
  memory.copy(larger, start, <usize>bytes);
  release(start, bytes);
  return larger;
}
