import { join } from 'node:path';
import { runCommand } from '../bootstrap/run-command.mjs';

/**
 * Format, lint and types, each counted as one test.
 * @param {import('./index.mjs').LayerContext} context
 * @returns {Promise<import('./index.mjs').Result>}
 */
export async function lint({ root }) {
  const result = { passed: 0, failed: [], skipped: [] };
  for (const args of CHECKS) {
    const { code } = await runCommand(process.execPath, [join(root, args[0]), ...args.slice(1)], { cwd: root });
    if (code === 0) result.passed++;
    else result.failed.push(args[0]);
  }
  return result;
}

const CHECKS = [['node_modules/@biomejs/biome/bin/biome', 'check', '.'], ['scripts/typecheck.mjs']];
