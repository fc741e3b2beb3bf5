import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { HEAD_BYTES } from '../../src/core/importers/importer.ts';
import { cli, MAIN, startCli } from '../support/cli.ts';
import { seededRandom } from '../support/seeded-random.ts';

const SCRIPT = `program  100/100  1.000000:  1000000 cpu-clock:
\t            1010 leaf+0x10 (/tmp/program)
  leaf.c:7

`;

describe('what a command is given', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright input '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const recording = join(folder, 'recording.txt');
  writeFileSync(recording, SCRIPT);
  const run = (...args: string[]) => cli(folder, args);
  const piped = (stdin: string | Uint8Array, ...args: string[]) =>
    cli(folder, args, process.env, Buffer.from(stdin as string));
  const shell = (line: string) =>
    spawnSync('bash', ['-c', line, process.execPath, MAIN, recording], { cwd: folder, encoding: 'utf8' });

  it('- is standard input: a pipe, packed or not, or a file', async () => {
    for (const stdin of [SCRIPT, gzipSync(SCRIPT)]) {
      const { code, out, err } = await piped(stdin, 'top', '-', '--json');
      assert.equal(code, 0, err);
      assert.equal(JSON.parse(out).rows[0].function, 'leaf');
    }
    const fromFile = shell('"$0" "$1" show - < "$2"');
    assert.equal(fromFile.status, 0, fromFile.stderr);
    assert.match(fromFile.stdout, /^standard input\n.*\b1 sample\b/);
  });

  it('a pipe of a large packed file is read to its end', async () => {
    const random = seededRandom(1);
    const lines = Array.from({ length: 60_000 }, () => `main;f${Math.floor(random() * 2 ** 32)} 1\n`);
    for (const packed of [zstdCompressSync(lines.join('')), gzipSync(lines.join(''))]) {
      assert.ok(packed.length > 2 * HEAD_BYTES);
      const { out, err } = await piped(packed, 'top', '-', '--json', '--limit', '1');
      assert.equal(JSON.parse(out).total, 60_000, err);
    }
  });

  it('a pipe of JSON is read until it is known what it is', async () => {
    const about = Array.from({ length: 5000 }, (_, at) => `source ${at}`);
    const traceEvents = [{ ph: 'X', name: 'main', pid: 1, tid: 1, ts: 0, dur: 5 }];
    const { out, err } = await piped(JSON.stringify({ about, traceEvents }), 'top', '-', '--json');
    assert.equal(JSON.parse(out).rows[0]?.function, 'main', err);
  });

  it('a pipe at a path is read to its end', () => {
    const { status, stdout, stderr } = shell('"$0" "$1" top <(sleep 0.5; cat "$2")');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /leaf/);
  });

  it('what has no end and no known format is refused at once', async () => {
    for (const line of ['yes | "$0" "$1" show -', '"$0" "$1" show - < /dev/zero', '"$0" "$1" show <(yes)']) {
      const { status, stderr } = shell(line);
      assert.match(stderr, /is not in a format that is read here/, line);
      assert.equal(status, 2);
    }
    const nothing = await piped('', 'show', '-');
    assert.match(nothing.err, /standard input is empty/);
  });

  it('a pipe that nobody writes to is given up', { timeout: 30_000 }, async () => {
    assert.equal(spawnSync('mkfifo', [join(folder, 'pipe')]).status, 0);
    const { code, err } = await run('show', 'pipe');
    assert.equal(code, 2);
    assert.match(err, /pipe is empty/);
  });

  it('leaves nothing behind of what came through a pipe', async () => {
    const temporary = join(folder, 'temporary');
    mkdirSync(temporary);
    const { child, ended } = startCli(folder, ['show', '-'], { ...process.env, TMPDIR: temporary }, 'pipe');
    child.stdin?.write('\n');
    const isSpooling = () =>
      readdirSync(`/proc/${child.pid}/fd`).some((fd) =>
        linkOf(`/proc/${child.pid}/fd/${fd}`).includes('/piped (deleted)'),
      );
    while (!isSpooling()) await sleep(20);
    child.kill('SIGKILL');
    await ended;
    assert.equal(spawnSync('ls', ['-A', temporary], { encoding: 'utf8' }).stdout, '');
  });

  it('a folder, a device, an empty name and a missing file are told apart', async () => {
    for (const [name, message] of [
      ['.', /is a folder: name the recording in it/],
      ['/dev/null', /is not a regular file/],
      ['', /IN is missing/],
      ['none', /no file "none", and no such run/],
    ] as const) {
      const { code, err } = await run('show', name);
      assert.match(err, message);
      assert.equal(code, 2);
    }
  });

  it('an argument too many is refused, and -- ends the options', async () => {
    for (const args of [
      ['top', recording, 'more'],
      ['runs', 'more'],
      ['doctor', 'more'],
    ]) {
      const { code, err } = await run(...args);
      assert.match(err, /"more" was not expected/);
      assert.equal(code, 2);
    }
    writeFileSync(join(folder, '-x'), SCRIPT);
    assert.equal((await run('top', '--', '-x')).code, 0);
    assert.match((await run('help', 'top')).out, /^Usage: perfwright top/);
  });

  it('a number of rows is whole', async () => {
    for (const limit of ['1.5', '-1', '1e400', '']) {
      const { code, err } = await run('top', recording, `--limit=${limit}`);
      assert.match(err, /--limit is ".*", expected a whole number of at least 0/);
      assert.equal(code, 2);
    }
    assert.equal((await run('top', recording, '--limit=1e9')).code, 0);
  });

  it('words that are not UTF-8 are refused, for a program would be given others', () => {
    for (const line of [
      `"$0" "$1" show $'\\xff'`,
      `"$0" "$1" record -- echo $'\\xff'`,
      `mkdir -p $'\\xff' && cd $'\\xff' && "$0" "$1" runs`,
    ]) {
      const { status, stderr } = shell(line);
      assert.match(stderr, /is not UTF-8 text/);
      assert.equal(status, 2);
    }
    assert.match(shell('"$0" "$1" show $\'\\xef\\xbf\\xbd\'').stderr, /no file/, 'U+FFFD itself is a character');
  });

  it('a folder that was removed is named as the reason', () => {
    const { status, stderr } = shell('mkdir gone && cd gone && rmdir ../gone && "$0" "$1" runs');
    assert.match(stderr, /The current folder has been removed/);
    assert.equal(status, 2);
  });

  it('a reader that goes away ends it quietly', () => {
    for (const [command, code] of [
      ['--help', 141],
      ['runs', 141],
      ['top "$2"', 141],
      ['show "$2" --json', 141],
      ['show nothing 2>&1', 2],
    ] as const) {
      const { stderr } = shell(`{ sleep 0.3; "$0" "$1" ${command}; echo $? >&2; } | true`);
      // What a profile may mislead about is told, as ever.
      assert.equal(stderr.replace(/^Note: .*\n/gm, ''), `${code}\n`, command);
    }
  });

  it('convert writes over another file, through a link, and keeps who may read it', async () => {
    const file = join(folder, 'out.folded');
    writeFileSync(file, 'old');
    chmodSync(file, 0o600);
    symlinkSync('out.folded', join(folder, 'link.folded'));
    assert.equal((await run('convert', recording, 'link.folded')).code, 0);
    assert.ok(lstatSync(join(folder, 'link.folded')).isSymbolicLink());
    assert.match(readFileSync(file, 'utf8'), /leaf/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const long = `${'n'.repeat(240)}.folded`;
    assert.equal((await run('convert', recording, long)).code, 0);
  });

  it('convert never writes over the recording, a folder, a device or what is write-protected', async () => {
    writeFileSync(join(folder, 'same.folded'), SCRIPT);
    symlinkSync('same.folded', join(folder, 'alias.folded'));
    mkdirSync(join(folder, 'folder.svg'));
    symlinkSync('/dev/null', join(folder, 'null.svg'));
    writeFileSync(join(folder, 'kept.svg'), 'kept', { mode: 0o444 });
    for (const [from, to, message] of [
      ['same.folded', 'same.folded', /is the recording itself/],
      ['same.folded', 'alias.folded', /is the recording itself/],
      [recording, 'folder.svg', /is a folder/],
      [recording, 'kept.svg', /kept\.svg is write-protected/],
      [recording, 'null.svg', /is not a regular file/],
      [recording, 'nowhere/out.svg', /nowhere\/out\.svg can't be written: there is no folder \/.*\/nowhere\./],
      ['no-recording', 'nowhere/out.svg', /there is no folder/],
      [recording, 'same.folded/out.svg', /same\.folded is not a folder/],
      [recording, `${'n'.repeat(300)}.svg`, /its name is too long/],
      [recording, 'nowhere/', /nowhere is a folder: name the file/],
      [recording, folder, /is a folder: name the file/],
    ] as const) {
      const { code, err } = await run('convert', from, to);
      assert.match(err, message);
      assert.equal(code, 2);
    }
    assert.equal(readFileSync(join(folder, 'same.folded'), 'utf8'), SCRIPT);
    assert.equal(readFileSync(join(folder, 'kept.svg'), 'utf8'), 'kept');
  });

  it('what begins with a dash and is meant as a value or a file is told how to be written', async () => {
    writeFileSync(join(folder, '-a b.txt'), SCRIPT);
    writeFileSync(join(folder, '--b.txt'), SCRIPT);
    for (const [args, message] of [
      [
        [recording, '--limit', '-1'],
        /--limit has no value before -1, which begins like an option\..*: --limit=-1\. See/,
      ],
      [[recording, '--from', '-5%'], /--from has no value before -5%.*: '?--from=-5%'?\. See/],
      [[recording, '--limit'], /--limit has no value: expected --limit N\. See/],
      [['-a b.txt'], /no option -a\. Where a file is meant: '\.\/-a b\.txt', or -- '-a b\.txt' after the options/],
      [['--b.txt'], /no option --b\.txt\. Where a file is meant: \.\/--b\.txt, or -- --b\.txt/],
      [[recording, '--json=5'], /'--json' does not take an argument/],
    ] as const) {
      const { code, err } = await run('top', ...args);
      assert.match(err, message);
      assert.equal(code, 2);
    }
    assert.match((await run('top', recording, '--limit=-1')).err, /--limit is "-1", expected a whole number/);
    for (const args of [['./-a b.txt'], ['--', '-a b.txt'], ['--limit', '1', '--', '--b.txt']])
      assert.equal((await run('top', ...args)).code, 0);
  });

  it('convert says which extension it does not know, and which it knows, before it reads anything', async () => {
    for (const [to, message] of [
      [
        'out.png',
        /has the extension \.png\. Known.*: \.pb\.gz \.folded .* A PNG is saved from the flame graph in the editor/,
      ],
      ['my.out.json', /has the extension \.json\. Known.* \.speedscope\.json \.profile\.json/],
      ['out.folded.gz', /has the extension \.folded\.gz\. /],
      ['out.pb', /has the extension \.pb\. /],
      ['out', /out has no extension, .* Known: /],
    ] as const) {
      const { code, err } = await run('convert', 'nothing', to);
      assert.match(err, message);
      assert.equal(code, 2);
    }
  });

  it('convert knows an extension in any case', async () => {
    const to = join(dirname(recording), 'OUT.PB.GZ');
    assert.deepEqual((await run('convert', recording, to)).code, 0);
    assert.match((await run('show', to)).out, /^pprof .*\b1 sample$/m);
  });

  it('convert writes to standard output for -, in the format that --format says', async () => {
    for (const format of ['.folded', 'FOLDED']) {
      const { code, out } = await run('convert', recording, '-', '--format', format);
      assert.deepEqual([code, out], [0, 'program;leaf 1000000\n']);
    }
    const piped = shell('"$0" "$1" convert "$2" - --format pb.gz | "$0" "$1" show -');
    assert.match(piped.stdout, /^standard input\npprof .*\b1 sample\n/);
    for (const [args, message] of [
      [['-'], /add --format and one of \.pb\.gz \.folded/],
      [['-', '--format', 'png'], /--format is "png", expected one of: \.pb\.gz/],
      [['out.svg', '--format', 'svg'], /--format is for - only/],
    ] as const) {
      const { code, err } = await run('convert', recording, ...args);
      assert.match(err, message);
      assert.equal(code, 2);
    }
  });
});

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
