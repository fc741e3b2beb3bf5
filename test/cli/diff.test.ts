import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { cli } from '../support/cli.ts';

/** `perf script` text of samples at so many milliseconds: the function that ran, below main. */
function script(folder: string, samples: readonly [ms: number, name: string][]): string {
  return samples
    .map(
      ([ms, name]) => `program  100/100  ${(1 + ms / 1000).toFixed(6)}:  1000000 cpu-clock:
\t            1010 ${name}+0x10 (${folder}/program)
  ${folder}/${name}.c:7
\t            2010 main+0x10 (${folder}/program)
  ${folder}/main.c:3

`,
    )
    .join('');
}

describe('the command line, comparing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright diff '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'a.txt'),
    script('/build/a', [
      [0, 'fast'],
      [1, 'fast'],
      [2, 'old'],
      [3, 'slow'],
    ]),
  );
  writeFileSync(
    join(folder, 'b.txt'),
    script('/build/b', [
      [0, 'fast'],
      [1, 'slow'],
      [2, 'slow'],
      [3, 'slow'],
      [4, 'slow'],
    ]),
  );
  const json = async (...args: string[]) => {
    const { code, out, err } = await cli(folder, ['diff', ...args, '--value', 'samples', '--json']);
    assert.equal(code, 0, err);
    return JSON.parse(out);
  };
  const figures = ({ rows }: { rows: Record<string, { self: number; total: number } & string>[] }) =>
    rows.map((row) => [
      row['function'],
      row['before'].self,
      row['after'].self,
      row['change'].self,
      row['change'].total,
    ]);

  it('says which of the two is broken', async () => {
    writeFileSync(join(folder, 'cut.cpuprofile'), '{"nodes":[],"timeDeltas":[1,');
    for (const words of [
      ['a.txt', 'cut.cpuprofile'],
      ['cut.cpuprofile', 'a.txt'],
    ]) {
      const { code, err } = await cli(folder, ['diff', ...words]);
      assert.equal(code, 2);
      assert.match(err, /^perfwright: \S.*\/cut\.cpuprofile: V8 cpuprofile, at byte 28: /);
    }
  });

  it('diff --json has the fields of perfwright.diff/1, before and after, the largest change first', async () => {
    const answer = await json('a.txt', 'b.txt');
    assert.deepEqual(Object.keys(answer), ['schema', 'value', 'normalize', 'before', 'after', 'rows']);
    assert.equal(answer.schema, 'perfwright.diff/1');
    assert.deepEqual(answer.value, { type: 'samples', unit: 'count' });
    assert.deepEqual(
      [answer.before, answer.after],
      [
        { total: 4, scale: 1 },
        { total: 5, scale: 1 },
      ],
    );
    const fields = ['function', 'file', 'line', 'module', 'before', 'after', 'change', 'poisson95'];
    assert.deepEqual(Object.keys(answer.rows[0]), fields);
    assert.deepEqual(figures(answer), [
      ['slow', 1, 4, 3, 3],
      ['fast', 2, 1, -1, -1],
      ['old', 1, 0, -1, -1],
      ['main', 0, 0, 0, 1],
    ]);
    assert.equal(answer.rows[0].file, '/build/b/slow.c');
  });

  it('diff goes by line and by request, and compares a part of a recording with another', async () => {
    const lines = await json('a.txt', 'b.txt', '--by', 'line', '--requests', '2,5', '--limit', '1');
    assert.deepEqual(
      lines.rows.map((row: Record<string, unknown>) => [row['file'], row['line'], row['before'], row['after']]),
      [['/build/b/fast.c', 7, { self: 1, total: 1 }, { self: 0.2, total: 0.2 }]],
    );
    assert.deepEqual(lines.value, { type: 'samples', unit: 'count/request' });
    const parts = await json('b.txt', '--before', '..50%', '--after', '50%..', '--hide', 'main');
    assert.ok('poisson95' in parts.rows[0]);
    // Half of it is in both: they are no two recordings.
    const overlapping = await cli(folder, ['diff', 'b.txt', '--after', '50%..', '--hide', 'main', '--json']);
    assert.match(overlapping.err, /Both have samples in common, so it is not known what chance makes of a change/);
    assert.ok(!('poisson95' in JSON.parse(overlapping.out).rows[0]));
    assert.deepEqual(figures(parts), [
      ['slow', 1, 3, 2, 2],
      ['fast', 1, 0, -1, -1],
    ]);
  });

  it('diff is for people: signs, arrows, percent of what there was, and what is not known', async () => {
    const { out } = await cli(folder, ['diff', 'a.txt', 'b.txt', '--normalize', 'total']);
    assert.match(out, /^cpu-clock: 4 ms → 4 ms in all +0 ns +\(after × 0\.8, to the same weight\)$/m);
    assert.match(out, /^ *▲ \+2\.2 ms ±3\.7 ms +\+220 % +1 ms → 3\.2 ms +▲ .* +slow {2}\/build\/b\/slow\.c/m);
    assert.match(out, /^ *▼ −1 ms ±1\.96 ms +gone +1 ms → 0 ns .* +old {2}/m);
    assert.match(out, /what differs from run to run is not known/);
    // Every sample stands for 1 ms: 1.96 × √(1 + 4 × 0.8²) of them are 3.7 ms.
    assert.match(out, /± is the 95 % Poisson interval/);
    const counted = await cli(folder, ['diff', 'a.txt', 'b.txt', '--value', 'samples']);
    assert.match(counted.out, /▲ \+3 ±4\.38 .*\n[\s\S]*± is the 95 % Poisson interval/);
  });

  it('wrong usage exits with 2 and says what is wrong', async () => {
    const cases: [string[], RegExp][] = [
      [['a.txt'], /B is missing: a second recording, or --before and --after/],
      [['a.txt', '--before', '1s'], /"1s" is no range of time/],
      [['a.txt', 'b.txt', '--normalize', 'hope'], /--normalize is "hope", expected one of: nothing, total, samples/],
      [['a.txt', 'b.txt', '--normalize', 'requests'], /--normalize requests needs --requests/],
      [['a.txt', 'b.txt', '--requests', '1,2', '--normalize', 'total'], /--requests .*--normalize by total: leave one/],
      [['a.txt', 'b.txt', '--requests', '1,2', '--request-name', ' '], /--request-name is empty/],
      [['a.txt', 'b.txt', '--request-name', 'order'], /--request-name is what --requests counts/],
      [['a.txt', 'b.txt', '--before', '5s..1s'], /--before is "5s\.\.1s", which ends before it has begun/],
      [['a.txt', '--after', '50%..5%'], /--after is "50%\.\.5%", which ends before it has begun/],
      [['a.txt', 'b.txt', '--requests', '5'], /--requests is "5", expected two numbers above 0/],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await cli(folder, ['diff', ...args]);
      assert.match(err, message);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
    }
  });

  it('a side of which nothing is left is named', async () => {
    const { code, err } = await cli(folder, ['diff', 'a.txt', '--before', '5min..', '--after', '..5min']);
    assert.equal(code, 0, err);
    assert.deepEqual(err.match(/^Warning: .*/gm), ['Warning: before: Nothing is left to be shown.']);
    const neither = await cli(folder, ['diff', 'a.txt', 'b.txt', '--focus', 'none']);
    assert.deepEqual(neither.err.match(/^Warning: .*/gm), [
      'Warning: before: Nothing is left to be shown.',
      'Warning: after: Nothing is left to be shown.',
    ]);
  });

  it('what holds of both recordings is said once, and what holds of one is said of that', async () => {
    writeFileSync(join(folder, 'cut.txt'), script('/build/a', [[0, 'fast']]).slice(0, -30));
    const { code, err } = await cli(folder, ['diff', 'a.txt', 'cut.txt']);
    assert.equal(code, 0, err);
    const told = err.split('\n').filter((line) => /^(Note|Warning): /.test(line));
    assert.equal(told.filter((line) => line.startsWith('Note: It was sampled on processors')).length, 1, err);
    assert.equal(told.filter((line) => /^Warning: .*cut\.txt: The text ends in the middle/.test(line)).length, 1, err);
  });
});
