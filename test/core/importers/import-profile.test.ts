import assert from 'node:assert/strict';
import { it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { Float64Column, Int32Column, MOST_ROWS } from '../../../src/core/profile/column.ts';

it('a table of more rows than there may be is an error, before the room for them is taken', () => {
  for (const Column of [Int32Column, Float64Column]) {
    const column = new Column(MOST_ROWS);
    column.length = MOST_ROWS - 1;
    column.push(1);
    assert.throws(() => column.push(1), { name: 'RangeError', message: 'a table of more than 67108864 rows' });
  }
});

it('a file that holds more than there is room for is refused in words', () => {
  const bytes = bytesInMemory(Buffer.from('main;work 3\n'.repeat(20_000)));
  // A machine that is full can't be had: what the platform throws there comes from where the bytes come from.
  let reads = 0;
  const source = {
    ...bytes,
    read(into: Uint8Array, offset: number) {
      if (++reads > 2) throw new RangeError('Array buffer allocation failed');
      return bytes.read(into, offset);
    },
  };
  assert.throws(() => importProfile(source), {
    name: 'MalformedInput',
    message:
      'folded: it holds more than there is room for in memory (Array buffer allocation failed): record for a shorter time, or less often',
  });
});
