import assert from 'node:assert/strict';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readElfProgram } from '../../src/tools/elf-program.ts';
import { findExecutables } from '../../src/tools/executables.ts';
import { runToEnd } from '../../src/tools/run.ts';
import { needTool } from '../support/need-tool.ts';

describe('findExecutables', { skip: needTool('cc', 'strip') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'executables é-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const cc = async (output: string, ...options: string[]) => {
    const out = await runToEnd(['cc', ...options, '-o', join(folder, output), join(folder, 'main.c')]);
    assert.equal(out.exitCode, 0, out.stderr);
  };
  before(async () => {
    writeFileSync(join(folder, 'main.c'), 'int main(void) { return 0; }\n');
    for (const name of ['a/b/c', 'node_modules/x', '.git']) mkdirSync(join(folder, name), { recursive: true });
    await cc('pie', '-g');
    await cc('fixed', '-no-pie', '-g');
    await cc('static', '-static');
    await cc('static-pie', '-static-pie');
    await cc('a/b/c/deep', '-g');
    await cc('libshared.so', '-shared', '-fPIC');
    await cc('plugin', '-shared', '-fPIC');
    await cc('object', '-c');
    await cc('node_modules/x/tool');
    await cc('not-executable');
    chmodSync(join(folder, 'object'), 0o755);
    chmodSync(join(folder, 'not-executable'), 0o644);
    linkSync(join(folder, 'pie'), join(folder, 'a', 'pie-again'));
    symlinkSync(join(folder, 'pie'), join(folder, 'link'));
    symlinkSync(folder, join(folder, 'a', 'round'));
    writeFileSync(join(folder, 'script'), '#!/bin/sh\n');
    chmodSync(join(folder, 'script'), 0o755);
    ['static-pie', 'static', 'fixed', 'a/b/c/deep', 'pie'].forEach((name, index) => {
      utimesSync(join(folder, name), 1_700_000_000 - index, 1_700_000_000 - index);
    });
  });
  const names = (found: readonly { path: string }[]) => found.map(({ path }) => relative(folder, path));

  test('gives programs, the newest first, and no libraries, objects, scripts or other people’s programs', async () => {
    const { found, more } = await findExecutables(folder);
    assert.deepEqual(names(found), ['static-pie', 'static', 'fixed', 'a/b/c/deep', 'pie']);
    assert.equal(more, false);
    assert.deepEqual(
      found.filter(({ hasDebugInfo }) => hasDebugInfo).map(({ path }) => relative(folder, path)),
      ['fixed', 'a/b/c/deep', 'pie'],
    );
  });

  test('stops at the depth and the number of entries, and says so', async () => {
    const shallow = await findExecutables(folder, { depth: 1 });
    assert.deepEqual([names(shallow.found).includes('a/b/c/deep'), shallow.more], [false, true]);
    const few = await findExecutables(folder, { entries: 3 });
    assert.equal(few.more, true);
  });

  test('a stripped program has no debug information', async () => {
    const stripped = join(folder, 'stripped');
    await runToEnd(['strip', '-o', stripped, join(folder, 'pie')]);
    assert.deepEqual(await readElfProgram(stripped), { hasDebugInfo: false, isGo: false });
    rmSync(stripped);
  });

  test('a program cut off or scrambled at any place is read without harm', async () => {
    const whole = readFileSync(join(folder, 'pie'));
    const path = join(folder, 'broken');
    for (let length = 0; length < whole.length; length += length < 1100 ? 7 : 501) {
      writeFileSync(path, whole.subarray(0, length));
      await readElfProgram(path);
    }
    for (let at = 4; at < 64; at++) {
      const scrambled = Buffer.from(whole);
      scrambled[at] = 0xff;
      writeFileSync(path, scrambled);
      await readElfProgram(path);
    }
    rmSync(path);
  });

  test('a folder that is not there has none', async () => {
    assert.deepEqual(await findExecutables(join(folder, 'nowhere')), { found: [], more: false });
  });
});
