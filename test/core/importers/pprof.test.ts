import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { LocationTree } from '../../../src/core/kernels/pprof-samples.ts';
import { FRAME_KINDS, NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { costsAsNamedByGo, goTop } from '../../support/go-pprof.ts';
import { needTool } from '../../support/need-tool.ts';
import { type Fields, message, smallProfile } from '../../support/pprof/pprof-file.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const folder = mkdtempSync(join(tmpdir(), 'perfwright-pprof-import-'));
after(() => rmSync(folder, { recursive: true }));

const FIXTURE = new URL('../../fixtures/pprof/', import.meta.url);

describe('what a pprof file says of samples', () => {
  it('threads are labels that name one, written as any of several programs do; the others stay labels', () => {
    const keys = ['comm', 'pid', 'tid', 'thread', 'thread_id', 'request', 'bytes', 'worker', '17', 'r1', 'kB'];
    const names = ['f', ...keys];
    const at = (text: string) => names.indexOf(text) + 3;
    const label = (key: string, ...fields: Fields): Fields[number] => [3, [[1, at(key)], ...fields]];
    const profile = read([
      ...smallProfile(names, []),
      [2, [[1, [1]], [2, [1]], label('comm', [2, at('worker')]), label('pid', [3, 5]), label('tid', [3, 6])]],
      [2, [[1, [1]], [2, [1]], label('thread', [2, at('worker')]), label('thread_id', [2, at('17')])]],
      [2, [[1, [1]], [2, [1]], label('request', [2, at('r1')]), label('bytes', [3, 64], [4, at('kB')])]],
      [2, [[1, [1]], [2, [1]], label('tid', [2, at('r1')]), label('bytes', [3, -3])]],
    ]);
    const { samples, threads, labelSets, strings } = profile;
    const thread = Array.from(samples.thread, (row) =>
      row === NONE ? '' : `${threads.pid[row]}/${threads.tid[row]} ${strings[threads.name[row]]}`,
    );
    assert.deepEqual(thread, ['5/6 worker', '-1/17 worker', '', '']);
    const labels = Array.from(samples.labels, (set) =>
      set === NONE
        ? []
        : Array.from({ length: labelSets.start[set + 1] - labelSets.start[set] }, (_, index) => {
            const row = labelSets.start[set] + index;
            const { key, text, number, unit } = labelSets;
            return [strings[key[row]], strings[text[row]], number[row], strings[unit[row]]];
          }),
    );
    assert.deepEqual(labels, [
      [],
      [],
      [
        ['request', 'r1', Number.NaN, ''],
        ['bytes', '', 64, 'kB'],
      ],
      [
        ['tid', 'r1', Number.NaN, ''],
        ['bytes', '', -3, ''],
      ],
    ]);
  });

  it('times are those of labels, counted from the first', () => {
    const names = ['f', 'end_timestamp_ns'];
    const sample = (time: bigint): Fields[number] => [
      2,
      [
        [1, [1]],
        [2, [1]],
        [
          3,
          [
            [1, 4],
            [3, time],
          ],
        ],
      ],
    ];
    const first = 1_700_000_000_000_000_000n;
    const profile = read([...smallProfile(names, [[1]]), sample(first + 2_000_000n), sample(first)]);
    assert.deepEqual([...profile.samples.time], [Number.NaN, 2e6, 0]);
    assert.equal(profile.origin.startTimeNs, Number(first));
    assert.equal(profile.labelSets.length, 0);
  });

  it('numbers that are not packed, ids of any size and fields that are not known are read', () => {
    const id = 0xf000_0000_0000_0001n;
    const profile = read([
      ...smallProfile(['f', 'g'], []),
      [
        4,
        [
          [1, id],
          [4, [[1, 2]]],
          [77, 5],
        ],
      ],
      [
        4,
        [
          [1, 2n ** 33n],
          [4, [[1, 1]]],
        ],
      ],
      [
        2,
        [
          [1, id],
          [1, 2n ** 33n],
          [1, 1],
          [2, 7],
        ],
      ],
    ]);
    assert.deepEqual(stacksOf(profile), ['g < f < f']);
    assert.deepEqual([...profile.samples.weights[0]], [7]);
    assert.deepEqual(profile.quality.warnings, []);
  });

  it('a value beyond 2^53 is near, and said to be', () => {
    const profile = read([
      ...smallProfile(['f'], []),
      [
        2,
        [
          [1, [1]],
          [2, [2 ** 53 + 2]],
        ],
      ],
      [
        2,
        [
          [1, [1]],
          [2, [-5]],
        ],
      ],
    ]);
    assert.deepEqual([...profile.samples.weights[0]], [2 ** 53 + 2, -5]);
    assert.match(profile.quality.warnings.join(), /Rounded, since they are beyond 2\^53: 1 number\./);
  });
});

describe('functions that a pprof file says are to be left out', { skip: needTool('go') }, () => {
  it('are those that go tool pprof leaves out', () => {
    const names = [
      'main',
      'rt.call',
      'rt.alloc(int)',
      'work',
      '.rt.free',
      'ns::(anonymous namespace)::rt.x(int)',
      'a+b',
      'RT.up',
    ];
    const patterns = [
      'rt\\..*',
      'rt\\.(alloc|free)',
      '(?i)rt\\.up|rt.call',
      '.*',
      'a\\+b|work',
      '[^m].*',
      'ns::\\(anonymous namespace\\)::.*',
      '\\Qa+b\\E',
      'x*',
      'wor[a-k]{1,2}',
      '\\w+',
      'rt\\..*|',
      '(((m)))ain',
    ];
    for (const [index, drop] of patterns.entries()) {
      const random = seededRandom(index + 1);
      const below = (end: number) => Math.floor(random() * end);
      const keep = index % 3 === 0 ? 'rt\\.call' : '';
      const texts = [...names, drop, keep];
      const lines = (): Fields =>
        Array.from({ length: 1 + below(3) }, () => [
          4,
          [
            [1, 1 + below(names.length)],
            [2, 1 + below(9)],
          ],
        ]);
      const fields: Fields = [
        ...smallProfile(texts, []).filter(([field]) => field !== 4),
        ...Array.from({ length: 12 }, (_, at): Fields[number] => [4, [[1, at + 1], [3, 0x1000 + at], ...lines()]]),
        ...Array.from({ length: 40 }, (): Fields[number] => [
          2,
          [
            [1, Array.from({ length: below(7) }, () => 1 + below(12))],
            [2, [1 + below(9)]],
          ],
        ]),
        [7, names.length + 3],
        ...(keep === '' ? [] : ([[8, names.length + 4]] as const)),
      ];
      const path = join(folder, 'dropped.pb');
      writeFileSync(path, message(fields));
      assert.deepEqual(costsAsNamedByGo(read(fields), 0), goTop(path, 0, 'count'), `${drop}, but ${keep}`);
    }
  });
});

describe('a pattern of functions that are to be left out', () => {
  it('that is no pattern is not followed, and that is said', () => {
    for (const drop of ['(', 'a**', 'x(?=y)']) {
      const profile = read([...smallProfile(['f', 'g', drop], [[1, 2]]), [7, 5]]);
      assert.equal(stackWeights(profile, { value: 0 }).total, 1);
      assert.equal(profile.stacks.length, 2);
      assert.match(profile.quality.warnings.join(), /wasn't followed \(.* is not a regular expression/, drop);
    }
  });

  it('that would take JavaScript for ever is followed', () => {
    const profile = read([
      ...smallProfile(['x'.repeat(200_000), 'g', `(${'(x+x+)+'.repeat(3)}){100}y`], [[1, 2]]),
      [7, 5],
    ]);
    assert.equal(profile.stacks.length, 2);
    assert.deepEqual(profile.quality.warnings, []);
  });
});

describe('a pprof file that is broken', () => {
  it('has what refers to nothing left out, in words', () => {
    const base = smallProfile(['f', 'g'], [[1, 9], [2]]);
    const profile = read([
      ...base,
      [
        4,
        [
          [1, 5],
          [2, 3],
          [4, [[1, 99]]],
        ],
      ],
      [
        4,
        [
          [1, 6],
          [3, 77],
          [
            4,
            [
              [1, 99],
              [2, 3],
            ],
          ],
        ],
      ],
      [
        4,
        [
          [1, 1],
          [4, [[1, 2]]],
        ],
      ],
      [4, [[4, [[1, 2]]]]],
      [
        5,
        [
          [1, 7],
          [2, 500],
        ],
      ],
      [
        4,
        [
          [1, 8],
          [4, [[1, 7]]],
        ],
      ],
      [
        2,
        [
          [1, [5, 6, 8]],
          [2, [1]],
        ],
      ],
    ]);
    assert.deepEqual(stacksOf(profile), ['f', 'g', '(unknown) < 0x4d < (unknown)']);
    const warnings = profile.quality.warnings.join('\n');
    for (const expected of [
      /Frames are missing, .*: 1, in the stacks of 1 sample\./,
      /Left out, since their numbers are 0 or those of others: 2/,
      /Functions of 2 lines aren't in the file/,
      /Modules of 1 place aren't/,
      /1 of its strings aren't/,
    ])
      assert.match(warnings, expected);
  });

  it('has no kernel in it where the address is the one before 0, as Go writes of threads whose maker it does not know', () => {
    const beforeNothing: Fields[number] = [
      4,
      [
        [1, 3],
        [3, 2n ** 64n - 1n],
      ],
    ];
    const profile = read(smallProfile(['f', 'g'], [[3], [2]], [beforeNothing]));
    assert.deepEqual(stacksOf(profile), ['(unknown)', 'g']);
    assert.ok(!profile.frames.kind.includes(FRAME_KINDS.indexOf('kernel')));
  });

  it('has samples with too many values, or none, left out', () => {
    const profile = read([
      ...smallProfile(['f'], [[1]]),
      [
        2,
        [
          [1, [1]],
          [2, [1, 2]],
        ],
      ],
      [2, [[1, [1]]]],
    ]);
    assert.equal(profile.samples.length, 1);
    assert.match(profile.quality.warnings.join(), /damaged: 2 of its entries/);
  });

  it('is refused where nothing says what its values are, or where it is two in one', () => {
    const whole = smallProfile(['f'], [[1]], [[9, 1_700_000_000_000_000_000n]]);
    assert.throws(() => read([...whole, ...whole]), MalformedInput);
    assert.throws(
      () => read(whole.filter(([field]) => field !== 6)),
      /the names of its values are not among its 0 strings/,
    );
  });

  it('that is cut anywhere is refused, or has a warning, or lacks nothing that is referred to', () => {
    for (const name of ['go-cpu.pb', 'go-heap.pb']) {
      const bytes = readFileSync(new URL(name, FIXTURE));
      const whole = importProfile(bytesInMemory(bytes));
      let silent = 0;
      for (let cut = 0; cut < bytes.length; cut++) {
        try {
          const part = importProfile(bytesInMemory(bytes.subarray(0, cut)));
          if (part.quality.warnings.length > 0) continue;
          silent++;
          assert.deepEqual(stacksOf(part), stacksOf(whole), `${name} cut at ${cut}`);
        } catch (error) {
          if (!(error instanceof MalformedInput || error instanceof UnrecognisedInput)) throw error;
        }
      }
      assert.ok(silent < 12, `${silent} of ${bytes.length} cuts of ${name} can't be seen`);
    }
  });

  it('that claims sizes and counts beyond what it holds is read as far as it is sound', () => {
    const start = message(smallProfile(['f'], [[1]]));
    for (const tail of [
      [0x12, 0xff, 0xff, 0xff, 0xff, 0x0f],
      [0x12, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
      [0x32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
      [0x0f],
      [0x00],
      [0x13],
    ]) {
      const profile = importProfile(bytesInMemory(Uint8Array.from([...start, ...tail])));
      assert.deepEqual(stacksOf(profile), ['f']);
      assert.match(profile.quality.warnings.join(), /The file is broken \(/, tail.join());
    }
  });

  it('of a million samples that are empty, or a stack of a million, is read in little time', () => {
    const start = message(smallProfile(['f', '__proto__'], []));
    const empty = new Uint8Array(2_000_000);
    for (let at = 0; at < empty.length; at += 2) empty[at] = 0x12;
    const profile = importProfile(bytesInMemory(Buffer.concat([start, empty])));
    assert.equal(profile.samples.length, 0);
    const deep = read([
      ...smallProfile(['f', '__proto__'], []),
      [
        2,
        [
          [1, new Array(1_000_000).fill(2)],
          [2, [1]],
        ],
      ],
    ]);
    assert.equal(deep.stacks.length, 1_000_000);
  });
});

describe('a tree of locations', () => {
  it('has each stack once, whether hashes tell stacks apart or not', () => {
    for (const mask of [-1, 0xfff, 3, 0]) {
      const random = seededRandom(7);
      const tree = new LocationTree(4, assert.fail, mask);
      const nodes = new Map<string, number>();
      for (let time = 0; time < 3000; time++) {
        const stack = Int32Array.from({ length: Math.floor(random() * 9) }, () => Math.floor(random() * 3));
        const node = tree.nodeOf(stack, 0, stack.length);
        assert.equal(nodes.get(stack.join()) ?? node, node);
        nodes.set(stack.join(), node);
      }
      const { caller, key } = tree.nodes();
      for (const [stack, node] of nodes) {
        const spelt: number[] = [];
        for (let at = node; at !== NONE; at = caller[at]) spelt.push(key[at]);
        assert.equal(spelt.join(), stack);
      }
      assert.equal(new Set(nodes.values()).size, nodes.size);
    }
  });
});

function read(fields: Fields): Profile {
  return importProfile(bytesInMemory(message(fields)));
}

/** Names of each sample's stack, innermost first; an address where there's no function. */
function stacksOf({ samples, stacks, frames, functions, strings }: Profile): string[] {
  return Array.from(samples.stack, (stack) => {
    const names: string[] = [];
    for (let at = stack; at !== NONE; at = stacks.parent[at]) {
      const func = frames.function[stacks.frame[at]];
      names.push(func === NONE ? `0x${frames.address[stacks.frame[at]].toString(16)}` : strings[functions.name[func]]);
    }
    return names.join(' < ');
  });
}
