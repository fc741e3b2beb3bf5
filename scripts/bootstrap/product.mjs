import { join } from 'node:path';
import { mustRun } from './run-command.mjs';

/**
 * Builds the extension, the worker, the command line and every panel into dist/.
 * @param {string} root the checkout
 */
export async function ensureProduct(root) {
  await mustRun('Building Perfwright', process.execPath, [join(root, 'build.mjs')], { cwd: root });
}
