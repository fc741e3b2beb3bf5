import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { perfScript } from '../../../src/core/importers/perf-script.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { hotLines } from '../../../src/core/profile/hot-lines.ts';
import { per } from '../../../src/core/profile/operations/per.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { topTable } from '../../../src/core/profile/top-table.ts';
import { pprof } from '../../../src/core/writers/pprof.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';
import { type Costs, goPprof, goTop, namedTop, withFunctions } from '../../support/go-top.ts';
import { needTool } from '../../support/need-tool.ts';
import { randomProfile } from '../../support/random-profile.ts';

const RECORDINGS = [
  'planted-c.txt',
  'planted-cpp-srcline.txt',
  'events-and-records.txt',
  'tracepoints.txt',
  'without-call-chain.txt',
];

describe('a pprof file', { skip: needTool('go') }, () => {
  for (const name of RECORDINGS) {
    it(`of ${name} has the self and total of every function that our own top table has`, () => {
      const profile = recording(name);
      for (const value of profile.values.keys()) {
        const rows = topTable(profile, stackWeights(profile, { value }), 'function');
        const names = rows.map((row) => profile.strings[profile.functions.name[row.function]]);
        assert.equal(new Set(names).size, names.length, 'no two functions have one name');
        const own = Object.fromEntries(rows.map((row, at) => [names[at], [row.self, row.total]]));
        assert.deepEqual(goTop(profile, value), own);
      }
    });
  }

  it('has the time that was read, to the microsecond where it is a number of milliseconds', () => {
    const profile = recording('planted-c.txt');
    const at = (wallStartMs: number) => goPprof({ ...profile, origin: { ...profile.origin, wallStartMs } }, ['-raw']);
    assert.match(at(1_677_488_315_039.823), /^Time: 2023-02-27 08:58:35\.039823 /m);
    assert.match(at(1_677_488_315_039), /^Time: 2023-02-27 08:58:35\.039 /m);
  });

  it('has the self and total of every line that our own hot lines have', () => {
    const profile = recording('planted-cpp-srcline.txt');
    const own: Costs = {};
    for (const { file, line, self, total } of hotLines(profile, stackWeights(profile, { value: 0 }))) {
      for (const [at, number] of line.entries()) own[`${profile.strings[file]}:${number}`] = [self[at], total[at]];
    }
    const found: Costs = {};
    for (const [name, [self, total]] of Object.entries(goTop(profile, 0, '-lines'))) {
      const place = /\S+:\d+$/.exec(name)?.[0];
      // Two functions on one line, such as a lambda and what holds it, are two rows of pprof's.
      if (place) found[place] = [self + (found[place]?.[0] ?? 0), Math.max(total, found[place]?.[1] ?? 0)];
    }
    assert.ok(Object.keys(own).length > 5);
    assert.deepEqual(found, own);
  });

  it('has recursion once, calls on one line once, inlined frames and several values', () => {
    const profile = drawnProfile(`
      #e          cycles      cycles      faults      cycles
      #w          100         30          7           5
      main@a.c:1  main@a.c:1  main@a.c:1  main@a.c:2
      fib@a.c:9   fib@a.c:9   even@a.c:5  ~mix@b.h:4
      fib@a.c:9   ~mix@b.h:4  odd@a.c:6   ~mix@b.h:4
      fib@a.c:8   .           even@a.c:5  ~low@b.h:2
    `);
    assert.deepEqual(goTop(profile, 0), namedTop(profile, 0));
    assert.deepEqual(goTop(profile, 1), namedTop(profile, 1));
    assert.deepEqual(goTop(profile, 0, '-lines'), namedTop(profile, 0, '-lines'));
  });

  it('of random profiles has the totals that their definitions give, by function and by line', () => {
    for (const seed of [1, 2, 3]) {
      const profile = withFunctions(randomProfile(seed));
      for (const value of profile.values.keys()) {
        for (const by of ['-functions', '-lines'] as const) {
          assert.deepEqual(
            goTop(profile, value, by),
            namedTop(profile, value, by),
            `seed ${seed}, value ${value}, ${by}`,
          );
        }
      }
    }
  });

  it('has mappings, build-ids, labels of threads, comments and the default value', () => {
    const profile = recording('planted-c.txt');
    const modules = { ...profile.modules, buildId: Array.from(profile.modules.path, () => profile.strings.length) };
    const raw = goPprof({ ...profile, modules, strings: [...profile.strings, '0123456789abcdef'] }, ['-raw']);
    assert.match(raw, /cpu-clock:ppp\/nanoseconds\[dflt\] samples\/count/);
    assert.match(raw, /comm:\[planted-c\]\n\s+tid:\[\d+\]/);
    assert.match(
      raw,
      /^1: 0x1000\/0x[0-9a-f]+\/0x1000 \/tmp\/lab\/build\/planted-c 0123456789abcdef \[FN\]\[FL\]\[LN\]\[IN\]$/m,
    );
    assert.match(raw, /^Comment: command: \/usr\/bin\/perf record/m);
    assert.match(raw, /^Duration: 578/m);
    assert.match(raw, /^PeriodType: cpu-clock:ppp nanoseconds\nPeriod: 20408163$/m);
  });

  it('keeps template arguments in names, which pprof would cut off what it demangles itself', () => {
    const builder = new ProfileBuilder();
    const frame = builder.frame({ function: builder.function({ name: 'ns::Matrix<double>' }) });
    builder.addWeight(builder.sample(builder.stackOf([frame]), NONE, 0), builder.value('samples', 'count'), 1);
    const profile = builder.finish();
    assert.match(goPprof(profile, ['-top']), /ns::Matrix<double>$/m);
  });

  it('has weights below zero, and whole numbers of any size', () => {
    const profile = drawnProfile(`
      #w  -5  9007199254740991
      a   b
    `);
    assert.deepEqual(goTop(profile, 0), { a: [-5, -5], b: [9007199254740991, 9007199254740991] });
  });
});

describe('what a pprof file leaves out', () => {
  it('is said', () => {
    const rounded = per(drawnProfile('#w  300\nmain'), 1200, 'request');
    assert.ok(
      pprof.losses(rounded).includes('Values are rounded to whole numbers: samples, 0.25/request, become 0/request.'),
      pprof.losses(rounded).join(' '),
    );
    const huge = drawnProfile(`
      #w  6e18  6e18  1
          a     a     b
    `);
    assert.match(pprof.losses(huge).join(' '), /Values have room below 2\^63: samples, 12000000 T, become 9220000 T\./);
    const [weights] = importProfile(bytesInMemory(pprof.write(huge))).samples.weights;
    assert.deepEqual([...weights], [2 ** 63 - 1024, 1]);
    const losses = pprof.losses(randomProfile(1)).join(' ');
    assert.match(losses, /Times of samples/);
    assert.match(losses, /without parameters/);
    assert.match(losses, /Threads are labels/);
  });

  it('is the same bytes every time', () => {
    assert.deepEqual(pprof.write(randomProfile(1)), pprof.write(randomProfile(1)));
  });
});

function recording(name: string): Profile {
  const bytes = readFileSync(new URL(`../../fixtures/perf-script/${name}`, import.meta.url));
  return perfScript.read(bytesInMemory(bytes), { progress() {} });
}
