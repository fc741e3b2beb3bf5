import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMPTY, type MappingSet, Mappings, wide } from '../../../src/core/importers/perf-data/mappings.ts';
import { Timeline } from '../../../src/core/importers/perf-data/timeline.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** What a set of mappings says of an address: the module and the address in it; undefined where nothing is mapped. */
function found(mappings: Mappings, set: MappingSet, address: bigint): string | undefined {
  const { low, high } = wide(address);
  const row = mappings.find(set, low, high);
  if (row === NONE) return undefined;
  const bias = (BigInt(mappings.biasHigh(row)) << 32n) | BigInt(mappings.biasLow(row) >>> 0);
  return `${mappings.moduleOf(row)}+${BigInt.asUintN(64, address + bias)}`;
}

function add(
  mappings: Mappings,
  set: MappingSet,
  first: bigint,
  last: bigint,
  bias: bigint,
  module: number,
): MappingSet {
  return mappings.add(set, wide(first), wide(last), wide(bias), module);
}

describe('mappings', () => {
  it('say the same as a table of every address, for every version, whatever was mapped over what', () => {
    // Addresses of which some lie on either side of 2^31, 2^32 and 2^63.
    const places = [0n, 0x7fffffffn - 20n, 0xffffffffn - 20n, 2n ** 63n - 20n, 2n ** 64n - 40n];
    for (let seed = 1; seed <= 20; seed++) {
      const random = seededRandom(seed);
      const below = (end: number) => Math.floor(random() * end);
      const mappings = new Mappings();
      const versions: { set: MappingSet; table: Map<bigint, string> }[] = [{ set: EMPTY, table: new Map() }];
      for (let step = 0; step < 60; step++) {
        // Any version may be added to: a child process goes on from where its parent was.
        const from = versions[below(versions.length)];
        const first = places[below(places.length)] + BigInt(below(30));
        const last = first + BigInt(below(10));
        const bias = BigInt(below(3)) - 1n;
        const table = new Map(from.table);
        let changed = false;
        for (let address = first; address <= last; address++) {
          const meaning = `${step % 4}+${BigInt.asUintN(64, address + bias)}`;
          if (from.table.has(address) && from.table.get(address) !== meaning) changed = true;
          table.set(address, meaning);
        }
        const set = add(mappings, from.set, first, last, bias, step % 4);
        if (changed)
          assert.ok(mappings.changedMeaning, `seed ${seed}, step ${step}: an address means something else now`);
        versions.push({ set, table });
      }
      for (const { set, table } of versions) {
        for (const place of places) {
          for (let address = place - 2n; address < place + 45n; address++) {
            if (address < 0n || address >= 2n ** 64n) continue;
            assert.equal(found(mappings, set, address), table.get(address), `seed ${seed}, address ${address}`);
          }
        }
      }
    }
  });

  it('note no change of meaning where the same is mapped again, or something beside it', () => {
    const mappings = new Mappings();
    const one = add(mappings, EMPTY, 100n, 199n, 7n, 1);
    assert.equal(mappings.changedMeaning, false);
    const two = add(mappings, one, 200n, 299n, 0n, 2);
    assert.equal(mappings.changedMeaning, false);
    add(mappings, two, 150n, 199n, 7n, 1);
    assert.equal(mappings.changedMeaning, false);
    add(mappings, two, 150n, 250n, 7n, 1);
    assert.equal(mappings.changedMeaning, true);
  });

  it('stay quick to search however many there are, in whatever order they come', () => {
    for (const order of [(index: number) => index, (index: number) => 50_000 - index]) {
      const mappings = new Mappings();
      let set = EMPTY;
      for (let index = 0; index < 50_000; index++) {
        const first = BigInt(order(index)) * 4096n;
        set = add(mappings, set, first, first + 4095n, 0n, 1);
      }
      for (let index = 1; index < 50_000; index += 997)
        assert.equal(found(mappings, set, BigInt(index) * 4096n + 1n), `1+${index * 4096 + 1}`);
    }
  });
});

describe('a timeline', () => {
  it('gives what held at a time, in whatever order it is asked', () => {
    const timeline = new Timeline<string>();
    timeline.push(Number.NEGATIVE_INFINITY, 'start');
    timeline.push(10, 'ten');
    timeline.push(20, 'twenty');
    timeline.push(20, 'twenty, again');
    const questions: [number, string][] = [
      [25, 'twenty, again'],
      [9.5, 'start'],
      [10, 'ten'],
      [19, 'ten'],
      [20, 'twenty, again'],
      [Number.NEGATIVE_INFINITY, 'start'],
    ];
    for (const [time, value] of questions) assert.equal(timeline.at(time), value, `${time}`);
    timeline.push(25, 'late');
    assert.equal(timeline.at(25), 'late');
  });

  it('has nothing before its first value', () => {
    const timeline = new Timeline<string>();
    assert.equal(timeline.at(5), undefined);
    timeline.push(10, 'ten');
    assert.equal(timeline.at(9), undefined);
    assert.equal(timeline.last, 'ten');
  });
});
