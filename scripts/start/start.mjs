import { join } from 'node:path';
import { ensureProduct } from '../bootstrap/product.mjs';
import { mustRun, Stop } from '../bootstrap/run-command.mjs';
import { ensureSystemPackages } from '../bootstrap/system-packages.mjs';
import { openOnDesktop } from './open-on-desktop.mjs';
import { recordSample } from './record-sample.mjs';
import { takePictures } from './take-pictures.mjs';

/**
 * Builds Perfwright and its sample program, records it, prints what its lines cost, and shows that in VS Code.
 * @param {string} root the checkout
 * @param {string[]} args the command line's
 * @returns {Promise<number>} the exit code
 */
export async function start(root, args) {
  const wantsPictures = args[0] === '--pictures';
  if (args.length > (wantsPictures ? 1 : 0)) throw new Stop('Use: npm start [-- --pictures]', 2);
  await ensureSystemPackages({
    essential: ['perf', 'g++', 'gcc', 'libc', 'make', 'addr2line'],
    optional: ['llvm-symbolizer', 'git'],
  });
  await ensureProduct(root);
  const folder = join(root, 'experiments', 'cpu-profiling');
  await mustRun('Building the sample programs', 'make', ['-C', folder], { quiet: true });
  const sample = await recordSample(root, folder);
  if (!wantsPictures && openOnDesktop(root, sample)) return 0;
  await ensureSystemPackages({ essential: ['chromium'] });
  await takePictures(root, sample);
  return 0;
}
