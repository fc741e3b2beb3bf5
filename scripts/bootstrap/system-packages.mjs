import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mustRun, Stop } from './run-command.mjs';

/**
 * Sees to it that programs and libraries are there, by name of NEEDS. Missing ones are installed on Debian and its
 * relatives when we are root. Else an essential one stops with the exact line to type, and an optional one is only said.
 * @param {{essential?: string[], optional?: string[]}} wanted names of NEEDS
 * @returns {Promise<string[]>} the optional ones that are still missing
 */
export async function ensureSystemPackages({ essential = [], optional = [] }) {
  let missing = missingOf([...essential, ...optional]);
  if (missing.length === 0) return [];
  if (isDebianLike() && process.getuid?.() === 0) {
    const packages = packagesFor(missing);
    console.log(`Installing system packages: ${packages.join(' ')}`);
    await install(packages);
    missing = missingOf(missing);
  }
  const stopping = missing.filter((name) => essential.includes(name));
  if (stopping.length > 0) throw new Stop(howToInstall(stopping), 3);
  if (missing.length > 0) console.log(`${howToInstall(missing)}\nGoing on without.`);
  return missing;
}

/**
 * The sentence that says what is missing and the exact fix.
 * @param {string[]} names names of NEEDS
 */
function howToInstall(names) {
  const what = `Missing on this machine: ${names.join(', ')}.`;
  if (isDebianLike()) return `${what}\n  sudo apt-get install ${packagesFor(names).join(' ')}`;
  return `${what} Install ${names.length === 1 ? 'it' : 'them'} with your system's package manager.`;
}

/** @param {string} name of NEEDS */
function isThere(name) {
  const { command, header, module, library } = NEEDS[name];
  if (command !== undefined) return command.some(isOnPath);
  if (header !== undefined) return existsSync(header);
  if (module !== undefined) return spawnSync('python3', ['-c', `import ${module}`]).status === 0;
  return spawnSync('pkg-config', ['--exists', library]).status === 0;
}

/**
 * What is looked for (any one of the commands, a header, a module of Python, or a pkg-config library), and the Debian package that has it.
 * forTests: programs that tests start.
 */
export const NEEDS = {
  perf: { command: ['perf'], debian: 'linux-perf', ubuntu: 'linux-tools-generic', forTests: true },
  'llvm-symbolizer': { command: ['llvm-symbolizer'], debian: 'llvm', forTests: true },
  addr2line: { command: ['addr2line'], debian: 'binutils', forTests: true },
  'eu-addr2line': { command: ['eu-addr2line'], debian: 'elfutils', forTests: true },
  gcc: { command: ['gcc'], debian: 'gcc', forTests: true },
  'g++': { command: ['g++'], debian: 'g++', forTests: true },
  libc: { header: '/usr/include/stdio.h', debian: 'libc6-dev', forTests: true },
  make: { command: ['make'], debian: 'make', forTests: true },
  'nlohmann-json': { header: '/usr/include/nlohmann/json.hpp', debian: 'nlohmann-json3-dev', forTests: true },
  rustc: { command: ['rustc'], debian: 'rustc', forTests: true },
  callgrind_annotate: { command: ['callgrind_annotate'], debian: 'valgrind', forTests: true },
  go: { command: ['go'], debian: 'golang-go', forTests: true },
  git: { command: ['git'], debian: 'git', forTests: true },
  zstd: { command: ['zstd'], debian: 'zstd', forTests: true },
  python3: { command: ['python3'], debian: 'python3', forTests: true },
  'python3-venv': { module: 'ensurepip', debian: 'python3-venv', forTests: true },
  chromium: {
    command: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    debian: 'chromium',
    forTests: true,
  },
  'pkg-config': { command: ['pkg-config'], debian: 'pkg-config' },
  krb5: { library: 'krb5-gssapi', debian: 'libkrb5-dev' },
  libsecret: { library: 'libsecret-1', debian: 'libsecret-1-dev' },
  x11: { library: 'x11', debian: 'libx11-dev' },
  xkbfile: { library: 'xkbfile', debian: 'libxkbfile-dev' },
};

function missingOf(names) {
  return [...new Set(names)].filter((name) => !isThere(name));
}

function packagesFor(names) {
  const relative = /^ID=ubuntu$/m.test(osRelease()) ? 'ubuntu' : 'debian';
  return [...new Set(names.map((name) => NEEDS[name][relative] ?? NEEDS[name].debian))];
}

async function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('Reading the package lists', 'apt-get', [...APT, 'update'], { env, quiet: true });
  const args = [...APT, 'install', '-y', '--no-install-recommends', ...packages];
  await mustRun('Installing system packages', 'apt-get', args, { env, quiet: true });
}

/** A machine that has just started may still be installing something itself. */
const APT = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];

function isDebianLike() {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease()) && isOnPath('apt-get');
}

function osRelease() {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}

function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
