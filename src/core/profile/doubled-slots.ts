/**
 * A table of open addressing with twice the room: pairs of a hash and of what is kept there, one more than its number; 0 for an empty slot. A
 * pair's place is its hash times two, or the next free one after it. The length is a power of two.
 */
export function doubledSlots(old: Int32Array): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(old.length * 2);
  const mask = slots.length - 1;
  for (let at = 0; at < old.length; at += 2) {
    if (old[at + 1] === 0) continue;
    let slot = (old[at] * 2) & mask;
    while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
    slots[slot] = old[at];
    slots[slot + 1] = old[at + 1];
  }
  return slots;
}
