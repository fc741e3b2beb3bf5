import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { SourcePaths } from '../../src/symbols/source-paths.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perfwright source paths '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}

test('a recorded path that exists is that file, even outside the workspace', async () => {
  const file = write('elsewhere/src/a.c');
  write('workspace/src/a.c');
  const paths = new SourcePaths({ folders: [join(folder, 'workspace')] });
  assert.deepEqual(await paths.locate(file), { kind: 'found', path: file });
  assert.deepEqual(await paths.locate(join(folder, 'elsewhere/lib/../src/./a.c')), { kind: 'found', path: file });
});

test('a path from another machine is the file with the longest common end', async () => {
  write('workspace/other/src/a.c');
  const file = write('workspace/app/src/a.c');
  const paths = new SourcePaths({ folders: [join(folder, 'workspace')] });
  assert.deepEqual(await paths.locate('/build/app/src/a.c'), { kind: 'found', path: file });
});

test('two files that fit equally well are both named, and none is taken', async () => {
  const first = write('workspace/one/src/a.c');
  const second = write('workspace/two/src/a.c');
  const match = await new SourcePaths({ folders: [join(folder, 'workspace')] }).locate('/build/src/a.c');
  assert.equal(match.kind, 'ambiguous');
  assert.deepEqual(match.kind === 'ambiguous' && [...match.candidates].sort(), [first, second]);
});

test("a file that agrees in nothing but its name isn't taken", async () => {
  const file = write('workspace/src/random.c');
  const paths = new SourcePaths({ folders: [join(folder, 'workspace')] });
  assert.deepEqual(await paths.locate('/usr/src/glibc/stdlib/random.c'), { kind: 'ambiguous', candidates: [file] });
});

test('a relative path fits by its whole', async () => {
  const file = write('workspace/main.c');
  const paths = new SourcePaths({ folders: [join(folder, 'workspace')] });
  assert.deepEqual(await paths.locate('main.c'), { kind: 'found', path: file });
  assert.deepEqual(await paths.locate('../main.c'), { kind: 'found', path: file });
});

test('a folder that a person has mapped comes before everything else', async () => {
  write('workspace/src/a.c');
  const file = write('checkout/src/a.c');
  const paths = new SourcePaths({
    folders: [join(folder, 'workspace')],
    mapped: { '/build': join(folder, 'checkout') },
  });
  assert.deepEqual(await paths.locate('/build/src/a.c'), { kind: 'found', path: file });
  assert.deepEqual(await paths.locate('/builder/src/a.c'), {
    kind: 'found',
    path: join(folder, 'workspace/src/a.c'),
  });
});

test('what a person chose is kept', async () => {
  const file = write('workspace/src/random.c');
  const paths = new SourcePaths({ folders: [join(folder, 'workspace')] });
  paths.choose('/gone/random.c', file);
  assert.deepEqual(await paths.locate('/gone/random.c'), { kind: 'found', path: file });
});

test('dependencies and version control are not searched, and a missing folder is no error', async () => {
  write('workspace/node_modules/src/a.c');
  write('workspace/.git/src/a.c');
  const paths = new SourcePaths({ folders: [join(folder, 'workspace'), join(folder, 'gone')] });
  assert.deepEqual(await paths.locate('/build/src/a.c'), { kind: 'missing' });
  assert.deepEqual(await paths.locate(''), { kind: 'missing' });
});
