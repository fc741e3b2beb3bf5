import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gitState } from '../../src/runs/git-state.ts';
import { textHash } from '../../src/runs/profiled-text.ts';
import { RecordedSources, type SourceFacts } from '../../src/runs/recorded-sources.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perfwright recorded sources '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const minute = (n: number) => new Date(Date.UTC(2026, 0, 1, 12, n));

function write(name: string, text: string, modified: Date): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  utimesSync(path, modified, modified);
  return path;
}

function sources(facts: Partial<SourceFacts> = {}): RecordedSources {
  return new RecordedSources({ files: [], recordedAt: minute(10), folders: [folder], mapped: {}, ...facts });
}

test('a file older than the program is what was profiled', async () => {
  const file = write('a.c', 'int a;\n', minute(1));
  const program = write('a', '', minute(2));
  assert.deepEqual(await sources().text(file, program), { kind: 'known', hash: textHash('int a;\n') });
});

test('a file that was changed after the recording is not what was profiled', async () => {
  const text = await sources().text(write('a.c', '', minute(11)), '');
  assert.match(text.kind === 'lost' ? text.why : '', /after it was profiled/);
});

test('a file that was changed between the build and the recording is not what was profiled', async () => {
  const file = write('a.c', '', minute(5));
  const text = await sources().text(file, write('planted', '', minute(2)));
  assert.match(text.kind === 'lost' ? text.why : '', /after planted was built/);
});

test('a program that was rebuilt since the recording says nothing about when the recorded one was built', async () => {
  const file = write('a.c', 'x', minute(5));
  assert.equal((await sources().text(file, write('planted', '', minute(12)))).kind, 'known');
});

test('of a file that differed from the commit, the copy of the run is the truth, even when the file was changed since', async () => {
  const file = write('a.c', 'new', minute(11));
  const copy = write('copy', 'old', minute(10));
  assert.deepEqual(await sources({ copies: new Map([[file, copy]]) }).text(file, ''), {
    kind: 'known',
    hash: textHash('old'),
  });
});

test('line ends and a byte order mark make no other text', () => {
  assert.equal(textHash('\uFEFFa\r\nb\r\n'), textHash('a\nb\n'));
  assert.notEqual(textHash('a\nb'), textHash('a\nb\n'));
});

test('a document is found among the recorded files through a link, too', async () => {
  mkdirSync(join(folder, 'real'));
  const file = write('real/a.c', '', minute(1));
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  const recorded = sources({ files: [file, '/elsewhere/b.c'] });
  assert.equal(await recorded.recordedPath(join(folder, 'link', 'a.c')), file);
  assert.equal(await recorded.recordedPath(join(folder, 'b.c')), undefined);
  assert.equal(recorded.hasName('/any/a.c'), true);
  assert.equal(recorded.hasName('/any/c.c'), false);
});

test('a committed file that was written since, with the text it had, is still what was profiled', async () => {
  const git = (...args: string[]) => {
    const { status, stderr } = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  };
  git('init', '-q');
  const file = write('a.c', 'int a;\n', minute(1));
  git('add', 'a.c');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', 'a');
  const state = await gitState(folder);
  assert.ok(state);
  write('a.c', 'int b;\n', minute(11));
  const known = { kind: 'known', hash: textHash('int a;\n') };
  assert.deepEqual(await sources({ git: state }).text(file, ''), known);
  const dirty = { ...state, dirty: ['a.c'] };
  assert.equal((await sources({ git: dirty }).text(file, '')).kind, 'lost');
  assert.equal((await sources({ git: { ...state, commit: '0'.repeat(40) } }).text(file, '')).kind, 'lost');
});
