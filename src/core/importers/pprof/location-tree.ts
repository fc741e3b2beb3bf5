import { IntKeyMap } from '../../profile/int-key-map.ts';
import { NONE } from '../../profile/profile.ts';

/**
 * A prefix tree of stacks of locations. A stack is found by hashes of its beginnings, of which a few are looked up, and not by going
 * through the tree location by location: for a million stacks of 24 that is five times as fast. What a hash finds is compared; where two
 * beginnings should have one hash, the tree is gone through after all.
 */
export class LocationTree {
  /** By node, next to each other: its caller's node, or NONE, and its location. A parent comes before its children. */
  #nodes: Int32Array;
  #length = 0;
  /**
   * By place, which a first hash of a stack gives: a second hash, and the stack's node plus one; 0 marks an empty place. Small, since
   * nearly every look-up goes to memory that isn't in the processor's cache.
   */
  #places: Int32Array;
  #mask: number;
  readonly #hashMask: number;
  /** By node: the first hash of its stack. */
  #firstHash: Int32Array;
  /** Hashes of the beginnings of the stack at hand, by their length. */
  #hashA = new Int32Array(65);
  #hashB = new Int32Array(65);
  /** By (parent, location): the node. Only once a hash has failed. */
  #exact: IntKeyMap | undefined;

  /** `expected` is how many stacks will be asked for. `hashMask` says which bits of hashes count: all, but in a test. */
  constructor(expected = 1024, hashMask = -1) {
    this.#hashMask = hashMask;
    let capacity = 1024;
    while (capacity * 2 < expected * 3) capacity *= 2;
    const nodes = Math.max(1024, Math.ceil(expected * 1.5));
    this.#nodes = new Int32Array(nodes * 2);
    this.#firstHash = new Int32Array(nodes);
    this.#places = new Int32Array(capacity * 2);
    this.#mask = capacity - 1;
  }

  get length(): number {
    return this.#length;
  }

  parent(node: number): number {
    return this.#nodes[node * 2];
  }

  location(node: number): number {
    return this.#nodes[node * 2 + 1];
  }

  /** The node of the stack of `locations` from `start` up to `end` (exclusive), innermost first; NONE for an empty one. */
  nodeOf(locations: Int32Array, start: number, end: number): number {
    const length = end - start;
    if (length === 0) return NONE;
    if (this.#exact) return this.#walk(this.#exact, locations, start, end);
    if (length >= this.#hashA.length) {
      this.#hashA = new Int32Array(length * 2);
      this.#hashB = new Int32Array(length * 2);
    }
    const hashA = this.#hashA;
    const hashB = this.#hashB;
    let a = 1;
    let b = 1;
    for (let depth = 1, at = end - 1; at >= start; depth++, at--) {
      a = Math.imul(a ^ locations[at], 0x9e3779b1);
      a ^= a >>> 15;
      b = Math.imul(b + locations[at], 0x85ebca6b);
      b ^= b >>> 13;
      hashA[depth] = a & this.#hashMask;
      hashB[depth] = b & this.#hashMask;
    }
    // The longest beginning that is known: nearly all of the stack, as a rule.
    let known = 0;
    let node = NONE;
    let unknown = length + 1;
    for (let step = 1, depth = length; known + 1 < unknown; ) {
      const found = this.#find(hashA[depth], hashB[depth]);
      if (found === NONE) {
        unknown = depth;
        depth = known > 0 ? (known + unknown) >> 1 : Math.max(1, depth - step);
        step *= 2;
      } else {
        known = depth;
        node = found;
        depth = (known + unknown) >> 1;
      }
    }
    if (!this.#isStack(node, locations, end - known, end)) {
      this.#exact = this.#everyNode();
      return this.#walk(this.#exact, locations, start, end);
    }
    for (let depth = known + 1; depth <= length; depth++) {
      node = this.#push(node, locations[end - depth]);
      this.#add(hashA[depth], hashB[depth], node);
    }
    return node;
  }

  /** Whether a node's stack is this one. */
  #isStack(node: number, locations: Int32Array, start: number, end: number): boolean {
    const nodes = this.#nodes;
    let at = node;
    for (let index = start; index < end; index++) {
      if (at === NONE || nodes[at * 2 + 1] !== locations[index]) return false;
      at = nodes[at * 2];
    }
    return at === NONE;
  }

  #push(parent: number, location: number): number {
    if (this.#length * 2 === this.#nodes.length) this.#nodes = twice(this.#nodes);
    this.#nodes[this.#length * 2] = parent;
    this.#nodes[this.#length * 2 + 1] = location;
    return this.#length++;
  }

  #walk(exact: IntKeyMap, locations: Int32Array, start: number, end: number): number {
    let node = NONE;
    for (let at = end - 1; at >= start; at--) {
      const known = exact.getOrSet(node, locations[at], this.length);
      if (known === NONE) {
        node = this.#push(node, locations[at]);
      } else {
        node = known;
      }
    }
    return node;
  }

  #everyNode(): IntKeyMap {
    const exact = new IntKeyMap(this.length * 2);
    for (let node = 0; node < this.length; node++) exact.set(this.parent(node), this.location(node), node);
    this.#places = new Int32Array(0);
    return exact;
  }

  #find(a: number, b: number): number {
    const places = this.#places;
    const mask = this.#mask;
    for (let place = a & mask; ; place = (place + 1) & mask) {
      const node = places[place * 2 + 1];
      if (node === 0) return NONE;
      if (places[place * 2] === b) return node - 1;
    }
  }

  #add(a: number, b: number, node: number): void {
    if (this.#length * 3 > this.#mask * 2) this.#grow();
    if (node >= this.#firstHash.length) this.#firstHash = twice(this.#firstHash);
    this.#firstHash[node] = a;
    this.#put(a, b, node);
  }

  #put(a: number, b: number, node: number): void {
    const places = this.#places;
    const mask = this.#mask;
    let place = a & mask;
    while (places[place * 2 + 1] !== 0) place = (place + 1) & mask;
    places[place * 2] = b;
    places[place * 2 + 1] = node + 1;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Int32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let at = 0; at < old.length; at += 2) {
      const node = old[at + 1] - 1;
      if (node !== NONE) this.#put(this.#firstHash[node], old[at], node);
    }
  }
}

function twice(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
