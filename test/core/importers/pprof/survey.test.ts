import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UNWATCHED } from '../../../../src/core/importers/importer.ts';
import { CodeTables } from '../../../../src/core/importers/pprof/code-tables.ts';
import { PROFILE } from '../../../../src/core/importers/pprof/fields.ts';
import { StringTable } from '../../../../src/core/importers/pprof/string-table.ts';
import { survey } from '../../../../src/core/importers/pprof/survey.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { BadProtobuf, ProtobufFile, ProtobufReader, WIRE } from '../../../../src/core/importers/reading/protobuf.ts';
import { type Fields, message } from '../../../support/pprof/pprof-file.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

type Field = Fields[number];

describe('the tables of a pprof file', () => {
  it('are those that reading field by field gives, where ids count and where they don’t', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed);
      assertSame(message([[PROFILE.stringTable, ''], ...randomRows(random, 200, seed % 3 === 0 ? 0.05 : 0)]));
    }
  });

  it('are, where a run is longer than what is taken at once', () => {
    const random = seededRandom(7);
    assertSame(message([[PROFILE.stringTable, ''], ...sorted(randomRows(random, 30_000, 0))]));
    assertSame(message([[PROFILE.stringTable, ''], ...randomRows(random, 30_000, 0)]));
  });

  it('are, where a location has thousands of lines, and a string is longer than what is looked at at once', () => {
    const lines: Field[] = Array.from({ length: 5000 }, (_, at) => [
      4,
      [
        [1, (at % 7) + 1],
        [2, at],
      ],
    ]);
    assertSame(
      message([
        [PROFILE.location, [[1, 1]]],
        [PROFILE.location, [[1, 2], ...lines]],
        [PROFILE.location, [[1, 3], ...lines.slice(0, 100)]],
        [PROFILE.stringTable, ''],
        [PROFILE.stringTable, 'a'],
        [PROFILE.stringTable, 'b'.repeat(300_000)],
        [PROFILE.stringTable, 'c'],
        [PROFILE.stringTable, 'd'.repeat(3_000_000)],
        [PROFILE.stringTable, 'e'],
      ]),
    );
  });

  it('are, where bytes are damaged', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed);
      const bytes = message([[PROFILE.stringTable, ''], ...randomRows(random, 60, 0)]);
      for (let times = 0; times < 3; times++)
        bytes[AFTER_FIRST + Math.floor(random() * (bytes.length - AFTER_FIRST))] = Math.floor(random() * 256);
      assertSame(bytes.subarray(0, bytes.length - Math.floor(random() * 5)));
    }
  });
});

/** Behind the first string, which has to be empty. */
const AFTER_FIRST = 2;

/** Samples, locations, functions and strings in any order; of each row that share has an id that doesn't count. */
function randomRows(random: () => number, count: number, uncounted: number): Field[] {
  const below = (end: number) => Math.floor(random() * end);
  const oneOf = <T>(...all: readonly T[]): T => all[below(all.length)];
  const number = () => oneOf<number | bigint>(0, below(100), below(100_000), 2 ** 31, 2 ** 32 + 5, -1, 2n ** 63n + 9n);
  /** Also what is no number. */
  const small = () => (random() < 0.95 ? below(1000) : random() < 0.7 ? number() : 'text');
  let [locations, functions] = [0, 0];
  const id = (last: number) =>
    random() < uncounted ? oneOf<number | bigint>(0, 1, last, 12_345_678, 2n ** 40n) : last;
  const kinds: (() => Field)[] = [
    () => [PROFILE.sample, [[1, [1, 2]]]],
    () => {
      const lines = Array.from(
        { length: oneOf(0, 1, 1, 1, 2, 3) },
        (): Field => [4, [[1, small()], [2, small()], ...oneOf<Fields>([], [], [[3, small()]], [[9, 'later']])]],
      );
      const address = oneOf<number | bigint>(0, below(2 ** 31), 0xffff_ffff_8123_4567n);
      return [
        PROFILE.location,
        [[1, id(++locations)], [2, small()], [3, address], ...lines, ...oneOf<Fields>([], [[5, 1]])],
      ];
    },
    () => [
      PROFILE.function,
      [
        [1, id(++functions)],
        [2, small()],
        [3, small()],
        [4, small()],
        [5, small()],
      ],
    ],
    () => [PROFILE.stringTable, oneOf('', 'main', 'größer', 'x'.repeat(below(300)))],
  ];
  return Array.from({ length: count }, () => oneOf(...kinds)());
}

/** The rows as most writers write them: of one kind after those of another. */
function sorted(rows: readonly Field[]): Field[] {
  return [...rows].sort(([a], [b]) => a - b);
}

function assertSame(bytes: Uint8Array): void {
  const { hasOthers, ...expected } = fieldByField(bytes);
  const { code, strings, sampleCount, damaged, problem } = survey(bytesInMemory(bytes), UNWATCHED);
  // The others are read elsewhere.
  assert.deepEqual(
    columns({ code, strings, sampleCount, damaged: hasOthers ? expected.damaged : damaged, problem }),
    columns(expected),
  );
}

interface Tables {
  readonly code: CodeTables;
  readonly strings: StringTable;
  readonly sampleCount: number;
  readonly damaged: number;
  readonly problem: string;
}

/** The same as simply as can be. */
function fieldByField(bytes: Uint8Array): Tables & { hasOthers: boolean } {
  const code = new CodeTables();
  const strings = new StringTable();
  let [sampleCount, damaged, hasOthers] = [0, 0, false];
  const file = new ProtobufFile(bytesInMemory(bytes));
  while (file.next()) {
    const { field, wire, contentStart, contentEnd } = file.reader;
    const inner = new ProtobufReader().over(file.reader.bytes, contentStart, contentEnd);
    try {
      if (field === PROFILE.sample) sampleCount++;
      else if (field > PROFILE.stringTable || field < PROFILE.sample) hasOthers = true;
      else if (wire !== WIRE.bytes) damaged++;
      else if (field === PROFILE.location) code.addLocation(inner);
      else if (field === PROFILE.function) code.addFunction(inner);
      else if (field === PROFILE.mapping) code.addMapping(inner);
      else strings.add(inner.bytes, inner.at, inner.end);
    } catch (error) {
      if (!(error instanceof BadProtobuf)) throw error;
      damaged++;
    }
  }
  return {
    code,
    strings,
    sampleCount,
    damaged,
    hasOthers,
    problem: file.problem === '' ? '' : `${file.problem}, at byte ${file.offset}`,
  };
}

function columns({ code, strings, ...counts }: Tables) {
  const { locations, lines, functions, unusable } = code;
  const ids = (table: typeof locations.ids, rows: number) => ({
    small: Array.from(table.small.subarray(0, rows + 2)),
    counted: table.counted,
    next: table.next,
  });
  const { ids: locationIds, ...ofLocations } = locations;
  const { ids: functionIds, ...ofFunctions } = functions;
  const finished = (table: Readonly<Record<string, { finish(): Int32Array | Float64Array }>>) =>
    Object.fromEntries(Object.entries(table).map(([name, column]) => [name, Array.from(column.finish())]));
  return {
    ...counts,
    unusable,
    locations: finished(ofLocations),
    locationIds: ids(locationIds, ofLocations.firstLine.length),
    lines: finished(lines),
    functions: finished(ofFunctions),
    functionIds: ids(functionIds, ofFunctions.name.length),
    strings: Array.from({ length: strings.length }, (_, at) => strings.text(at)),
  };
}
