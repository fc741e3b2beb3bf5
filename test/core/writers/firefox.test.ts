import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { operated } from '../../../src/core/profile/operations/index.ts';
import { FRAME_KINDS, NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { firefox } from '../../../src/core/writers/firefox.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';

const FIXTURES = [
  'perf-data/several-events.perf.data',
  'perf-data/side-band.perf.data',
  'perf-script/planted-cpp-srcline.txt',
  'V8-cpuprofile/short.cpuprofile',
  'speedscope/py-spy.speedscope.json',
  'dhat/planted-cpp.dhat',
];

/** All that the format carries of each sample, in order of time. */
function told(profile: Profile): string[] {
  const { samples, stacks, frames, functions, modules, threads, strings } = profile;
  const rows = Array.from(samples.stack.keys());
  rows.sort(
    (a, b) => (samples.time[a] || 0) - (samples.time[b] || 0) || samples.thread[a] - samples.thread[b] || a - b,
  );
  return rows.map((sample) => {
    const parts: string[] = [];
    for (let stack = samples.stack[sample]; stack !== NONE; stack = stacks.parent[stack]) {
      const frame = stacks.frame[stack];
      const func = frames.function[frame];
      const own = frames.module[frame];
      const module = own === NONE && func !== NONE ? functions.module[func] : own;
      const name =
        func === NONE
          ? `at ${frames.address[frame]}`
          : `${strings[functions.name[func]]} ${strings[functions.file[func]]}:${functions.startLine[func]}`;
      parts.push(
        [
          name,
          frames.line[frame],
          frames.column[frame],
          module === NONE ? '' : `${strings[modules.path[module]]} ${strings[modules.buildId[module]]}`,
          module === NONE ? '' : frames.address[frame],
          frames.inlined[frame],
          FRAME_KINDS[frames.kind[frame]],
        ].join(' '),
      );
    }
    const thread = samples.thread[sample];
    const ofThread =
      thread === NONE ? 'no thread' : `${threads.pid[thread]} ${threads.tid[thread]} ${strings[threads.name[thread]]}`;
    const time = Math.round((samples.time[sample] || 0) * 100) / 100;
    const weight = Math.round(samples.weights[profile.defaultValue][sample] * 100) / 100;
    return `${ofThread.replace(/^-1 -1 no thread$/, 'no thread')} ${time} ${weight} ${parts.join('; ')}`;
  });
}

describe('a profile written for the Firefox Profiler', () => {
  for (const name of FIXTURES) {
    it(`reads back as it was: ${name}`, () => {
      const profile = importProfile(bytesInMemory(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))));
      const bytes = firefox.write(profile);
      const back = importProfile(bytesInMemory(bytes));
      assert.equal(back.origin.format, 'Firefox profile');
      assert.deepEqual(back.quality.warnings, []);
      assert.deepEqual(told(back).sort(), told(profile).sort());
      assert.ok(JSON.parse(Buffer.from(bytes).toString()).threads.length > 0);
    });
  }

  it('has a function that is called like an address again, and code without a name as its address', () => {
    const builder = new ProfileBuilder();
    const module = builder.module('/lib/libc.so.6');
    const called = builder.frame({ function: builder.function({ name: '0x7f460a041f16', module }), module });
    const nameless = [0x1010n, 0xffffffff81000000n].map((address) =>
      builder.frame({ function: NONE, module, address }),
    );
    const row = builder.sample(builder.stackOf([called, ...nameless]), builder.thread(1, 1, 'main'), 0);
    builder.addWeight(row, builder.value('samples', 'count'), 1);
    const profile = builder.finish({ origin: { format: 'py-spy raw' } });
    assert.deepEqual(told(importProfile(bytesInMemory(firefox.write(profile)))), told(profile));
  });

  for (const [unit, ms] of Object.entries({ nanoseconds: 1e-6, microseconds: 1e-3, milliseconds: 1, seconds: 1e3 })) {
    it(`has ${unit} as milliseconds, and they read back as the same time`, () => {
      const drawn = drawnProfile(`
        #w  5000  -3.25
            main  main
      `);
      const period = { type: 'cpu', unit, amount: 100 };
      const profile: Profile = {
        ...drawn,
        values: [{ type: 'cpu', unit }],
        origin: { ...drawn.origin, period },
      };
      const bytes = firefox.write(profile);
      const { threads, meta } = JSON.parse(Buffer.from(bytes).toString());
      assert.equal(threads[0].samples.weightType, 'tracing-ms');
      for (const [at, weight] of [5000, -3.25].entries()) {
        const written = threads[0].samples.weight[at];
        assert.ok(Math.abs(written / (weight * ms) - 1) < 1e-15, `${written}`);
      }
      assert.ok(Math.abs(meta.interval / (100 * ms) - 1) < 1e-15, `${meta.interval}`);
      const back = importProfile(bytesInMemory(bytes));
      assert.equal(back.values[0].unit, 'nanoseconds');
      const inNs = drawn.samples.weights[0].map((weight) => weight * ms * 1e6);
      assert.deepEqual(told(back), told({ ...profile, samples: { ...profile.samples, weights: [inNs] } }));
    });
  }

  it('has tables whose columns are as long as they say, and rows that are there', () => {
    const profile = importProfile(
      bytesInMemory(readFileSync(new URL(`../../fixtures/${FIXTURES[2]}`, import.meta.url))),
    );
    const { threads, libs, meta } = JSON.parse(Buffer.from(firefox.write(profile)).toString());
    assert.equal(libs.length, profile.modules.length);
    for (const thread of threads) {
      const { stackTable, frameTable, funcTable, resourceTable, samples, stringArray } = thread;
      for (const table of [stackTable, frameTable, funcTable, resourceTable, samples]) {
        for (const [name, column] of Object.entries(table)) {
          if (Array.isArray(column)) assert.equal(column.length, table.length, name);
        }
      }
      const within = (column: (number | null)[], end: number) =>
        assert.ok(column.every((row) => row === null || (row >= -1 && row < end)));
      within(samples.stack, stackTable.length);
      within(stackTable.frame, frameTable.length);
      within(frameTable.func, funcTable.length);
      within(frameTable.category, meta.categories.length);
      within(funcTable.name, stringArray.length);
      within(funcTable.resource, resourceTable.length);
      within(resourceTable.lib, libs.length);
      assert.ok(stackTable.prefix.every((prefix: number | null, row: number) => prefix === null || prefix < row));
      assert.ok(samples.time.every((time: number, row: number) => row === 0 || time >= samples.time[row - 1]));
    }
  });

  it('is a file that can be opened, also where nothing is left to be written', () => {
    const nothing = operated(drawnProfile('main'), [{ op: 'focus', pattern: 'elsewhere' }]);
    const back = importProfile(bytesInMemory(firefox.write(nothing)));
    assert.equal(back.samples.length, 0);
  });

  it('says what it leaves out', () => {
    assert.deepEqual(firefox.losses(drawnProfile('a')), []);
    const heap = importProfile(bytesInMemory(readFileSync(new URL(`../../fixtures/${FIXTURES[5]}`, import.meta.url))));
    assert.deepEqual(firefox.losses(heap), [
      'One value is written, the others are left out.',
      'Samples without a time are at the start.',
    ]);
  });

  it('says in the profile info of the front end of which part of a recording it is', () => {
    const written = (looked: readonly string[]) =>
      JSON.parse(Buffer.from(firefox.write(drawnProfile('main\n'), { looked })).toString()).meta.extra;
    assert.equal(written([]), undefined);
    assert.deepEqual(written(['only with /leaf/', 'from 2 s']), [
      {
        label: 'Part of a recording',
        entries: [
          { label: 'Shown', format: 'string', value: 'only with /leaf/' },
          { label: 'Shown', format: 'string', value: 'from 2 s' },
        ],
      },
    ]);
  });
});
