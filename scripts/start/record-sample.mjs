import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { Stop } from '../bootstrap/run-command.mjs';

/**
 * Records the C++ sample with the product's own command line, and prints its hottest functions and lines.
 * @param {string} root the checkout
 * @param {string} folder the workspace of the sample
 * @returns {Promise<Sample>}
 */
export async function recordSample(root, folder) {
  const cli = (args, stdout) => {
    const program = join(root, 'dist', 'cli.cjs');
    const { status, stdout: output } = spawnSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', stdout, 'inherit'],
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) throw new Stop(`\`perfwright ${args.join(' ')}\` ended with exit code ${status}.`, status ?? 1);
    return output;
  };
  console.log(`\nRecording ${relative(root, join(folder, PROGRAM))}.`);
  const { id } = JSON.parse(cli(['record', '--json', '--', PROGRAM], 'pipe'));
  const [hottest] = JSON.parse(cli(['top', id, '--by', 'line', '--limit', '1', '--json'], 'pipe')).rows;
  console.log('');
  cli(['top', id, '--limit', '8'], 'inherit');
  console.log('');
  cli(['lines', id, hottest.file], 'inherit');
  return { folder, run: id, file: hottest.file, line: hottest.line };
}

const PROGRAM = 'build/planted-cpp';

/** @typedef {{folder: string, run: string, file: string, line: number}} Sample file and line: the hottest of them */
