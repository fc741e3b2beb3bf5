import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cacheFolder, fillFolder } from './cache-folder.mjs';
import { ensureNode24WithHeaders } from './node-24.mjs';
import { mustRun } from './run-command.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * The real VS Code that the tests drive: code-server's npm package, built on this machine (about 100 s, 800 MB) and
 * kept in the cache by the hash of its lock file and the Node it was built for.
 * @param {string} root the checkout
 * @returns {Promise<{folder: string, node: string}>} the folder with out/server-main.js, and the Node to run it with
 */
export async function ensureVsCodeServer(root) {
  const node = await ensureNode24WithHeaders();
  const keyed = keyedFolder(root, node);
  const folder = join(keyed, 'node_modules', 'code-server', 'lib', 'vscode');
  if (!isServer(folder)) await install(root, node, keyed);
  return { folder, node };
}

/**
 * Whether the server is there, so that the bench can be had without a long wait.
 * @param {string} root the checkout
 */
export async function hasVsCodeServer(root) {
  const keyed = keyedFolder(root, await ensureNode24WithHeaders());
  return isServer(join(keyed, 'node_modules', 'code-server', 'lib', 'vscode'));
}

const LOCK_FILES = ['package.json', 'package-lock.json'];

async function install(root, node, keyed) {
  await ensureSystemPackages({
    essential: ['g++', 'make', 'python3', 'pkg-config', 'krb5', 'libsecret', 'x11', 'xkbfile'],
  });
  console.log('Installing VS Code for the tests; the first time this takes two to four minutes.');
  await fillFolder(keyed, async (unfinished) => {
    for (const name of LOCK_FILES) copyFileSync(join(lockFolder(root), name), join(unfinished, name));
    const env = {
      ...process.env,
      PATH: [dirname(node), process.env.PATH].join(delimiter),
      // Its native modules must be built for the Node that will run them, with the headers which that Node brings along.
      npm_config_nodedir: dirname(dirname(node)),
      // As set by an npm around us it tells of that npm's Node, and code-server's installation believes it.
      npm_config_user_agent: undefined,
      // npm 12 runs no install scripts unless told to; here they are what builds the native modules.
      npm_config_dangerously_allow_all_scripts: 'true',
    };
    await mustRun('Installing VS Code for the tests', 'npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: unfinished,
      env,
      quiet: true,
    });
  });
}

function isServer(folder) {
  return existsSync(join(folder, 'out', 'server-main.js'));
}

function keyedFolder(root, node) {
  const hash = createHash('sha256');
  for (const name of LOCK_FILES) hash.update(readFileSync(join(lockFolder(root), name)));
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1);
  const key = `${hash.digest('hex').slice(0, 12)}-node-${version}-${process.arch}`;
  return join(cacheFolder(), 'vscode-server', key);
}

function lockFolder(root) {
  return join(root, 'test', 'support', 'bench', 'code-server');
}
