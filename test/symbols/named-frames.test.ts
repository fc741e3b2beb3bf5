import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expandFrames } from '../../src/core/profile/expand-frames.ts';
import { NONE, type Profile } from '../../src/core/profile/profile.ts';
import { invalidities } from '../../src/core/profile/validity.ts';
import type { ReadableName } from '../../src/symbols/demangle.ts';
import type { NamedSymbol } from '../../src/symbols/module-names.ts';
import { namedFrames } from '../../src/symbols/named-frames.ts';
import { PlaceTable, TextPool } from '../../src/symbols/place-table.ts';
import { addressedProfile, drawnStacks } from '../support/addressed-profile.ts';

/** A place: function, file, line, and line and file of the definition. */
type Shown = readonly [name: string, file: string, line: number, startLine?: number, startFile?: string];

/** What is known of one address: a position in the symbols, and places from the innermost out. */
interface Known {
  readonly symbol?: number;
  readonly places?: readonly Shown[];
}

function named(
  symbols: readonly NamedSymbol[],
  known: readonly Known[],
  readable: Record<string, ReadableName> = {},
  inlines = true,
): Profile {
  const profile = addressedProfile([{ path: '/lib/lib.so', addresses: known.map((_, at) => 0x1000 + at) }]);
  const texts = new TextPool();
  const places = new PlaceTable(texts);
  for (const { places: list = [] } of known) {
    places.nextAddress();
    for (const [name, file, line, startLine = 0, startFile = startLine > 0 ? file : ''] of list)
      places.add(name, file, line, 0, startFile, startLine);
  }
  const module = {
    module: 0,
    frames: Int32Array.from(known.keys()),
    symbol: Int32Array.from(known, ({ symbol = NONE }) => symbol),
    symbols,
    places,
  };
  const result = expandFrames(
    profile,
    namedFrames(profile, [module], texts, new Map(Object.entries(readable)), inlines),
  );
  assert.deepEqual(invalidities(result), []);
  return result;
}

describe('frames with names', () => {
  it('have the physical function by its symbol and the inlined ones by debug information', () => {
    const places: Shown[] = [
      ['inner', 'b.h', 7],
      ['middle', 'b.h', 20],
      ['outer_by_dwarf', 'a.c', 3],
    ];
    const symbols = [{ start: 0x1000, names: ['outer'] }];
    assert.deepEqual(drawnStacks(named(symbols, [{ symbol: 0, places }])), [
      ['outer a.c:3', '~middle b.h:20', '~inner b.h:7'],
    ]);
    assert.deepEqual(drawnStacks(named(symbols, [{ symbol: 0, places }], {}, false)), [['outer a.c:3']]);
  });

  it('are of one function where some of its addresses have no line', () => {
    const profile = named(
      [{ start: 0x1000, names: ['f'] }],
      [{ symbol: 0 }, { symbol: 0, places: [['f', 'a.c', 3, 2]] }, { symbol: 0 }],
    );
    assert.equal(profile.functions.length, 1);
    assert.equal(profile.functions.startLine[0], 2);
    assert.deepEqual(drawnStacks(profile), [['f a.c:0'], ['f a.c:3'], ['f a.c:0']]);
  });

  it('are of one function where it takes lines from another file, each line in its file', () => {
    for (const [included, own] of [
      [0, 1],
      [1, 0],
    ]) {
      const known: Known[] = [];
      known[included] = { symbol: 0, places: [['parse', 'grammar.y', 100, 1, 'y.tab.c']] };
      known[own] = { symbol: 0, places: [['parse', 'y.tab.c', 3, 1, 'y.tab.c']] };
      const { functions, frames, strings } = named([{ start: 0x1000, names: ['parse'] }], known);
      assert.equal(functions.length, 1);
      assert.deepEqual([strings[functions.file[0]], functions.startLine[0]], ['y.tab.c', 1]);
      assert.deepEqual([strings[frames.file[included]], frames.line[included]], ['grammar.y', 100]);
      assert.deepEqual([strings[frames.file[own]], frames.line[own]], ['y.tab.c', 3]);
    }
  });

  it('are of one function, in the file of its first line, where nothing tells where it is defined', () => {
    const { functions, frames, strings } = named(
      [{ start: 0x1000, names: ['parse'] }],
      [
        { symbol: 0, places: [['parse', 'y.tab.c', 3]] },
        { symbol: 0, places: [['parse', 'grammar.y', 100]] },
      ],
    );
    assert.equal(functions.length, 1);
    assert.equal(strings[functions.file[0]], 'y.tab.c');
    assert.deepEqual(
      Array.from(frames.file, (file) => strings[file]),
      ['y.tab.c', 'grammar.y'],
    );
  });

  it('are of two functions where symbols of one name have no known file', () => {
    const symbols = [0x1000, 0x2000].map((start) => ({ start, names: ['init'] }));
    assert.equal(named(symbols, [{ symbol: 0 }, { symbol: 1 }, { symbol: 0 }]).functions.length, 2);
  });

  it('are one function, inlined or not, where name and place are the same', () => {
    const profile = named(
      [
        { start: 0x1000, names: ['f'] },
        { start: 0x2000, names: ['g'] },
      ],
      [
        { symbol: 0, places: [['f', 'a.c', 3, 2]] },
        {
          symbol: 1,
          places: [
            ['f', 'a.c', 4, 2],
            ['g', 'a.c', 9, 8],
          ],
        },
      ],
    );
    assert.equal(profile.functions.length, 2);
  });

  it('have of several names at one address the one that is preferred in its readable form', () => {
    const symbols = [{ start: 0x1000, names: ['plain_c_name', '_ZN1a1bEv'] }];
    const short = { _ZN1a1bEv: { name: 'a::b', fullName: 'a::b()' } };
    const long = { _ZN1a1bEv: { name: 'a::longer_name', fullName: 'a::longer_name()' } };
    assert.deepEqual(drawnStacks(named(symbols, [{ symbol: 0 }], short)), [['plain_c_name']]);
    assert.deepEqual(drawnStacks(named(symbols, [{ symbol: 0 }], long)), [['a::longer_name']]);
  });

  it('have the name that debug information gives where there is no symbol, else module and address', () => {
    assert.deepEqual(drawnStacks(named([], [{ places: [['static_one', 'a.c', 3]] }, {}])), [
      ['static_one a.c:3'],
      ['lib.so+0x1001'],
    ]);
  });

  it('are named by address where an inlined function has no name', () => {
    const places: Shown[] = [
      ['', 'a.c', 4],
      ['f', 'a.c', 9],
    ];
    assert.deepEqual(drawnStacks(named([], [{ places }])), [['f a.c:9', '~lib.so+0x1000 a.c:4']]);
  });
});
