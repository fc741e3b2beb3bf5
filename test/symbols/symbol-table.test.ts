import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { preferredName, SYMBOL_RANKS, SymbolTable } from '../../src/symbols/symbol-table.ts';

interface Row {
  readonly name: string;
  readonly start: number;
  readonly size?: number;
  readonly rank?: number;
  readonly group?: number;
}

const { typed, strong, global } = SYMBOL_RANKS;
const BEST = typed | strong | global;

function tableOf(rows: readonly Row[]): SymbolTable {
  return new SymbolTable({
    start: Float64Array.from(rows, ({ start }) => start),
    size: Float64Array.from(rows, ({ size = 0 }) => size),
    rank: Uint8Array.from(rows, ({ rank = BEST }) => rank),
    group: Int32Array.from(rows, ({ group = 0 }) => group),
    nameOf: (row) => rows[row].name,
  });
}

function names(rows: readonly Row[], address: number): string[] {
  const table = tableOf(rows);
  return table.candidates(address).map((row) => table.nameOf(row));
}

describe('the symbol of an address', () => {
  it('is the one that reaches over it', () => {
    const rows = [
      { name: 'b', start: 0x20, size: 0x10 },
      { name: 'a', start: 0x10, size: 0x08 },
    ];
    assert.deepEqual(names(rows, 0x0f), []);
    assert.deepEqual(names(rows, 0x10), ['a']);
    assert.deepEqual(names(rows, 0x17), ['a']);
    assert.deepEqual(names(rows, 0x18), []);
    assert.deepEqual(names(rows, 0x2f), ['b']);
    assert.deepEqual(names(rows, 0x30), []);
  });

  it('reaches to the next where it has no size, and the last to the end of the page after its own', () => {
    const rows = [
      { name: 'a', start: 0x10 },
      { name: 'b', start: 0x1020 },
    ];
    assert.deepEqual(names(rows, 0x101f), ['a']);
    assert.deepEqual(names(rows, 0x2fff), ['b']);
    assert.deepEqual(names(rows, 0x3000), []);
  });

  it('does not reach into the next group', () => {
    const rows = [
      { name: 'kernel', start: 0x10, group: 0 },
      { name: 'module', start: 0x10_0000, group: 1 },
    ];
    assert.deepEqual(names(rows, 0x1fff), ['kernel']);
    assert.deepEqual(names(rows, 0x2000), []);
  });

  it('of several at one place is that with a size, with a type, strong, global, in this order', () => {
    const pick = (a: Partial<Row>, b: Partial<Row>) =>
      names(
        [
          { name: 'a', start: 0, size: 8, ...a },
          { name: 'b', start: 0, size: 8, ...b },
          { name: 'c', start: 64 },
        ],
        4,
      );
    assert.deepEqual(pick({ size: 0, rank: BEST }, { rank: 0 }), ['b']);
    assert.deepEqual(pick({ rank: strong | global }, { rank: typed }), ['b']);
    assert.deepEqual(pick({ rank: typed | global }, { rank: typed | strong }), ['b']);
    assert.deepEqual(pick({ rank: typed | strong }, { rank: BEST }), ['b']);
    assert.deepEqual(pick({}, {}), ['a', 'b']);
  });

  it('may be around others that end before the address', () => {
    const rows = [
      { name: 'outer', start: 0, size: 100 },
      { name: 'inner', start: 10, size: 10 },
      { name: 'later', start: 30, size: 5 },
    ];
    assert.deepEqual(names(rows, 15), ['inner']);
    assert.deepEqual(names(rows, 25), ['outer']);
    assert.deepEqual(names(rows, 99), ['outer']);
  });

  it('is found the same where addresses are too far apart to be sorted as one number', () => {
    const rows = [
      { name: 'far', start: 2 ** 52, size: 16 },
      { name: 'near', start: 16, size: 16 },
      { name: 'below', start: -(2 ** 52), size: 16 },
    ];
    assert.deepEqual(names(rows, 2 ** 52 + 1), ['far']);
    assert.deepEqual(names(rows, 17), ['near']);
    assert.deepEqual(names(rows, -(2 ** 52)), ['below']);
  });

  it('is none in an empty table', () => {
    assert.deepEqual(names([], 1), []);
  });
});

describe('the name that is preferred', () => {
  it('has fewest underscores before it, then is longest, then comes first', () => {
    const preferred = (...of: string[]) => of[preferredName(of)];
    assert.equal(preferred('__libc_malloc', 'malloc'), 'malloc');
    assert.equal(preferred('memcpy', 'memcpy_long'), 'memcpy_long');
    assert.equal(preferred('_long_name', '_short'), '_long_name');
    assert.equal(preferred('same', 'emas'), 'same');
  });
});
