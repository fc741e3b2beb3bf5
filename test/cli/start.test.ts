import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const CLI = new URL('../../dist/cli.cjs', import.meta.url).pathname;
const home = mkdtempSync(join(tmpdir(), 'perfwright home '));
after(() => rmSync(home, { recursive: true, force: true }));

describe('the command line, as it is installed', () => {
  const places: Readonly<Record<string, NodeJS.ProcessEnv>> = {
    'with a folder of its user’s': { HOME: home },
    'with a folder for caches': { HOME: home, XDG_CACHE_HOME: join(home, 'caches') },
    'without a user’s folder': {},
    'with a user’s folder that isn’t there': { HOME: join(home, 'no such folder') },
    'with one in which nothing can be made': { HOME: '/proc' },
  };
  for (const [what, env] of Object.entries(places)) {
    it(`starts ${what}`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, '--version'], {
        env: { PATH: process.env['PATH'], ...env },
        encoding: 'utf8',
        timeout: 30_000,
      });
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
    });
  }

  it('says so where Node is older than package.json says', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    const least = Number(/^>=(\d+)/.exec(engines.node)?.[1]);
    const older = join(home, 'older.cjs');
    // An older one is not at hand everywhere.
    writeFileSync(older, `Object.defineProperty(process.versions, 'node', { value: '${least - 1}.9.0' });`);
    const { status, stderr } = spawnSync(process.execPath, ['--require', older, CLI, '--version'], {
      encoding: 'utf8',
    });
    assert.equal(status, 2, stderr);
    assert.match(
      stderr,
      new RegExp(`^perfwright: Node ${least} or newer is needed, and this is ${least - 1}\\.9\\.0, `),
    );
  });

  it('keeps what was compiled where nobody else can write', () => {
    const folder = join(home, '.cache', 'perfwright', 'compiled');
    assert.ok(existsSync(folder));
    assert.equal(statSync(folder).mode & 0o077, 0);
  });

  it('keeps and takes nothing where others can write', () => {
    const caches = join(home, 'open to all');
    const folder = join(caches, 'perfwright', 'compiled');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    const env = { PATH: process.env['PATH'], XDG_CACHE_HOME: caches };
    assert.equal(spawnSync(process.execPath, [CLI, '--version'], { env, timeout: 30_000 }).status, 0);
    assert.deepEqual(readdirSync(folder), []);
  });
});
