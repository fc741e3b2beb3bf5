import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { COMMANDS } from '../../src/cli/index.ts';
import { cli, ROOT } from '../support/cli.ts';

/** Two threads, recursion, two files; `perf script` text, for it needs no tool to be read. */
const SCRIPT = `program  100/100  1.000000:  1000000 cpu-clock:
\t            1010 leaf+0x10 (/tmp/program)
  leaf.c:7
\t            2010 main+0x10 (/tmp/program)
  main.c:3

program  100/100  1.001000:  1000000 cpu-clock:
\t            2020 main+0x20 (/tmp/program)
  main.c:4

worker  100/101  1.002000:  1000000 cpu-clock:
\t            1010 leaf+0x10 (/tmp/program)
  leaf.c:7
\t            1018 leaf+0x18 (/tmp/program)
  leaf.c:8
\t            2010 main+0x10 (/tmp/program)
  main.c:3

`;

describe('the command line, reading', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright cli '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const recording = join(folder, 'a recording.txt');
  writeFileSync(recording, SCRIPT);
  const run = (...args: string[]) => cli(folder, args);
  const json = async (...args: string[]) => {
    const { code, out, err } = await run(...args, '--json');
    assert.equal(code, 0, err);
    return JSON.parse(out);
  };

  it('every command tells its usage with --help, and exits with 0', async () => {
    for (const name of Object.keys(COMMANDS)) {
      const { code, out } = await run(name, '--help');
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^Usage: perfwright ${name}`));
      for (const option of Object.keys(COMMANDS[name].options)) assert.match(out, new RegExp(`--${option}\\b`));
    }
  });

  it('without a command it prints the commands and exits with 2', async () => {
    const { code, out } = await run();
    assert.equal(code, 2);
    for (const name of Object.keys(COMMANDS)) assert.match(out, new RegExp(`^  ${name} `, 'm'));
  });

  it('wrong usage and unusable input exit with 2 and say what is wrong', async () => {
    const cases: [string[], RegExp][] = [
      [['frobnicate'], /no command "frobnicate"/],
      [['top'], /IN is missing/],
      [['top', recording, '--by', 'colour'], /--by is "colour", expected one of: function, line, file, module/],
      [['top', recording, '--limit', 'many'], /--limit is "many", expected a whole number/],
      [['top', recording, '--value', 'cycles'], /no value type "cycles".*cpu-clock/],
      [['top', recording, '--thread', 'nobody'], /no thread "nobody"/],
      [['top', recording, '--process', '99'], /no process 99; show lists them/],
      [['top', recording, '--frobnicate'], /Unknown option '--frobnicate'/],
      [['top', 'nowhere.data'], /no file "nowhere.data", and no such run/],
      [['top', folder], /is a folder: name the recording in it/],
      [['lines', recording], /FILE is missing/],
      [['lines', recording, 'other.c'], /No line of other.c is in this recording. Costliest files: main.c/],
      [['convert', recording, 'out.doc'], /has the extension .doc/],
      [['top', recording, '--focus', 'a('], /The pattern "a\(" is not a regular expression: missing closing/],
      [['top', recording, '--from', 'soon'], /"soon" is no moment: expected seconds, 200ms, or 10%/],
      [
        ['top', recording, '--from', '50%', '--to', '10%'],
        /--from 50.0 % and --to 10.0 %: .* ends before it has begun/,
      ],
      [['lines', recording, 'leaf.c', '--from', '2s', '--to', '2s'], /--from 2 s and --to 2 s: .* ends before it/],
      [['top', recording, '--without', 'everything'], /--without is "everything", expected one of: kernel, go-runtime/],
      [['top', recording, '--per', '0'], /--per: "0" says no number above 0/],
      [['top', recording, '--per', '5, '], /--per: "5, " says .*, or no name after it/],
      [['top', recording, '--invert'], /Unknown option '--invert'/],
      [
        ['top', recording, '--value', 'cpu-clock', '--value=samples'],
        /--value is given twice, and takes one value\. See/,
      ],
      [['lines', recording, 'leaf.c', '--no-kernel', '--kernel'], /--no-kernel and --kernel are both given\. See/],
      [['record', '-F', '9', '--frequency', '99', '--', 'true'], /--frequency is given twice, and takes one value/],
      [['record'], /What to record is missing/],
      [['record', 'program'], /stands after --/],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await run(...args);
      assert.match(err, message);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
    }
  });

  it('an empty file and one of no known format are refused by name', async () => {
    writeFileSync(join(folder, 'empty'), '');
    writeFileSync(join(folder, 'letter'), 'Dear Sir or Madam,\n');
    writeFileSync(join(folder, 'a.xz'), Buffer.from('fd377a585a000004', 'hex'));
    writeFileSync(join(folder, 'a.bz2'), 'BZh91AY&SY');
    writeFileSync(join(folder, 'a.zip'), 'PK\x03\x04');
    for (const [name, message] of [
      ['empty', /empty is empty/],
      ['letter', /letter is not in a format/],
      // Its size is 0 until it is read.
      ['/proc/version', /version is not in a format/],
      ['a.xz', /a\.xz is packed with xz, which is not read here: unpack it first, with xz/],
      ['a.bz2', /a\.bz2 is packed with bzip2, .*: unpack it first, with bzip2/],
      ['a.zip', /a\.zip is packed with zip, .*: unpack it first, with unzip/],
    ] as const) {
      const { code, err } = await run('show', name);
      assert.equal(code, 2);
      assert.match(err, message);
    }
  });

  it('show --json has the fields of perfwright.show/1', async () => {
    const answer = await json('show', recording);
    assert.deepEqual(Object.keys(answer), ['schema', 'format', 'samples', 'values', 'threads', 'quality', 'warnings']);
    assert.equal(answer.schema, 'perfwright.show/1');
    assert.equal(answer.samples, 3);
    assert.deepEqual(answer.values, [
      { type: 'cpu-clock', unit: 'nanoseconds', total: 3_000_000 },
      { type: 'samples', unit: 'count', total: 3 },
    ]);
    assert.deepEqual(answer.threads, [
      { pid: 100, tid: 100, name: 'program', samples: 2 },
      { pid: 100, tid: 101, name: 'worker', samples: 1 },
    ]);
    assert.deepEqual(Object.keys(answer.quality), ['lost', 'brokenStacks', 'unresolvedShare', 'workspaceShare']);
  });

  it('top --json counts a recursive function once a sample', async () => {
    const answer = await json('top', recording, '--value', 'samples');
    assert.equal(answer.schema, 'perfwright.top/1');
    assert.deepEqual(answer.value, { type: 'samples', unit: 'count' });
    assert.equal(answer.total, 3);
    const figures = answer.rows.map((row: Record<string, unknown>) => [row['function'], row['self'], row['total']]);
    assert.deepEqual(figures, [
      ['leaf', 2, 2],
      ['main', 1, 3],
    ]);
    assert.deepEqual(Object.keys(answer.rows[0]), ['function', 'fullName', 'file', 'line', 'module', 'self', 'total']);
    assert.equal(answer.stackless, 0);
  });

  it('top groups by line, file and module, and counts one thread only', async () => {
    const by = async (grouping: string, key: string, ...more: string[]) => {
      const { rows } = await json('top', recording, '--value', 'samples', '--by', grouping, ...more);
      return rows.map((row: Record<string, unknown>) => [row[key], row['self'], row['total']]);
    };
    assert.deepEqual(await by('file', 'file'), [
      ['leaf.c', 2, 2],
      ['main.c', 1, 3],
    ]);
    assert.deepEqual(await by('module', 'module'), [['/tmp/program', 3, 3]]);
    assert.deepEqual(await by('line', 'line'), [
      [7, 2, 2],
      [4, 1, 1],
      [3, 0, 2],
      [8, 0, 1],
    ]);
    assert.deepEqual(await by('function', 'function', '--thread', 'worker'), [
      ['leaf', 1, 1],
      ['main', 0, 1],
    ]);
  });

  it('what is done to a recording is done in the order of the help, and every command that reads one can do it', async () => {
    const rows = async (...args: string[]) => {
      const answer = await json('top', recording, '--value', 'samples', ...args);
      return answer.rows.map((row: Record<string, unknown>) => [row['function'], row['self'], row['total']]);
    };
    assert.deepEqual(await rows('--focus', 'leaf'), [
      ['leaf', 2, 2],
      ['main', 0, 2],
    ]);
    // Hidden first, nothing would be left to focus on.
    assert.deepEqual(await rows('--hide', 'leaf', '--focus', 'leaf'), [['main', 2, 2]]);
    assert.deepEqual(await rows('--ignore', 'leaf'), [['main', 1, 1]]);
    assert.deepEqual(await rows('--merge', '^leaf$', '--merge', 'nothing'), [['main', 3, 3]]);
    assert.deepEqual(await rows('--from', '50%'), [
      ['main', 1, 2],
      ['leaf', 1, 1],
    ]);
    assert.deepEqual(await rows('--to', '0.0005s'), [
      ['leaf', 1, 1],
      ['main', 0, 1],
    ]);
    assert.deepEqual(await rows('--group', 'file'), [
      ['leaf.c', 2, 2],
      ['main.c', 1, 3],
    ]);
    const { value, total } = await json('top', recording, '--value', 'samples', '--per', '6,request');
    assert.deepEqual([value, total], [{ type: 'samples', unit: 'count/request' }, 0.5]);
    const lines = await json('lines', recording, 'main.c', '--value', 'samples', '--hide', 'leaf');
    assert.deepEqual(lines.lines, [
      { line: 3, self: 2, total: 2 },
      { line: 4, self: 1, total: 1 },
    ]);
    assert.equal((await run('convert', recording, 'turned.folded', '--invert', '--collapse-recursion')).code, 0);
    assert.match(readFileSync(join(folder, 'turned.folded'), 'utf8'), /^program;leaf;main 1000000$/m);
    assert.equal((await run('convert', recording, 'part.pb.gz', '--focus', 'leaf')).code, 0);
    const part = gunzipSync(readFileSync(join(folder, 'part.pb.gz'))).toString('latin1');
    assert.ok(part.includes('Not the whole recording as it was: only with /leaf/.'), 'the file says that it is a part');
    for (const file of ['part.svg', 'part.speedscope.json']) {
      assert.equal((await run('convert', recording, file, '--focus', 'leaf')).code, 0);
      assert.match(readFileSync(join(folder, file), 'utf8'), / · only with \/leaf\//, file);
    }
  });

  it('says where nothing is left, and exits as usual', async () => {
    const { code, err } = await run('top', recording, '--focus', 'nowhere');
    assert.equal(code, 0);
    assert.match(err, /Warning: Nothing is left to be shown/);
  });

  it('says where a recording holds nothing, or names no threads', async () => {
    const empty = join(folder, 'empty.speedscope.json');
    const profile = { type: 'sampled', name: '', unit: 'none', startValue: 0, endValue: 0, samples: [], weights: [] };
    const $schema = 'https://www.speedscope.app/file-format-schema.json';
    writeFileSync(empty, JSON.stringify({ $schema, shared: { frames: [] }, profiles: [profile] }));
    const top = await run('top', empty);
    assert.equal(top.code, 0, top.err);
    assert.match(top.err, /^Warning: It holds no samples\.$/m);

    const folded = join(folder, 'fractions.folded');
    writeFileSync(folded, 'a;b 33.3333\na;c 0.25\n');
    const { out } = await run('show', folded);
    assert.match(out, /^folded · 33\.583 samples$/m);
    assert.match(out, /^Threads\nNone are named in it\.$/m);
  });

  it('counts entries where nothing was sampled', async () => {
    const counted = join(folder, 'callgrind.out.1');
    writeFileSync(counted, 'version: 1\nevents: Ir\nfl=a.c\nfn=main\n1 20\nfn=leaf\n7 5\n');
    const { out, err } = await run('show', counted);
    assert.match(out, /^callgrind · 2 entries$/m, err);
  });

  it('writes weights by another number with their unit', async () => {
    const { out } = await run('top', recording, '--per', '1200,request');
    assert.match(out, /^cpu-clock: 2\.5 µs\/request in all$/m);
  });

  it('lines --json has the fields of perfwright.lines/1', async () => {
    assert.deepEqual(await json('lines', recording, 'leaf.c', '--value', 'samples'), {
      schema: 'perfwright.lines/1',
      file: 'leaf.c',
      value: { type: 'samples', unit: 'count' },
      total: 3,
      lines: [
        { line: 7, self: 2, total: 2 },
        { line: 8, self: 0, total: 1 },
      ],
    });
  });

  it('convert writes the file whole or not at all', async () => {
    const converted = await run('convert', recording, 'out.folded');
    assert.equal(converted.code, 0);
    assert.match(converted.err, /^out\.folded: Files, lines and modules are left out\.$/m);
    const folded = readFileSync(join(folder, 'out.folded'), 'utf8');
    assert.match(folded, /main;leaf;leaf 1000000$/m);
    const { code } = await run('convert', recording, 'nowhere/out.folded');
    assert.equal(code, 2);
  });

  it('runs says where to begin when there are none', async () => {
    const { code, out } = await run('runs');
    assert.equal(code, 0);
    assert.match(out, /perfwright record --/);
  });

  it('a table is for people: shares, amounts, places', async () => {
    const { out } = await run('top', recording);
    assert.match(out, /^cpu-clock: 3 ms in all$/m);
    assert.match(out, /^66\.7 % +2 ms +66\.7 % +2 ms +leaf +leaf\.c/m);
    assert.ok(ROOT.length > 0);
  });
});
