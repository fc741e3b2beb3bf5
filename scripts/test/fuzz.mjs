import { join } from 'node:path';
import { runCommand } from '../bootstrap/run-command.mjs';

/**
 * A short run of the fuzzer, counted as one test.
 * @param {import('./index.mjs').LayerContext} context
 * @returns {Promise<import('./index.mjs').Result>}
 */
export async function fuzz({ root }) {
  const { code } = await runCommand(process.execPath, [join(root, 'scripts', 'fuzz.mjs'), '--seconds', '20'], {
    cwd: root,
  });
  return code === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}
