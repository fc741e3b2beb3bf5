export function isBlank(byte: u8): bool {
  return byte === 0x20 || byte === 0x09;
}

/** Whether so many bytes are the same in two places. */
export function areEqual(one: usize, other: usize, length: usize): bool {
  if (length < 16) {
    for (let at: usize = 0; at < length; at++) if (load<u8>(one + at) !== load<u8>(other + at)) return false;
    return true;
  }
  const last = length - 16;
  for (let at: usize = 0; at < last; at += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(one + at), v128.load(other + at)))) return false;
  }
  return i8x16.all_true(i8x16.eq(v128.load(one + last), v128.load(other + last)));
}

/** How many of the first `most` bytes are the same in two places. */
export function sameBytes(one: usize, other: usize, most: usize): usize {
  let at: usize = 0;
  for (; at + 16 <= most; at += 16) {
    const mask = i8x16.bitmask(i8x16.ne(v128.load(one + at), v128.load(other + at)));
    if (mask !== 0) return at + ctz(mask);
  }
  while (at < most && load<u8>(one + at) === load<u8>(other + at)) at++;
  return at;
}

/** Where the next line end is, or `end`. May look at 15 bytes behind it. */
export function lineEnd(start: usize, end: usize): usize {
  const wanted = i8x16.splat(0x0a);
  for (let at = start; at < end; at += 16) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (mask !== 0) return min(at + ctz(mask), end);
  }
  return end;
}

/** A number for a text, the same for equal ones, that nearly all places of stacks differ in: they begin with an address. */
export function hashOfEnds(start: usize, end: usize): u32 {
  const length = end - start;
  if (length < 16) return hashOfAll(start, end);
  let hash = mixed(load<u64>(start) ^ length);
  hash = mixed(hash ^ load<u64>(start, 8));
  hash = mixed(hash ^ load<u64>(end - 8));
  return <u32>(hash ^ (hash >> 32));
}

/** The same, of all bytes. */
export function hashOfAll(start: usize, end: usize): u32 {
  let hash: u64 = end - start;
  let at = start;
  for (; at + 8 <= end; at += 8) hash = mixed(hash ^ load<u64>(at));
  let rest: u64 = 0;
  for (; at < end; at++) rest = (rest << 8) | load<u8>(at);
  hash = mixed(hash ^ rest);
  return <u32>(hash ^ (hash >> 32));
}

const MULTIPLIER: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15;

export function mixed(hash: u64): u64 {
  const product = hash * MULTIPLIER;
  return product ^ (product >> 29);
}
