import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { detectTool } from '../../src/tools/detect-tool.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { installCommand } from '../../src/tools/install-command.ts';
import { perf } from '../../src/tools/perf.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { needTool } from '../support/need-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'detect-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function script(path: string, content: string): string {
  writeFileSync(path, `#!/bin/sh\n${content}\n`);
  chmodSync(path, 0o755);
  return path;
}

const tool: Tool = {
  name: 'thing',
  purpose: 'tests',
  executables: ['thing', 'thing2'],
  versionedAs: 'thing',
  versionArguments: ['--version'],
  versionIn: /Thing (\S+)/,
  packages: { debian: 'thing', ubuntu: 'thing-KERNEL', fedora: 'thing-f', arch: 'thing-a' },
  withoutIt: '',
  required: false,
};

describe('detectTool', () => {
  test('finds the first name on PATH, then versioned names, the highest first', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const env = { PATH: bin };
    const nine = script(join(bin, 'thing-9'), 'echo Thing 9.1');
    assert.deepEqual(await detectTool(tool, { env }), { state: 'found', path: nine, version: '9.1' });
    const ten = script(join(bin, 'thing-10'), 'echo Thing 10.0');
    script(join(bin, 'thing-config'), 'echo Thing 99');
    assert.deepEqual(await detectTool(tool, { env }), { state: 'found', path: ten, version: '10.0' });
    const second = script(join(bin, 'thing2'), 'echo Thing 1.0');
    assert.deepEqual(await detectTool(tool, { env }), { state: 'found', path: second, version: '1.0' });
  });

  test('a path from the settings is the only one, and is blamed where it is wrong', async () => {
    const own = script(join(folder, 'own thing'), 'echo Thing 3');
    assert.deepEqual(await detectTool(tool, { path: own }), { state: 'found', path: own, version: '3' });
    const wrong = await detectTool(tool, { path: join(folder, 'none') });
    assert.equal(wrong.state, 'missing');
    assert.match(wrong.fix, /perfwright\.tools\.thing\.path/);
  });

  test('one that does not run as itself is broken, and quoted', async () => {
    const broken = await detectTool(tool, {
      path: script(join(folder, 'broken'), 'echo "no kernel for me" >&2; exit 2'),
    });
    assert.equal(broken.state, 'broken');
    assert.match(broken.why, /no kernel for me/);
  });

  test('a missing one comes with the line that installs it', async () => {
    const missing = await detectTool(tool, { env: { PATH: '/nowhere' } });
    assert.equal(missing.state, 'missing');
    assert.match(missing.why, /thing or thing2/);
  });
});

describe('the table of tools', () => {
  test('names are given once', () => {
    assert.equal(new Set(TOOLS.map(({ name }) => name)).size, TOOLS.length);
  });

  for (const each of TOOLS) {
    test(`${each.name} is found and tells its version`, { skip: needTool(each.executables[0] ?? '') }, async () => {
      const detected = await detectTool(each);
      assert.equal(detected.state, 'found', JSON.stringify(detected));
      assert.match(detected.version, /^\d/);
    });
  }
});

describe('installCommand', () => {
  const lines: [string, string][] = [
    ['ID=debian\nVERSION_ID="12"', 'sudo apt install linux-perf'],
    ['ID=ubuntu\nID_LIKE=debian', 'sudo apt install linux-tools-common linux-tools-6.8.0-31-generic'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'sudo apt install linux-tools-common linux-tools-6.8.0-31-generic'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'sudo dnf install perf'],
    ['ID=manjaro\nID_LIKE=arch', 'sudo pacman -S perf'],
  ];
  for (const [osRelease, line] of lines) {
    test(`${osRelease.split('\n')[0]} installs with ${line.split(' ')[1]}`, () => {
      assert.equal(installCommand(perf, osRelease, '6.8.0-31-generic'), line);
    });
  }

  test('an unknown distribution gets a hint', () => {
    assert.match(installCommand(perf, 'ID=nixos', '6'), /Install perf.*linux-perf/);
  });
});
