import { Int32Column } from '../../profile/column.ts';
import { type ModuleIndex, NONE } from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { FORMAT } from './file-header.ts';

/** A set of mappings that don't overlap, as it was at some time: a position in `Mappings`, or EMPTY. Never changes. */
export type MappingSet = number;
export const EMPTY: MappingSet = NONE;

/** 64-bit numbers, as signed 32-bit halves. */
export interface Wide {
  readonly low: number;
  readonly high: number;
}

/**
 * Sets of mappings of address spaces over time. A set with one mapping more is a new set that shares most of the old one (a treap whose
 * path to the change is copied), so that the set of any moment of any process can be kept and asked: `add` and `find` take O(log n).
 */
export class Mappings {
  /** Rows of mappings: first and last address, what to add to an address to get the one in the module, and the module. */
  readonly #first = wideColumn();
  readonly #last = wideColumn();
  readonly #bias = wideColumn();
  readonly #module = new Int32Column();
  /** Nodes of the trees: a mapping and two subtrees. */
  readonly #mapping = new Int32Column();
  readonly #left = new Int32Column();
  readonly #right = new Int32Column();
  /** Whether the last `add` took away mappings under which an address meant something else. */
  changedMeaning = false;

  /** The set with one more mapping of `first` to `last` (inclusive), which takes the place of what was there. */
  add(set: MappingSet, first: Wide, last: Wide, bias: Wide, module: ModuleIndex): MappingSet {
    this.changedMeaning = false;
    const row = this.#addRow(first, last, bias, module);
    const [before, rest] = this.#split(set, first, 0);
    const [under, after] = nextIsBeyond(last) ? [rest, EMPTY] : this.#split(rest, plusOne(last), 0);
    this.changedMeaning = this.#meansElse(under, row);
    return this.#join(this.#join(before, this.#node(row, EMPTY, EMPTY), 0), after, 0);
  }

  /** The row of the mapping that holds an address, or NONE. */
  find(set: MappingSet, low: number, high: number): number {
    let node = set;
    while (node !== EMPTY) {
      const row = this.#mapping.at(node);
      if (isBelow(low, high, this.#first.low.at(row), this.#first.high.at(row))) node = this.#left.at(node);
      else if (isBelow(this.#last.low.at(row), this.#last.high.at(row), low, high)) node = this.#right.at(node);
      else return row;
    }
    return NONE;
  }

  moduleOf(row: number): ModuleIndex {
    return this.#module.at(row);
  }

  /** What to add to an address in the mapping, as halves, to get the address in its module. */
  biasLow(row: number): number {
    return this.#bias.low.at(row);
  }

  biasHigh(row: number): number {
    return this.#bias.high.at(row);
  }

  #addRow(first: Wide, last: Wide, bias: Wide, module: ModuleIndex): number {
    push(this.#first, first);
    push(this.#last, last);
    push(this.#bias, bias);
    return this.#module.push(module);
  }

  #node(row: number, left: MappingSet, right: MappingSet): MappingSet {
    this.#left.push(left);
    this.#right.push(right);
    return this.#mapping.push(row);
  }

  /** What lies below `at`, and what lies at it or above; a mapping that `at` is inside of is cut in two. */
  #split(set: MappingSet, at: Wide, depth: number): [MappingSet, MappingSet] {
    if (set === EMPTY) return [EMPTY, EMPTY];
    checkDepth(depth);
    const row = this.#mapping.at(set);
    const [left, right] = [this.#left.at(set), this.#right.at(set)];
    if (!isBelow(this.#first.low.at(row), this.#first.high.at(row), at.low, at.high)) {
      const [below, above] = this.#split(left, at, depth + 1);
      return [below, this.#node(row, above, right)];
    }
    if (isBelow(this.#last.low.at(row), this.#last.high.at(row), at.low, at.high)) {
      const [below, above] = this.#split(right, at, depth + 1);
      return [this.#node(row, left, below), above];
    }
    const bias = wideAt(this.#bias, row);
    const lower = this.#addRow(wideAt(this.#first, row), minusOne(at), bias, this.#module.at(row));
    const upper = this.#addRow(at, wideAt(this.#last, row), bias, this.#module.at(row));
    const below = this.#join(left, this.#node(lower, EMPTY, EMPTY), depth + 1);
    return [below, this.#join(this.#node(upper, EMPTY, EMPTY), right, depth + 1)];
  }

  /** Both sets as one; all of `lower` is below all of `upper`. */
  #join(lower: MappingSet, upper: MappingSet, depth: number): MappingSet {
    if (lower === EMPTY) return upper;
    if (upper === EMPTY) return lower;
    checkDepth(depth);
    const [lowerRow, upperRow] = [this.#mapping.at(lower), this.#mapping.at(upper)];
    if (priority(lowerRow) > priority(upperRow)) {
      return this.#node(lowerRow, this.#left.at(lower), this.#join(this.#right.at(lower), upper, depth + 1));
    }
    return this.#node(upperRow, this.#join(lower, this.#left.at(upper), depth + 1), this.#right.at(upper));
  }

  /** Whether any mapping of the set may give an address another meaning than the mapping `row` does. */
  #meansElse(set: MappingSet, row: number): boolean {
    const todo = [set];
    let looked = 0;
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      if (node === EMPTY) continue;
      if (++looked > MOST_LOOKED_AT) return true;
      const other = this.#mapping.at(node);
      if (
        this.#module.at(other) !== this.#module.at(row) ||
        this.#bias.low.at(other) !== this.#bias.low.at(row) ||
        this.#bias.high.at(other) !== this.#bias.high.at(row)
      ) {
        return true;
      }
      todo.push(this.#left.at(node), this.#right.at(node));
    }
    return false;
  }
}

/** A tree of n rows is a few times log2(n) deep; one this deep was made to be. */
const MOST_DEPTH = 500;

/** How many mappings that are replaced are compared with what replaces them; usually it is one. */
const MOST_LOOKED_AT = 64;

function checkDepth(depth: number): void {
  if (depth > MOST_DEPTH)
    throw new MalformedInput(FORMAT, 'its mappings were laid out so that they cannot be searched');
}

/** Spreads row numbers evenly, which keeps the trees balanced whatever the order of addresses is. */
function priority(row: number): number {
  let hash = Math.imul(row + 1, 0x9e3779b1);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

interface WideColumn {
  readonly low: Int32Column;
  readonly high: Int32Column;
}

function wideColumn(): WideColumn {
  return { low: new Int32Column(), high: new Int32Column() };
}

function push(column: WideColumn, value: Wide): void {
  column.low.push(value.low);
  column.high.push(value.high);
}

function wideAt(column: WideColumn, row: number): Wide {
  return { low: column.low.at(row), high: column.high.at(row) };
}

/** a < b, unsigned. */
function isBelow(lowA: number, highA: number, lowB: number, highB: number): boolean {
  return highA === highB ? lowA >>> 0 < lowB >>> 0 : highA >>> 0 < highB >>> 0;
}

export function wide(value: bigint): Wide {
  return { low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)) };
}

function plusOne({ low, high }: Wide): Wide {
  return { low: (low + 1) | 0, high: (high + Number(low === -1)) | 0 };
}

function minusOne({ low, high }: Wide): Wide {
  return { low: (low - 1) | 0, high: (high - Number(low === 0)) | 0 };
}

/** Whether there's no address after this one. */
function nextIsBeyond({ low, high }: Wide): boolean {
  return low === -1 && high === -1;
}
