import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runToEnd } from '../../src/tools/run.ts';
import { runtimeOfProcess, runtimeOfProgram } from '../../src/tools/runtime.ts';
import { needTool } from '../support/need-tool.ts';

describe('the runtime of a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runtime é '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const script = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
    return `./${name}`;
  };
  const of = (...argv: string[]) => runtimeOfProgram(argv, folder);

  test('is known by its name, with whatever version stands in that', async () => {
    const expected = {
      python: ['python', 'python3', '/usr/bin/python3.13', 'python3.13t', 'pypy3', 'pytest', 'gunicorn'],
      node: ['node', 'npm', '/opt/node/bin/npx', 'tsx'],
      java: ['java', 'mvn', './gradlew'],
      go: ['go'],
      native: ['pythonista', 'nodejs-exporter', 'gopls', 'true', 'no-such-program', ''],
    };
    for (const [runtime, programs] of Object.entries(expected)) {
      for (const program of programs) assert.equal(await of(program), runtime, program);
    }
  });

  test('is that of the interpreter which a script names', async () => {
    assert.equal(await of(script('a', '#!/usr/bin/env python3\n')), 'python');
    assert.equal(await of(script('b', '#!/usr/bin/env -S node --enable-source-maps\n')), 'node');
    assert.equal(await of(script('c', '#! /usr/local/bin/python3.12 -u\n')), 'python');
    assert.equal(await of(script('d', '#!/bin/sh\npython3 x.py\n')), 'native');
    assert.equal(await of(script('e', 'python3\n')), 'native');
  });

  test('is looked for behind what only starts another program', async () => {
    assert.equal(await of('env', '-i', 'A=b=c', 'python3', 'x.py'), 'python');
    assert.equal(await of('nice', '-n', '10', 'node', 'x.js'), 'node');
    assert.equal(await of('timeout', '10s', 'env', 'A=1', 'python3'), 'python');
    assert.equal(await of('uv', 'run', 'python', 'x.py'), 'python');
    assert.equal(await of('poetry', 'run', 'pytest', '-k', 'a'), 'python');
    assert.equal(await of('env'), 'native');
  });

  test('is Go where Go’s linker made it', { skip: needTool('go') }, async () => {
    mkdirSync(join(folder, 'go'));
    writeFileSync(join(folder, 'go', 'main.go'), 'package main\n\nfunc main() {}\n');
    const out = await runToEnd(['go', 'build', '-o', 'program', 'main.go'], { cwd: join(folder, 'go') });
    assert.equal(out.exitCode, 0, out.stderr);
    assert.equal(await of('./go/program'), 'go');
    const stripped = ['go', 'build', '-ldflags=-s -w', '-o', 'stripped', 'main.go'];
    assert.equal((await runToEnd(stripped, { cwd: join(folder, 'go') })).exitCode, 0);
    assert.equal(await of('./go/stripped'), 'go');
  });

  test('of a process is known by its executable', async () => {
    const child = spawn(process.execPath, ['-e', 'process.title = "x"; console.log(); setInterval(() => {}, 1000)']);
    try {
      await once(child.stdout, 'data');
      assert.equal(await runtimeOfProcess(child.pid ?? 0), 'node');
    } finally {
      child.kill('SIGKILL');
    }
    assert.equal(await runtimeOfProcess(2 ** 30), 'native');
  });
});
