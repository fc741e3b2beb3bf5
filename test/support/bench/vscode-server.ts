import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureVsCodeServer } from '../../../scripts/bootstrap/vscode-server.mjs';
import { startProcessGroup } from './process-group.ts';
import { REPOSITORY } from './repository.ts';

/** A running VS Code with data folders of its own, on loopback only. */
export type VsCodeServer = {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** Its data: settings, logs/, extensions/. Removed at the end. */
  readonly dataFolder: string;
  /** What it, its extension host and the extension under test have written so far. */
  log(): string;
  end(): Promise<void>;
};

/**
 * Starts the real VS Code server.
 * @param extension the folder of an extension that is to be installed; none for tests that load it by URL
 * @param settings what differs from VS Code's defaults
 * @param env added to the environment, which the extension host inherits
 * @param isTrusted whether the folder that is opened is trusted without being asked about
 */
export async function startVsCodeServer({
  extension,
  settings = {},
  env = {},
  isTrusted = true,
}: {
  extension?: string;
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
  isTrusted?: boolean;
} = {}): Promise<VsCodeServer> {
  const { folder, node } = await ensureVsCodeServer(REPOSITORY);
  const dataFolder = mkdtempSync(join(tmpdir(), 'perfwright-vscode-'));
  const removeData = () => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeData);
  mkdirSync(join(dataFolder, 'extensions'));
  mkdirSync(join(dataFolder, 'User'));
  mkdirSync(join(dataFolder, 'Machine'));
  mkdirSync(join(dataFolder, 'sockets'));
  writeFileSync(
    join(dataFolder, 'User', 'settings.json'),
    JSON.stringify({ ...QUIET, 'security.workspace.trust.enabled': !isTrusted }),
  );
  writeSettings(dataFolder, settings);
  if (extension !== undefined) install(extension, join(dataFolder, 'extensions'));

  const logFile = join(dataFolder, 'server.log');
  const args = [join(folder, 'out', 'server-main.js'), ...ARGS];
  // Without the smoke test driver the address can't name tests to run; with it, VS Code shows no notifications.
  if (extension === undefined) args.push('--enable-smoke-test-driver');
  if (isTrusted) args.push('--disable-workspace-trust');
  for (const option of ['--server-data-dir', '--user-data-dir']) args.push(option, dataFolder);
  args.push('--extensions-dir', join(dataFolder, 'extensions'));
  // VS Code's sockets go where the data are removed.
  // Told that it was started from a terminal it takes PATH from here, and not from what a login shell makes of it.
  const serverEnv = { ...inherited(), VSCODE_CLI: '1', XDG_RUNTIME_DIR: join(dataFolder, 'sockets'), ...env };
  const group = startProcessGroup(node, args, { logFile, cwd: dataFolder, env: serverEnv });
  const log = () => {
    const hostLogs = globSync('logs/*/exthost*/{remoteexthost.log,perfwright.*/*.log}', { cwd: dataFolder });
    return [logFile, ...hostLogs.map((file) => join(dataFolder, file))]
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
  };
  const end = async () => {
    await group.end();
    process.removeListener('exit', removeData);
    removeData();
  };
  try {
    const port = await boundPort(log, group.exited);
    return { url: `http://127.0.0.1:${port}`, dataFolder, log, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Replaces the settings that are set; a running workbench follows, as it does not for the person's settings.json. */
export function writeSettings(dataFolder: string, settings: Record<string, unknown>): void {
  writeFileSync(join(dataFolder, 'Machine', 'settings.json'), JSON.stringify(settings));
}

const ARGS = [
  ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
  ...['--accept-server-license-terms', '--disable-telemetry'],
];

/** What would get in the way of a test or a picture, and has nothing to do with us. */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'files.simpleDialog.enable': true,
};

const START_TIMEOUT_MS = 60_000;

async function boundPort(log: () => string, exited: Promise<void>): Promise<number> {
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
    if (port !== undefined) return Number(port);
    if (hasExited) throw new Error(`VS Code's server ended before it was ready:\n${log()}`);
    if (Date.now() > deadline) {
      throw new Error(`VS Code's server wasn't ready after ${START_TIMEOUT_MS / 1000} s:\n${log()}`);
    }
    await delay(50);
  }
}

/** A link named publisher.name-version is what an installed extension looks like to VS Code. */
function install(extension: string, extensionsFolder: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  symlinkSync(extension, join(extensionsFolder, `${publisher}.${name}-${version}`), 'dir');
}

/** Started from VS Code's own terminal, or from a test runner, we must not hand down what was meant for us. */
function inherited(): NodeJS.ProcessEnv {
  const notForUs = /^(VSCODE_|ELECTRON_|npm_|NODE_TEST_CONTEXT$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !notForUs.test(name)));
}
