import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import { cacheFolder } from '../../../scripts/bootstrap/cache-folder.mjs';
import { REPOSITORY } from './repository.ts';
import type { StartTestHost } from './run-editor-tests.ts';

/**
 * VS Code on a desktop, with data folders of its own beside the workspace.
 * @param executable an installed VS Code; without it, the current one is downloaded once
 */
export function desktopTestHost(executable?: string): StartTestHost {
  return async ({ suite, workspace, env }) => {
    let log = '';
    let hasEnded = false;
    const output = new PassThrough();
    output.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
    const data = join(workspace, '..', 'vscode');
    const ended = runTests({
      ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
      cachePath: join(cacheFolder(), 'vscode-desktop'),
      extensionDevelopmentPath: REPOSITORY,
      extensionTestsPath: suite,
      extensionTestsEnv: env,
      launchArgs: [workspace, `--user-data-dir=${data}`, `--extensions-dir=${join(data, 'extensions')}`],
      stdout: output,
      stderr: output,
    })
      .catch((error: unknown) => {
        log += String(error);
      })
      .finally(() => {
        hasEnded = true;
      });
    return {
      hasEnded: () => hasEnded,
      log: () => log,
      // It ends by itself when the tests have; on Ctrl+C, and when they hang, test-electron ends it on this signal.
      async end() {
        const patience = setTimeout(() => process.emit('SIGINT'), 30_000);
        await ended;
        clearTimeout(patience);
      },
    };
  };
}
