import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FLAG, perfRecord } from '../../../scripts/bench/perf-data-writer.ts';
import {
  BIT,
  framesOf,
  imported,
  KERNEL,
  KERNEL_MARKER,
  perfFile,
  recordsOf,
  threadsOf,
  USER,
  USER_MARKER,
  USUAL_EVENT,
} from '../../support/perf-data/perf-file.ts';

const { comm, map, fork, sample, record } = recordsOf();
const PROGRAM = map(10, 1, 0x400000, 0x3000, 0x1000, '/bin/prog');

/** Frames of the only sample, of a process that has /bin/prog mapped at 0x400000 from offset 0x1000. */
function onlyStack(...records: readonly Uint8Array[]): string[] {
  const profile = imported(perfFile({ records: [PROGRAM, ...records] }));
  assert.equal(profile.samples.length, 1);
  return framesOf(profile, 0);
}

describe('addresses of perf.data samples', () => {
  it('a caller is one less than its return address, what was sampled is exact', () => {
    assert.deepEqual(onlyStack(sample(10, 10, 5, [USER_MARKER, 0x400010, 0x400100])), [
      '/bin/prog+0x1010',
      '/bin/prog+0x10ff',
    ]);
  });

  it('where the program entered the kernel is exact too', () => {
    const chain = [KERNEL_MARKER, 0xffffffff81000010n, 0xffffffff81000020n, USER_MARKER, 0x400010, 0x400100];
    assert.deepEqual(onlyStack(sample(10, 10, 5, chain, KERNEL)), [
      '[kernel.kallsyms]+0xffffffff81000010',
      '[kernel.kallsyms]+0xffffffff8100001f',
      '/bin/prog+0x1010',
      '/bin/prog+0x10ff',
    ]);
  });

  it('a chain without markers belongs where the processor was', () => {
    assert.deepEqual(onlyStack(sample(10, 10, 5, [0x400010, 0x400100])), ['/bin/prog+0x1010', '/bin/prog+0x10ff']);
  });

  it('an empty chain leaves the sampled address alone', () => {
    const lone = perfRecord(9, USER, (to) => to.u64(0x400010).u32(10, 10).u64(5, 0));
    assert.deepEqual(onlyStack(lone), ['/bin/prog+0x1010']);
  });

  it("the sampled address takes the place of the chain's first, which was taken later", () => {
    const skidded = perfRecord(9, USER, (to) =>
      to.u64(0x400010).u32(10, 10).u64(5, 3, USER_MARKER, 0x400018, 0x400100),
    );
    assert.deepEqual(onlyStack(skidded), ['/bin/prog+0x1010', '/bin/prog+0x10ff']);
  });

  it('a chain with an unknown marker is given up for the sampled address', () => {
    const unknown = perfRecord(9, USER, (to) => to.u64(0x400010).u32(10, 10).u64(5, 3, -1000n, 0x400010, 0x400100));
    assert.deepEqual(onlyStack(unknown), ['/bin/prog+0x1010']);
  });

  it('what is mapped nowhere keeps its address and has no module', () => {
    assert.deepEqual(onlyStack(sample(10, 10, 5, [0x400010, 0x900000])), ['/bin/prog+0x1010', '?+0x8fffff']);
  });

  it('a return address of zero stays zero', () => {
    assert.deepEqual(onlyStack(sample(10, 10, 5, [0x400010, 0])), ['/bin/prog+0x1010', '?+0x0']);
  });

  it("a guest's program and a hypervisor have no module, a guest's kernel is a module of its own", () => {
    const guestKernel = map(-1, 1, 0xffffffff82000000n, 0x1000, 0, '[guest.kernel.kallsyms]_text', 4);
    const chain = [-2176n, 0xffffffff82000010n, -2560n, 0x400010, -32n, 0x1000];
    assert.deepEqual(onlyStack(guestKernel, sample(10, 10, 5, chain, 4)), [
      '[guest.kernel.kallsyms]+0xffffffff82000010',
      '?+0x400010',
      '?+0x1000',
    ]);
  });

  it('callers that came in a later record join the sample they belong to', () => {
    const cookie = 0x1234n;
    const deferred = (tid: number, chain: readonly (number | bigint)[]) =>
      record(22, USER, 10, tid, 9, (to) => to.u64(cookie, chain.length, ...chain));
    const chain = [KERNEL_MARKER, 0xffffffff81000010n, -640n, cookie];
    assert.deepEqual(
      onlyStack(
        sample(10, 10, 5, chain, KERNEL),
        deferred(11, [USER_MARKER, 0x400999]),
        deferred(10, [USER_MARKER, 0x400010, 0x400100]),
      ),
      ['[kernel.kallsyms]+0xffffffff81000010', '/bin/prog+0x1010', '/bin/prog+0x10ff'],
    );
  });

  it('a deferred part that refers to a deferred part ends there', () => {
    const loop = record(22, USER, 10, 10, 9, (to) => to.u64(7, 2, -640n, 7));
    assert.deepEqual(onlyStack(sample(10, 10, 5, [KERNEL_MARKER, 0xffffffff81000010n, -640n, 7], KERNEL), loop), [
      '[kernel.kallsyms]+0xffffffff81000010',
    ]);
  });
});

describe("a processor's own stack of calls", () => {
  const event = {
    ...USUAL_EVENT,
    sampleType: USUAL_EVENT.sampleType | BIT.BRANCH_STACK,
    branchSampleType: (1 << 11) | (1 << 17),
  };
  const withCalls = (misc: number, ip: number | bigint, chain: readonly (number | bigint)[]) =>
    perfRecord(9, misc, (to) => {
      to.u64(ip)
        .u32(10, 10)
        .u64(5, chain.length, ...chain);
      // Two calls, newest first, after the hardware's index: (from, to, flags).
      to.u64(2, 0, 0x400100, 0x400010, 0, 0x400200, 0x400090, 0);
    });
  const stackOf = (only: Uint8Array) => framesOf(imported(perfFile({ events: [event], records: [PROGRAM, only] })), 0);

  it('gives the callers of a sample in user space: the calls themselves, not what follows them', () => {
    assert.deepEqual(stackOf(withCalls(USER, 0x400020, [USER_MARKER])), [
      '/bin/prog+0x1020',
      '/bin/prog+0x1100',
      '/bin/prog+0x1200',
    ]);
  });

  it("stands under the kernel's part, and begins with the function that was called last", () => {
    assert.deepEqual(
      stackOf(withCalls(KERNEL, 0xffffffff81000010n, [KERNEL_MARKER, 0xffffffff81000010n, USER_MARKER])),
      ['[kernel.kallsyms]+0xffffffff81000010', '/bin/prog+0x1010', '/bin/prog+0x1100', '/bin/prog+0x1200'],
    );
  });
});

describe('the fields of a perf.data sample', () => {
  const before = [BIT.IDENTIFIER, BIT.IP, BIT.TID, BIT.TIME, BIT.ADDR, BIT.ID, BIT.STREAM_ID, BIT.CPU, BIT.PERIOD];
  const value: Record<number, (to: Parameters<Parameters<typeof perfRecord>[2]>[0]) => unknown> = {
    [BIT.IP]: (to) => to.u64(0x400010),
    [BIT.TID]: (to) => to.u32(10, 10),
    [BIT.TIME]: (to) => to.u64(5),
    [BIT.PERIOD]: (to) => to.u64(77),
  };

  it('are found whichever others stand before them', () => {
    for (let choice = 0; choice < 2 ** before.length; choice++) {
      const bits = before.filter((_, index) => (choice >> index) & 1);
      const sampleType = bits.reduce((sum, bit) => sum | bit, BIT.CALLCHAIN | BIT.RAW);
      const only = perfRecord(9, USER, (to) => {
        for (const bit of bits) (value[bit] ?? ((other) => other.u64(0xdeadbeef)))(to);
        to.u64(2, 0x400010, 0x400100).u32(4, 0xffffffff);
      });
      // Maps are without time or thread here, so that they hold at any time.
      const mapped = perfRecord(1, USER, (to) =>
        to
          .u32(-1 >>> 0, 0)
          .u64(0x400000, 0x3000, 0x1000)
          .text('/bin/prog'),
      );
      const own = perfRecord(1, USER, (to) => to.u32(10, 10).u64(0x400000, 0x3000, 0x1000).text('/bin/prog'));
      const event = { type: 1, period: 33, sampleType };
      const profile = imported(perfFile({ events: [event], records: [mapped, own, only] }));
      const name = `sample_type 0x${sampleType.toString(16)}`;
      const hasThread = bits.includes(BIT.TID);
      const frames = hasThread ? ['/bin/prog+0x1010', '/bin/prog+0x10ff'] : ['?+0x400010', '?+0x4000ff'];
      assert.deepEqual(framesOf(profile, 0), frames, name);
      assert.equal(profile.samples.weights[0][0], bits.includes(BIT.PERIOD) ? 77 : 33, name);
      assert.equal(Number.isNaN(profile.samples.time[0]), !bits.includes(BIT.TIME), name);
      assert.equal(profile.samples.thread[0], hasThread ? 0 : -1, name);
    }
  });

  it('are left out with a reason where a newer perf added some', () => {
    const known = { ...USUAL_EVENT, sampleType: USUAL_EVENT.sampleType | BIT.ID, ids: [1], name: 'known' };
    const newer = { ...known, sampleType: known.sampleType + 2 ** 30, ids: [2], name: 'newer' };
    const of = (id: number) => perfRecord(9, USER, (to) => to.u64(0x400010).u32(10, 10).u64(5, id, 1, 0x400010));
    const profile = imported(perfFile({ events: [known, newer], records: [of(1), of(2)] }));
    assert.equal(profile.samples.length, 1);
    assert.match(profile.quality.warnings.join(), /Samples of newer were left out: a newer perf/);
  });
});

describe('counters read with samples', () => {
  const group = { ...USUAL_EVENT, sampleType: USUAL_EVENT.sampleType | BIT.READ | BIT.IDENTIFIER | BIT.PERIOD };
  const GROUPED = 8 + 4;
  const events = (readFormat: number) => [
    { ...group, readFormat, ids: [1], name: 'cycles' },
    { ...group, readFormat, ids: [2], name: 'page-faults' },
  ];
  const read = (fields: readonly number[]) =>
    perfRecord(9, USER, (to) =>
      to
        .u64(1, 0x400010)
        .u32(10, 10)
        .u64(5, 999, ...fields, 1, 0x400010),
    );
  const weights = (readFormat: number, records: readonly Uint8Array[]) => {
    const profile = imported(perfFile({ events: events(readFormat), records }));
    return Object.fromEntries(profile.values.map(({ type }, value) => [type, [...profile.samples.weights[value]]]));
  };

  it('weigh what each counter of the group grew by', () => {
    const records = [read([2, 100, 1, 5, 2]), read([2, 250, 1, 5, 2]), read([2, 260, 1, 9, 2])];
    assert.deepEqual(weights(GROUPED, records), {
      cycles: [100, 150, 10],
      'cycles samples': [1, 1, 1],
      'page-faults': [5, 0, 4],
      'page-faults samples': [1, 0, 1],
    });
  });

  it('are found between times and losses', () => {
    const records = [read([2, 7, 7, 100, 1, 0, 5, 2, 0]), read([2, 8, 8, 250, 1, 0, 6, 2, 3])];
    assert.deepEqual(weights(GROUPED | 1 | 2 | 16, records)['cycles'], [100, 150]);
    assert.deepEqual(weights(GROUPED | 1 | 2 | 16, records)['page-faults'], [5, 1]);
  });

  it("alone are that event's own", () => {
    const records = [read([100, 7, 7, 1]), read([130, 8, 8, 1])];
    assert.deepEqual(weights(4 | 1 | 2, records)['cycles'], [100, 30]);
  });

  describe('of an inherited event', () => {
    const readIn = (tid: number, counter: number) =>
      perfRecord(9, USER, (to) => to.u64(1, 0x400010).u32(10, tid).u64(5, 999, 1, counter, 1, 1, 0x400010));
    const cycles = (flags: readonly number[], little: boolean) => {
      const event = {
        ...group,
        readFormat: GROUPED,
        ids: [1],
        name: 'cycles',
        flags: [...USUAL_EVENT.flags!, ...flags],
      };
      const records = [readIn(10, 1000), readIn(11, 100), readIn(10, 2000), readIn(11, 200)];
      return [...imported(perfFile({ little, events: [event], records })).samples.weights[0]];
    };

    it('grow in each thread by itself', () => {
      assert.deepEqual(cycles([FLAG.inherit], true), [1000, 100, 1000, 100]);
    });

    it('are one for all threads where it is not inherited', () => {
      assert.deepEqual(cycles([], true), [1000, 0, 1900, 0]);
    });
  });

  it('in a group larger than the record leave the sample out', () => {
    const profile = imported(
      perfFile({ events: events(GROUPED), records: [read([2 ** 40, 100, 1]), read([1, 100, 1])] }),
    );
    assert.equal(profile.samples.length, 1);
    assert.match(profile.quality.warnings.join(), /parts don't fit were left out: 1, the first at byte \d+/);
  });
});

describe('processes in a perf.data', () => {
  const at = (time: number, pid = 10, tid = pid) => sample(pid, tid, time, [0x400010]);
  const stacks = (...records: readonly Uint8Array[]) => {
    const profile = imported(perfFile({ records }));
    return threadsOf(profile).map((thread, index) => `${thread} in ${framesOf(profile, index)}`);
  };

  it("have the name and the mappings of the sample's time, wherever in the file those stand", () => {
    assert.deepEqual(
      stacks(
        at(15),
        at(25),
        at(5),
        comm(10, 10, 20, 'second'),
        map(10, 20, 0x400000, 0x1000, 0, '/bin/second'),
        comm(10, 10, 10, 'first'),
        map(10, 10, 0x400000, 0x1000, 0, '/bin/first'),
      ),
      ['first 10/10 in /bin/first+0x10', 'second 10/10 in /bin/second+0x10', ':10 10/10 in ?+0x400010'],
    );
  });

  it("start with their parent's name and mappings, and go their own way from there", () => {
    assert.deepEqual(
      stacks(
        comm(10, 10, 1, 'parent'),
        map(10, 1, 0x400000, 0x1000, 0, '/bin/parent'),
        fork(11, 11, 10, 10, 10),
        map(11, 20, 0x400000, 0x1000, 0, '/bin/child'),
        comm(11, 11, 20, 'child'),
        at(15, 11),
        at(25, 11),
        at(25, 10),
      ),
      ['parent 11/11 in /bin/parent+0x10', 'child 11/11 in /bin/child+0x10', 'parent 10/10 in /bin/parent+0x10'],
    );
  });

  it('that ran before perf did are not given the mappings of their parent', () => {
    const madeUp = fork(11, 11, 10, 10, 2, 1 << 13);
    assert.deepEqual(stacks(map(10, 1, 0x400000, 0x1000, 0, '/bin/parent'), madeUp, at(5, 11)), [
      ':11 11/11 in ?+0x400010',
    ]);
  });

  it('share mappings between their threads', () => {
    assert.deepEqual(
      stacks(
        comm(10, 10, 1, 'main'),
        fork(10, 12, 10, 10, 2),
        map(10, 3, 0x400000, 0x1000, 0, '/bin/main'),
        at(5, 10, 12),
      ),
      ['main 10/12 in /bin/main+0x10'],
    );
  });

  it('keep what a new mapping leaves of an old one', () => {
    const records = [
      map(10, 1, 0x400000, 0x3000, 0, '/bin/whole'),
      map(10, 2, 0x401000, 0x1000, 0, '/bin/middle'),
      ...[0x400fff, 0x401000, 0x401fff, 0x402000].map((address) => sample(10, 10, 5, [address])),
    ];
    const profile = imported(perfFile({ records }));
    assert.deepEqual(
      [0, 1, 2, 3].map((index) => framesOf(profile, index)[0]),
      ['/bin/whole+0xfff', '/bin/middle+0x0', '/bin/middle+0xfff', '/bin/whole+0x2000'],
    );
  });

  it('have code made at run time in the module of the file that describes it, at its own address', () => {
    for (const name of [
      '//anon',
      '/anon_hugepage (deleted)',
      '/memfd:doublemapper (deleted)',
      '/dev/zero (deleted)',
      '[heap]',
      '[anon:code]',
    ]) {
      assert.deepEqual(
        stacks(map(10, 1, 0x400000, 0x1000, 0x7000, name), at(5)),
        [':10 10/10 in /tmp/perf-10.map+0x400010'],
        name,
      );
    }
  });

  it('have the vDSO as offsets from where it is', () => {
    const mapped = map(10, 1, 0x7fff00400000, 0x1000, 0, '[vdso]');
    assert.deepEqual(stacks(mapped, sample(10, 10, 5, [0x7fff00400010])), [':10 10/10 in [vdso]+0x10']);
    const mappedLow = map(10, 1, 0x400000, 0x1000, 0, '[vdso]');
    assert.deepEqual(stacks(mappedLow, at(5)), [':10 10/10 in [vdso32]+0x10']);
  });

  it('without times have their last name and last mappings, and a warning', () => {
    const event = { type: 1, period: 1, sampleType: BIT.IP | BIT.TID, flags: [FLAG.sampleIdAll] };
    const records = [
      perfRecord(9, USER, (to) => to.u64(0x400010).u32(10, 10)),
      perfRecord(3, 0, (to) => to.u32(10, 10).text('last').u32(10, 10)),
      perfRecord(1, USER, (to) => to.u32(10, 10).u64(0x400000, 0x1000, 0).text('/bin/last').u32(10, 10)),
    ];
    const profile = imported(perfFile({ events: [event], records }));
    assert.deepEqual(framesOf(profile, 0), ['/bin/last+0x10']);
    assert.deepEqual(threadsOf(profile), ['last 10/10']);
    assert.match(profile.quality.warnings.join(), /without times/);
    assert.ok(Number.isNaN(profile.samples.time[0]));
  });
});

describe('the kernel in a perf.data', () => {
  const at = (address: bigint, time = 5) => sample(10, 10, time, [address], KERNEL);
  const stack = (...records: readonly Uint8Array[]) => framesOf(imported(perfFile({ records })), 0);

  it('is named without the symbol that perf relocates by, at absolute addresses', () => {
    const image = map(-1, 1, 0xffffffff81000000n, 0x2000000, 0x1000, '[kernel.kallsyms]_text', KERNEL);
    assert.deepEqual(stack(image, at(0xffffffff81000010n)), ['[kernel.kallsyms]+0xffffffff81000010']);
  });

  it('has its modules by their files', () => {
    const image = map(-1, 0, 0xffffffff81000000n, 0x70000000, 0, '[kernel.kallsyms]_stext', KERNEL);
    const module = map(-1, 1, 0xffffffffc0000000n, 0x4000, 0, '/lib/modules/6.1/kernel/fs/ext4.ko', KERNEL);
    assert.deepEqual(stack(image, module, at(0xffffffffc0000010n)), [
      '/lib/modules/6.1/kernel/fs/ext4.ko+0xffffffffc0000010',
    ]);
  });

  it('has programs that were loaded into it as functions of their own', () => {
    const loaded = record(17, 0, 0, 0, 1, (to) =>
      to.u64(0xffffffffc0100000n).u32(0x40).u16(1, 0).text('bpf_prog_1234_watch'),
    );
    const profile = imported(perfFile({ records: [loaded, at(0xffffffffc0100010n)] }));
    assert.equal(profile.strings[profile.functions.name[profile.frames.function[0]]], 'bpf_prog_1234_watch');
  });
});
