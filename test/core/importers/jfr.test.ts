import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import {
  ChunkWriter,
  CLASSES,
  type ClassDescription,
  constants,
  sample,
  soundChunk,
  TYPE,
} from '../../support/jfr/chunk-writer.ts';
import { imported, joined, stacksOf } from '../../support/jfr/imported.ts';
import { labelOf } from '../../support/jfr/numbered-lines.ts';

describe('a recording of Flight Recorder', () => {
  it('gives methods readable names, names with parameters, the raw descriptor and a derived file', () => {
    const { functions, strings } = imported(soundChunk().finish());
    const columns = [functions.name, functions.fullName, functions.systemName, functions.file];
    assert.deepEqual(
      columns.map((column) => strings[column[1]]),
      [
        'org.example.Map$Entry.put',
        'org.example.Map$Entry.put(Object, int[])',
        'org/example/Map$Entry.put(Ljava/lang/Object;[I)V',
        'org/example/Map.java',
      ],
    );
  });

  it('gives stacks their lines, kinds and inlined frames, and samples their thread, time and state', () => {
    const profile = imported(soundChunk().finish());
    assert.deepEqual(stacksOf(profile), Array(3).fill('org.example.Map$Entry.main:34 org.example.Map$Entry.put:12'));
    assert.deepEqual([...profile.frames.inlined], [0, 1]);
    assert.deepEqual([...profile.frames.kind], [3, 3]);
    assert.deepEqual([...profile.samples.time], [1000, 1001, 1002]);
    assert.equal(profile.origin.wallStartMs, 1_700_000_000_000);
    assert.equal(labelOf(profile, 0, 'state'), 'STATE_RUNNABLE');
    assert.equal(profile.strings[profile.threads.name[0]], 'main');
    assert.equal(profile.threads.tid[0], 4321);
  });

  it('is the same with integers that are not compressed', () => {
    assert.deepEqual(imported(soundChunk(new ChunkWriter(false)).finish()), imported(soundChunk().finish()));
  });

  it('is read in versions 1 and 2, and refused in words in a later one', () => {
    for (const [major, minor] of [
      [1, 0],
      [2, 0],
      [2, 1],
    ])
      assert.equal(imported(soundChunk().finish({ major, minor })).samples.length, 3);
    assert.throws(() => imported(soundChunk().finish({ major: 3 })), /at byte 4: version 3\.1, expected 1\.x or 2\.x/);
  });

  it('may have several chunks, each with constants and a clock of its own', () => {
    const second = new ChunkWriter();
    second.event(TYPE.execution, sample(second, 7, 9));
    const other = constants(second).map(
      ([type, list]) => [type, type === TYPE.symbol ? list.map((one) => [...one.slice(0, -1), 0x21]) : list] as const,
    );
    second.checkpoint(other).metadata(CLASSES);
    const later = second.finish({ startNs: 1_700_000_000_500_000_000n, startTicks: 5n, ticksPerSecond: 1000 });
    const profile = imported(joined(soundChunk().finish(), later, soundChunk().finish()));
    assert.deepEqual([...profile.samples.time], [1000, 1001, 1002, 502_000_000, 1000, 1001, 1002]);
    assert.equal(stacksOf(profile)[3], 'org.example.Map$Entr!.mai!:34 org.example.Map$Entr!.pu!:12');
    assert.deepEqual(profile.quality.warnings, []);
    assert.equal(profile.origin.durationNs, 1_500_000_000);
  });

  it('counts from its earliest chunk, whichever comes first', () => {
    const early = soundChunk().finish({ startNs: 1_699_999_999_000_000_000n });
    const profile = imported(joined(soundChunk().finish(), early));
    assert.deepEqual([...profile.samples.time], [1_000_001_000, 1_000_001_001, 1_000_001_002, 1000, 1001, 1002]);
    assert.equal(profile.origin.wallStartMs, 1_699_999_999_000);
  });

  it('may have its constants in several checkpoints, in any order with the events', () => {
    const chunk = new ChunkWriter();
    chunk.metadata(CLASSES);
    const all = constants(chunk);
    const first = chunk.offset;
    chunk.checkpoint(all.slice(4)).event(TYPE.execution, sample(chunk, 2000));
    chunk.checkpoint(all.slice(0, 4), first - chunk.offset).event(TYPE.execution, sample(chunk, 2001));
    const profile = imported(chunk.finish());
    assert.deepEqual(stacksOf(profile), Array(2).fill('org.example.Map$Entry.main:34 org.example.Map$Entry.put:12'));
    assert.deepEqual(profile.quality.warnings, []);
  });

  it('reads every encoding of strings: none, empty, a reference, UTF-8, characters, Latin-1', () => {
    const names = (chunk: ChunkWriter): number[][] => [
      [0],
      [1],
      [2, ...chunk.long(3)],
      chunk.text('Fäden'),
      [4, ...chunk.int(2), ...chunk.integer(0x6f22, 16), ...chunk.integer(0x5b57, 16)],
      [5, ...chunk.int(2), 0x6e, 0xef],
    ];
    for (const isCompressed of [true, false]) {
      const chunk = new ChunkWriter(isCompressed);
      const threads = names(chunk).map((name, index) => [
        ...chunk.long(index),
        0,
        ...chunk.long(9),
        ...name,
        ...chunk.long(1),
      ]);
      for (const index of threads.keys()) chunk.event(TYPE.execution, sample(chunk, 2000, 9, index));
      chunk
        .checkpoint([
          [TYPE.thread, threads],
          [TYPE.string, [[...chunk.long(3), ...chunk.text('named')]]],
        ])
        .metadata(CLASSES);
      const { threads: table, strings, samples } = imported(chunk.finish());
      const found = Array.from(samples.thread, (thread) => strings[table.name[thread]]);
      assert.deepEqual(found, ['', '', 'named', 'Fäden', '漢字', 'nï']);
    }
  });

  it('tells keys apart in all of their 64 bits', () => {
    const chunk = new ChunkWriter();
    const keys = [1n, 1n << 32n, (1n << 53n) + 1n, 1n << 53n, (1n << 63n) + 1n, (1n << 64n) - 1n];
    for (const key of keys) chunk.event(TYPE.execution, sample(chunk, 2000, key));
    const frame = (line: number) => [...chunk.long(31), ...chunk.int(line), 0, ...chunk.long(1)];
    const stacks = keys.map((key, index) => [...chunk.long(key), 0, 1, ...frame(index + 1)]);
    chunk
      .checkpoint([...constants(chunk).filter(([type]) => type !== TYPE.stack), [TYPE.stack, stacks]])
      .metadata(CLASSES);
    const lines = stacksOf(imported(chunk.finish())).map((stack) => stack.split(':')[1]);
    assert.deepEqual(lines, ['1', '2', '3', '4', '5', '6']);
  });

  it('counts samples whose stack the recorder cut', () => {
    const chunk = new ChunkWriter();
    chunk.event(TYPE.execution, sample(chunk, 2000)).event(TYPE.execution, sample(chunk, 2001, 10));
    const cut = [...chunk.long(10), 1, 1, ...chunk.long(31), 5, 0, 1];
    chunk.checkpoint([...constants(chunk), [TYPE.stack, [cut]]]).metadata(CLASSES);
    assert.equal(imported(chunk.finish()).quality.brokenStacks, 1);
  });
});

describe('how long an event took', () => {
  const PARK = 300;
  /** What a park of 5 weighs, whose duration is in such units, at a million ticks a second. */
  const parked = (unit: string | undefined): number => {
    const chunk = new ChunkWriter();
    chunk.event(PARK, [...chunk.long(2000), ...chunk.long(5), ...chunk.long(7), ...chunk.long(9)]);
    const park: ClassDescription = {
      id: PARK,
      name: 'jdk.ThreadPark',
      fields: [
        ['startTime', TYPE.long],
        ['duration', TYPE.long, '', unit],
        ['eventThread', TYPE.thread, 'key'],
        ['stackTrace', TYPE.stack, 'key'],
      ],
    };
    chunk.checkpoint(constants(chunk)).metadata([...CLASSES, park]);
    const profile = imported(chunk.finish({ ticksPerSecond: 1_000_000 }));
    return profile.samples.weights[profile.values.findIndex(({ type }) => type === 'parked')][0];
  };

  for (const [unit, expected] of [
    ['NANOSECONDS', 5],
    ['MICROSECONDS', 5000],
    ['MILLISECONDS', 5_000_000],
    ['SECONDS', 5_000_000_000],
    ['TICKS', 5000],
    [undefined, 5000],
    // No units, but names that every object has.
    ['constructor', 5000],
    ['__proto__', 5000],
  ] as const)
    it(`is told in ${unit ?? 'ticks, where nothing is said'}`, () => assert.equal(parked(unit), expected));
});

describe("an amount that the recorder doesn't tell", () => {
  const OLD = 301;
  const values = (fields: ClassDescription['fields'] = []) => {
    const chunk = new ChunkWriter();
    const bytes = [...chunk.long(2000), ...chunk.long(7), ...chunk.long(9)];
    chunk.event(OLD, [...bytes, ...fields.flatMap(() => chunk.long(0))]);
    const old: ClassDescription = {
      id: OLD,
      name: 'jdk.OldObjectSample',
      fields: [
        ['startTime', TYPE.long],
        ['eventThread', TYPE.thread, 'key'],
        ['stackTrace', TYPE.stack, 'key'],
        ...fields,
      ],
    };
    chunk.checkpoint(constants(chunk)).metadata([...CLASSES, old]);
    return imported(chunk.finish()).values.map(({ type }) => type);
  };

  it('is no value, as the size of old objects in older JDKs', () => {
    assert.deepEqual(values(), ['old objects']);
    assert.deepEqual(values([['objectSize', TYPE.long]]), ['old objects', 'old object size']);
  });
});

describe('what async-profiler records', () => {
  const SETTING = 200;
  const RECORDING = 201;
  const WALL = 202;
  const classes = [
    ...CLASSES,
    {
      id: SETTING,
      name: 'jdk.ActiveSetting',
      fields: [
        ['id', TYPE.long],
        ['name', TYPE.string],
        ['value', TYPE.string],
      ] as const,
    },
    { id: RECORDING, name: 'jdk.ActiveRecording', fields: [['name', TYPE.string]] as const },
    {
      id: WALL,
      name: 'profiler.WallClockSample',
      fields: [
        ['startTime', TYPE.long],
        ['sampledThread', TYPE.thread, 'key'],
        ['stackTrace', TYPE.stack, 'key'],
        ['state', TYPE.state, 'key'],
        ['samples', TYPE.int],
      ] as const,
    },
  ];
  const recorded = (settings: readonly (readonly [number, string, string])[], fill: (chunk: ChunkWriter) => void) => {
    const chunk = new ChunkWriter();
    chunk.event(RECORDING, chunk.text('async-profiler 3.0'));
    for (const [type, name, value] of settings)
      chunk.event(SETTING, [...chunk.long(type), ...chunk.text(name), ...chunk.text(value)]);
    fill(chunk);
    const states = [
      [...chunk.long(1), ...chunk.text('STATE_RUNNABLE')],
      [...chunk.long(2), ...chunk.text('STATE_DEFAULT')],
    ];
    const pools = constants(chunk).map(([type, list]) => [type, type === TYPE.state ? states : list] as const);
    return imported(chunk.checkpoint(pools).metadata(classes).finish());
  };
  const totals = ({ values, samples }: Profile) =>
    values.map(({ type }, value) => [type, samples.weights[value].reduce((a, b) => a + b, 0)]);
  const inState = (chunk: ChunkWriter, state: number) => [...sample(chunk, 2000).slice(0, -1), state];

  it('for CPU and wall time at once is told apart by the state, up to version 3', () => {
    const profile = recorded(
      [
        [RECORDING, 'event', 'cpu'],
        [TYPE.execution, 'interval', '10000000'],
        [TYPE.execution, 'wall', '50000000'],
      ],
      (chunk) =>
        chunk
          .event(TYPE.execution, inState(chunk, 1))
          .event(TYPE.execution, inState(chunk, 2))
          .event(TYPE.execution, inState(chunk, 1)),
    );
    assert.deepEqual(totals(profile), [
      ['cpu samples', 1],
      ['wall samples', 2],
    ]);
    assert.equal(profile.origin.producer, 'async-profiler 3.0');
    assert.deepEqual(profile.origin.period, { type: 'cpu', unit: 'nanoseconds', amount: 10_000_000 });
    assert.equal(profile.quality.requestedHz, 100);
  });

  it('for one event is named after it, whatever the state', () => {
    const profile = recorded([[RECORDING, 'event', 'cache-misses']], (chunk) =>
      chunk.event(TYPE.execution, inState(chunk, 1)).event(TYPE.execution, inState(chunk, 2)),
    );
    assert.deepEqual(totals(profile), [['cache-misses samples', 2]]);
  });

  it('as one event for several samples of the wall clock weighs as many', () => {
    const profile = recorded([[RECORDING, 'event', 'wall']], (chunk) =>
      chunk.event(WALL, [...inState(chunk, 1), 25]).event(WALL, [...inState(chunk, 1), 3]),
    );
    assert.deepEqual(totals(profile), [['wall samples', 28]]);
  });
});

describe('a recording of five gigabytes', () => {
  it('is read through a window: what is not shown is not even looked at', () => {
    const GAP = 5 * 10 ** 9;
    const EVENT = 2_500_000_000;
    const chunk = new ChunkWriter();
    chunk.event(TYPE.execution, sample(chunk, 2000));
    const before = chunk.offset;
    const sound = soundChunk(chunk).finish();
    const view = new DataView(sound.buffer);
    for (const at of [8, 16, 24]) view.setBigInt64(at, view.getBigInt64(at) + BigInt(GAP));
    // Two events of 2.5 GB each, of a type that isn't described.
    const large = [...chunk.int(EVENT), ...chunk.long(999)];
    let read = 0;
    const profile = importProfile({
      name: 'large.jfr',
      size: sound.length + GAP,
      read(into, offset) {
        const length = Math.min(into.length, sound.length + GAP - offset);
        read += length;
        into.fill(0, 0, length);
        const put = (bytes: Uint8Array, at: number) => {
          for (let index = Math.max(0, offset - at); index < bytes.length && at + index < offset + length; index++)
            into[at + index - offset] = bytes[index];
        };
        put(sound.subarray(0, before), 0);
        for (const half of [0, 1]) put(Uint8Array.from(large), before + half * EVENT);
        put(sound.subarray(before), before + GAP);
        return length;
      },
    });
    assert.equal(profile.samples.length, 4);
    assert.deepEqual(profile.quality.warnings, []);
    assert.ok(read < 50_000_000, `${read} bytes were read`);
  });
});

describe('an unfinished chunk', () => {
  const header = { size: 0, constantPoolOffset: 0, metadataOffset: 0, durationNs: 0 };

  it('is read by going through its events, where its header says nothing', () => {
    const profile = imported(soundChunk().finish(header));
    assert.deepEqual(stacksOf(profile), stacksOf(imported(soundChunk().finish())));
    assert.deepEqual(profile.quality.warnings, [
      'The chunk at byte 0 was never finished. What it holds up to there is shown.',
    ]);
    assert.equal(profile.origin.durationNs, 1002);
  });

  it('with the placeholder of async-profiler for a size ends where the next chunk starts', () => {
    const profile = imported(joined(soundChunk().finish({ ...header, size: 2 ** 30 }), soundChunk().finish()));
    assert.equal(profile.samples.length, 6);
    assert.equal(profile.quality.warnings.length, 1);
  });

  it('of a JDK that crashed after a flush is read on beyond what was flushed', () => {
    const profile = imported(soundChunk().finish({ state: 3, size: 100 }));
    assert.equal(profile.samples.length, 3);
  });

  it('without constants gives samples without stacks, and says so', () => {
    const chunk = new ChunkWriter();
    chunk.metadata(CLASSES).event(TYPE.execution, sample(chunk, 2000));
    const profile = imported(chunk.finish(header));
    assert.deepEqual([...profile.samples.stack], [NONE]);
    assert.deepEqual([...profile.samples.weights[0]], [1]);
    assert.ok(profile.quality.warnings.includes("Samples without a stack, since the file doesn't hold it: 1."));
  });

  it('without a description of types is refused in words', () => {
    const chunk = new ChunkWriter();
    chunk.event(TYPE.execution, sample(chunk, 2000));
    assert.throws(() => imported(chunk.finish(header)), /never finished.*left out: it describes no types/);
  });

  it('of no kind hides the sound chunk before it', () => {
    const profile = imported(joined(soundChunk().finish(), soundChunk().finish().subarray(0, 40)));
    assert.equal(profile.samples.length, 3);
    assert.match(profile.quality.warnings[0], /What comes after byte \d+ is left out: .*40 of 68 bytes/);
  });
});
