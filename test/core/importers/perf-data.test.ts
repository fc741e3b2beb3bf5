import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type AttributeFields,
  FLAG,
  PerfBytes,
  perfAttribute,
  perfRecord,
} from '../../../scripts/bench/perf-data-writer.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { needsExternalUnwinding, perfData } from '../../../src/core/importers/perf-data.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import {
  BIT,
  framesOf,
  imported,
  KERNEL,
  perfFile,
  recordsOf,
  threadsOf,
  USER,
  USER_MARKER,
  USUAL_EVENT,
} from '../../support/perf-data/perf-file.ts';

const { comm, map, fork, sample, record } = recordsOf();

describe('a perf.data file', () => {
  const records = (little: boolean) => {
    const to = recordsOf(little);
    return [
      to.comm(10, 10, 1000, 'prog'),
      to.map(10, 1001, 0x400000, 0x3000, 0x1000, '/bin/prog'),
      to.map(-1, 1002, 0xffffffff81000000n, 0x1000000, 0, '[kernel.kallsyms]_text', KERNEL),
      to.fork(11, 12, 10, 10, 2000),
      to.comm(11, 12, 2500, 'child'),
      to.sample(
        10,
        10,
        2 ** 33,
        [-128n, 0xffffffff81000010n, 0xffffffff81000020n, USER_MARKER, 0x400010, 0x400100],
        KERNEL,
      ),
      to.sample(11, 12, 2 ** 33 + 1, [USER_MARKER, 0x400010, 0x402000]),
    ];
  };
  const ofBothOrders = (make: (little: boolean) => Uint8Array) => [imported(make(true)), imported(make(false))];

  it('says the same in either byte order', () => {
    const event = { ...USUAL_EVENT, flags: [...(USUAL_EVENT.flags ?? []), FLAG.freq], period: 997, name: 'cpu-clock' };
    const features = (little: boolean) =>
      new Map([
        [3, new PerfBytes(little).string('here').finish()],
        [11, new PerfBytes(little).u32(2).string('perf').string('record').finish()],
      ]);
    const [little, big] = ofBothOrders((order) =>
      perfFile({ little: order, events: [event], records: records(order), features: features(order) }),
    );
    assert.deepEqual(big, little);
    assert.deepEqual(framesOf(big, 0), [
      '[kernel.kallsyms]+0xffffffff81000010',
      '[kernel.kallsyms]+0xffffffff8100001f',
      '/bin/prog+0x1010',
      '/bin/prog+0x10ff',
    ]);
    assert.deepEqual(threadsOf(big), ['prog 10/10', 'child 11/12']);
    assert.deepEqual(big.origin.commandLine, ['perf', 'record']);
    assert.equal(big.origin.hostname, 'here');
    assert.equal(big.quality.requestedHz, 997);
    assert.deepEqual([...big.samples.time], [0, 1]);
  });

  it('keeps nanoseconds apart on a machine that has been up for years', () => {
    const start = 2 ** 57;
    const many = [sample(10, 10, start + 1024, [1]), sample(10, 10, start, [1])];
    // The numbers a double can hold are 32 apart there, so the last nanosecond is set in the bytes.
    many[0][24] = 1;
    const profile = imported(perfFile({ records: many }));
    assert.deepEqual([...profile.samples.time], [1025, 0]);
  });

  it('that the recorder could not finish is read to its end, with a warning', () => {
    const bytes = perfFile({ records: records(true) });
    new DataView(bytes.buffer).setBigUint64(48, 0n, true);
    const profile = imported(bytes);
    assert.equal(profile.samples.length, 2);
    assert.match(profile.quality.warnings.join(), /stopped before it could finish the file/);
  });

  it('with the attributes of an early perf, or a later one, is read', () => {
    for (const size of [64, 72, 80, 136, 200]) {
      const attribute = new Uint8Array(size);
      attribute.set(perfAttribute(USUAL_EVENT).subarray(0, Math.min(size, 128)));
      new DataView(attribute.buffer).setUint32(4, size, true);
      const data = records(true);
      const dataBytes = data.reduce((sum, { length }) => sum + length, 0);
      const file = new PerfBytes().u64(0x32454c4946524550n, 104, size + 16);
      file
        .u64(104, size + 16, 104 + size + 16, dataBytes, 0, 0, 0, 0, 0, 0)
        .bytes(attribute)
        .u64(0, 0);
      for (const own of data) file.bytes(own);
      const profile = imported(file.finish());
      assert.deepEqual(
        [profile.samples.length, framesOf(profile, 1)],
        [2, ['/bin/prog+0x1010', '/bin/prog+0x2fff']],
        `${size}`,
      );
    }
  });
});

describe('the events of a perf.data', () => {
  const nameOf = (event: Partial<AttributeFields>) =>
    imported(perfFile({ events: [{ ...USUAL_EVENT, ...event }], records: [] })).values[0].type;
  const { excludeUser, excludeKernel, excludeHypervisor, excludeGuest } = FLAG;
  const names: readonly [string, Partial<AttributeFields>][] = [
    ['cycles', { type: 0, config: 0 }],
    ['instructions:u', { type: 0, config: 1, flags: [excludeKernel, excludeHypervisor] }],
    ['branch-misses:k', { type: 0, config: 5, flags: [excludeUser, excludeHypervisor] }],
    ['cycles:HG', { type: 0, config: 0, flags: [] }],
    ['cpu-clock', { type: 1, config: 0 }],
    ['page-faults', { type: 1, config: 2 }],
    ['L1-dcache-load-misses', { type: 3, config: 0x10000 }],
    ['LLC-stores', { type: 3, config: 0x102 }],
    ['raw 0x1c2', { type: 4, config: 0x1c2 }],
    ['mem:0x601040:rw', { type: 5, config1: 0x601040, breakpointType: 3 }],
    ['unknown tracepoint', { type: 2, config: 4242 }],
  ];
  for (const [name, event] of names) {
    it(`are named as perf does where the recording doesn't: ${name}`, () => {
      assert.equal(nameOf({ flags: [excludeGuest], ...event }), name);
    });
  }

  it('that measure time do so in nanoseconds, others count', () => {
    const events = [
      { ...USUAL_EVENT, config: 1, name: 'task-clock' },
      { ...USUAL_EVENT, config: 2, name: 'page-faults' },
    ];
    const { values } = imported(perfFile({ events, records: [] }));
    assert.deepEqual(
      values.map(({ type, unit }) => `${type} [${unit}]`),
      ['task-clock [nanoseconds]', 'task-clock samples [count]', 'page-faults [count]', 'page-faults samples [count]'],
    );
  });

  it('show the first that has samples, and leave dummies out', () => {
    const sampleType = USUAL_EVENT.sampleType | BIT.ID;
    const events = [
      { ...USUAL_EVENT, sampleType, config: 9, name: 'dummy:HG', ids: [1] },
      { ...USUAL_EVENT, sampleType, config: 0, name: 'cpu-clock', ids: [2] },
      { ...USUAL_EVENT, sampleType, config: 2, name: 'page-faults', ids: [3, 4] },
    ];
    const of = (id: number) => perfRecord(9, USER, (to) => to.u64(0x400010).u32(10, 10).u64(5, id, 1, 0x400010));
    const profile = imported(perfFile({ events, records: [of(1), of(4), of(3), of(99)] }));
    assert.equal(profile.values[profile.defaultValue].type, 'page-faults');
    assert.ok(profile.values.every(({ type }) => !type.startsWith('dummy')));
    assert.equal(profile.samples.length, 2);
    assert.match(profile.quality.warnings.join(), /belong to no event of the recording were left out: 1/);
  });

  it('by the hundred are counted together where columns for each would fill memory', () => {
    const count = 600;
    const events = Array.from({ length: count }, (_, index) => ({
      ...USUAL_EVENT,
      sampleType: BIT.ID,
      ids: [index + 1],
      name: `probe:${index}`,
    }));
    const oneOfEach = new PerfBytes();
    for (let id = 1; id <= count; id++) oneOfEach.bytes(perfRecord(9, USER, (to) => to.u64(id)));
    const rounds = 350;
    const profile = imported(perfFile({ events, records: new Array(rounds).fill(oneOfEach.finish()) }));
    assert.equal(profile.samples.length, rounds * count);
    const pool = profile.values.findIndex(({ type }) => type === 'other events samples');
    const counts = profile.samples.weights.filter((_, value) => profile.values[value].type.endsWith(' samples'));
    assert.ok(pool > 0 && profile.values.length < 400, `${profile.values.length} values`);
    assert.equal(
      counts.reduce((sum, column) => sum + column.reduce((own, weight) => own + weight, 0), 0),
      rounds * count,
    );
    assert.match(profile.quality.warnings.join(), /many events: \d+ of them are counted together/);
  });
});

describe('what a perf.data says about its making', () => {
  it('has build-ids from mappings, or from the table of them', () => {
    const id = Uint8Array.from({ length: 20 }, (_, index) => index + 1);
    const withId = (name: string) => (to: PerfBytes) =>
      to.u32(10, 10).u64(0x400000, 0x1000, 0).u8(20, 0, 0, 0).bytes(id).u32(5, 2).text(name);
    const table = perfRecord(0, 1 << 15, (to) =>
      to.u32(10).bytes(id.subarray(0, 16)).bytes(new Uint8Array(4)).u8(16, 0, 0, 0).text('/bin/table'),
    );
    const records = [
      record(10, USER | (1 << 14), 10, 10, 1, withId('/bin/mapping')),
      map(10, 1, 0x500000, 0x1000, 0, '/bin/table'),
    ];
    const { modules, strings } = imported(perfFile({ records, features: new Map([[2, table]]) }));
    assert.deepEqual(
      [0, 1].map((module) => strings[modules.buildId[module]]),
      ['0102030405060708090a0b0c0d0e0f1011121314', '0102030405060708090a0b0c0d0e0f10'],
    );
  });

  it('reads a mapping of a kernel before 3.16, which had neither protection nor flags', () => {
    const old = record(10, USER, 10, 10, 1, (to) =>
      to.u32(10, 10).u64(0x400000, 0x1000, 0).u32(8, 1).u64(42, 0).text('/usr/bin/old'),
    );
    const profile = imported(perfFile({ records: [old, sample(10, 10, 5, [0x400010])] }));
    assert.deepEqual(framesOf(profile, 0), ['/usr/bin/old+0x10']);
  });

  it('adds up what was lost, once', () => {
    const lost = [
      record(2, 0, 10, 10, 1, (to) => to.u64(1, 30)),
      record(13, 0, 10, 10, 2, (to) => to.u64(12)),
      record(5, 0, 10, 10, 3, (to) => to.u64(3, 1, 1)),
    ];
    const quality = (readFormat: number) =>
      imported(perfFile({ events: [{ ...USUAL_EVENT, readFormat }], records: lost })).quality;
    assert.deepEqual([quality(0).lostSamples, quality(0).throttled], [42, 1]);
    assert.equal(quality(16).lostSamples, 12, "events that count their losses make the buffers' count a second one");
  });

  it('counts stacks that end too early', () => {
    const program = map(10, 1, 0x400000, 0x300000, 0, '/bin/prog');
    const broken = (maxStack: number, ...chains: readonly (readonly number[])[]) => {
      const records = [program, ...chains.map((chain, index) => sample(10, 10, 5 + index, [USER_MARKER, ...chain]))];
      return imported(perfFile({ events: [{ ...USUAL_EVENT, maxStack }], records })).quality.brokenStacks;
    };
    const whole = [0x400010, 0x400100, 0x400200];
    assert.equal(broken(0, whole), 0);
    assert.equal(broken(0, whole, [0x400010]), 1, 'an address alone');
    assert.equal(broken(0, whole, [0x400010, 0x7000000]), 1, 'outermost address not mapped');
    assert.equal(broken(0, whole, [0x400010, 0x400100]), 1, 'outermost address has a caller elsewhere');
    const deep = (frames: number, from = 0x410000) => Array.from({ length: frames }, (_, index) => from + index * 16);
    assert.equal(broken(0, deep(126)), 0);
    assert.equal(broken(0, deep(127)), 1, 'as deep as the kernel goes');
    assert.equal(broken(0, deep(127), deep(150, 0x420000)), 0, 'a deeper one shows that the limit was another');
    assert.equal(broken(16, deep(16)), 1, 'as deep as was asked for');
    assert.ok(
      Number.isNaN(
        imported(perfFile({ events: [{ ...USUAL_EVENT, sampleType: 7 }], records: [] })).quality.brokenStacks,
      ),
    );
  });

  it('warns of records it does not know, once', () => {
    const news = [perfRecord(40, 0, (to) => to.u64(1)), perfRecord(40, 0, () => {}), perfRecord(99, 0, () => {})];
    const profile = imported(perfFile({ records: [...news, sample(10, 10, 5, [1])] }));
    assert.equal(profile.samples.length, 1);
    assert.deepEqual(profile.quality.warnings, [
      'Records of unknown types were skipped, as a newer perf may write: 40, 99.',
    ]);
  });
});

describe('a recording with copies of stack memory', () => {
  const event = { ...USUAL_EVENT, sampleType: USUAL_EVENT.sampleType | BIT.STACK_USER };
  const needs = (bytes: Uint8Array) => needsExternalUnwinding(bytesInMemory(bytes));

  it('is known to need perf script, in file and pipe mode; others are not', () => {
    assert.equal(needs(perfFile({ events: [event], records: [] })), true);
    assert.equal(needs(perfFile({ records: [] })), false);
    assert.equal(needs(pipe(perfRecord(64, 0, (to) => to.bytes(perfAttribute(event)).u64(1)))), true);
    assert.equal(needs(pipe(perfRecord(64, 0, (to) => to.bytes(perfAttribute(USUAL_EVENT)).u64(1)))), false);
    assert.equal(needs(new TextEncoder().encode('no recording at all')), false);
  });

  it('says that callers are missing', () => {
    const { quality } = imported(perfFile({ events: [event], records: [] }));
    assert.match(quality.warnings.join(), /Callers in user space are missing/);
  });
});

function pipe(...records: readonly Uint8Array[]): Uint8Array {
  const to = new PerfBytes().u64(0x32454c4946524550n, 16);
  for (const own of records) to.bytes(own);
  return to.finish();
}

describe('a perf.data from a pipe', () => {
  const attribute = (event: AttributeFields, ...ids: readonly number[]) =>
    perfRecord(64, 0, (to) => to.bytes(perfAttribute(event)).u64(...ids));
  const feature = (number: number, fields: (to: PerfBytes) => unknown) =>
    perfRecord(80, 0, (to) => void fields(to.u64(number)));

  it('has its events, names and facts in records', () => {
    const sampleType = USUAL_EVENT.sampleType | BIT.ID;
    const profile = imported(
      pipe(
        attribute({ ...USUAL_EVENT, sampleType }, 1, 2),
        attribute({ ...USUAL_EVENT, sampleType, config: 2 }, 3),
        feature(3, (to) => to.string('here')),
        perfRecord(78, 0, (to) => to.u64(2, 3).text('my-faults')),
        perfRecord(67, 0, (to) => to.u32(10).bytes(new Uint8Array(24).fill(0xab)).text('/bin/prog')),
        perfRecord(9, USER, (to) => to.u64(0x400010).u32(10, 10).u64(5, 3, 1, 0x400010)),
      ),
    );
    assert.deepEqual(
      profile.values.map(({ type }) => type),
      ['cpu-clock', 'cpu-clock samples', 'my-faults', 'my-faults samples'],
    );
    assert.equal(profile.origin.hostname, 'here');
    assert.equal(profile.samples.weights[3][0], 1);
  });

  it('names trace points by its tracing data, which stands behind its record', () => {
    const text = 'name: my_probe\nID: 1329\nformat:\n';
    const tracing = new PerfBytes().u8(0x17, 8, 0x44).bytes(new TextEncoder().encode('tracing0.5\0'));
    tracing.u8(0, 8).u32(4096);
    for (const page of ['header_page', 'header_event'])
      tracing
        .bytes(new TextEncoder().encode(`${page}\0`))
        .u64(3)
        .u8(1, 2, 3);
    tracing
      .u32(0, 1)
      .bytes(new TextEncoder().encode('mine\0'))
      .u32(1)
      .u64(text.length)
      .bytes(new TextEncoder().encode(text));
    const padding = new Uint8Array((8 - (tracing.length % 8)) % 8);
    const profile = imported(
      pipe(
        attribute({ ...USUAL_EVENT, type: 2, config: 1329 }, 1),
        perfRecord(66, 0, (to) => to.u32(tracing.length)),
        tracing.finish(),
        padding,
        sample(10, 10, 5, [0x400010]),
      ),
    );
    assert.deepEqual([profile.values[0].type, profile.samples.length], ['mine:my_probe', 1]);
  });

  it('may have been cut off where it lacks the mark that perf ends with, if it is of a perf that does', () => {
    const own = attribute(USUAL_EVENT, 1);
    const [one, round] = [sample(10, 10, 5, [0x400010]), perfRecord(68, 0, () => {})];
    const warnings = (...records: readonly Uint8Array[]) => imported(pipe(own, ...records)).quality.warnings;
    const facts = feature(3, (to) => to.string('here'));
    assert.deepEqual(warnings(facts, one, round), []);
    assert.deepEqual(warnings(one, round, one, round), []);
    for (const cut of [
      [facts, one],
      [facts, one, round, one],
    ]) {
      const [warning, ...others] = warnings(...cut);
      assert.match(warning, /without the mark that perf puts behind/);
      assert.deepEqual(others, []);
    }
    assert.deepEqual(warnings(one), [], 'an old perf writes none');
  });

  it('without any event is refused', () => {
    assert.throws(() => imported(pipe(comm(10, 10, 1, 'x'))), MalformedInput);
  });
});

describe('a broken perf.data', () => {
  const good = [
    comm(10, 10, 1, 'prog'),
    fork(11, 11, 10, 10, 2),
    sample(10, 10, 5, [0x400010]),
    sample(11, 11, 6, [0x400010]),
  ];
  const quality = (records: readonly Uint8Array[]) => {
    const profile = imported(perfFile({ records }));
    return { samples: profile.samples.length, warnings: profile.quality.warnings.join(' ') };
  };

  it('is read up to a record that is smaller than its header', () => {
    for (const size of [0, 7]) {
      const broken = new PerfBytes().u32(9).u16(0, size).finish();
      const { samples, warnings } = quality([...good, broken, ...good]);
      assert.equal(samples, 2);
      assert.match(warnings, /before a broken place was read: a record says it has \d bytes.* \(at byte \d+\)/);
    }
  });

  it('is read up to a record that goes past the end', () => {
    const { samples, warnings } = quality([...good, new PerfBytes().u32(9).u16(0, 65535).finish()]);
    assert.equal(samples, 2);
    assert.match(warnings, /ends inside a record/);
  });

  it('loses a sample whose callchain is longer than the record, and no other', () => {
    for (const count of [2n, 2n ** 32n, 2n ** 61n, 2n ** 64n - 1n]) {
      const huge = perfRecord(9, USER, (to) => to.u64(1).u32(10, 10).u64(5, count, 1));
      const { samples, warnings } = quality([...good, huge, ...good]);
      assert.equal(samples, 4, `${count}`);
      assert.match(warnings, /parts don't fit were left out: 1/);
    }
  });

  it('loses records that are too short for their fields, and says how many', () => {
    const short = [1, 3, 7, 10, 17, 2, 13, 64, 78].map((type) => perfRecord(type, 0, (to) => to.u32(1)));
    const { samples, warnings } = quality([...short, ...good]);
    assert.equal(samples, 2);
    assert.match(warnings, /too short for what they should hold were left out: 9\./);
  });

  it('is refused where its header cannot be', () => {
    const at = (offset: number, value: bigint) => {
      const bytes = perfFile({ records: good });
      new DataView(bytes.buffer).setBigUint64(offset, value, true);
      return () => imported(bytes);
    };
    assert.throws(at(8, 50n), /perf.data, at byte 8: header size is 50/);
    assert.throws(at(16, 0n), /at byte 16: an event's description takes 0 bytes/);
    assert.throws(at(16, 2n ** 60n), MalformedInput);
    assert.throws(at(24, 2n ** 63n), /describes no event/);
    assert.throws(at(32, 0n), /describes no event/);
    assert.doesNotThrow(at(40, 2n ** 63n));
    assert.doesNotThrow(at(48, 2n ** 64n - 1n));
  });

  it('with features that point anywhere gives its samples', () => {
    for (const size of [0n, 1n, 100n, 2n ** 40n, 2n ** 64n - 1n]) {
      const features = new Map(
        [2, 3, 11, 12].map((number) => [number, new PerfBytes().u32(0xffffffff, 0xffffffff).finish()]),
      );
      const bytes = perfFile({ records: good, features });
      const table = 104 + 144 + good.reduce((sum, { length }) => sum + length, 0);
      for (let row = 0; row < 4; row++) new DataView(bytes.buffer).setBigUint64(table + row * 16 + 8, size, true);
      assert.equal(imported(bytes).samples.length, 2, `${size}`);
    }
  });

  it('stops when it is told to, between megabytes', () => {
    const bytes = perfFile({ records: Array.from({ length: 50_000 }, () => sample(10, 10, 5, [0x400010])) });
    const seen: number[] = [];
    perfData.read(bytesInMemory(bytes), { progress: (read) => seen.push(read) });
    assert.ok(seen.length > 4 && seen.every((read, index) => read >= (seen[index - 1] ?? 0)), `${seen}`);
    assert.ok(seen.every((read) => read <= bytes.length));
    const cancelled = new Error('cancelled');
    const stop = () => {
      throw cancelled;
    };
    assert.throws(() => perfData.read(bytesInMemory(bytes), { progress: stop }), cancelled);
  });
});
