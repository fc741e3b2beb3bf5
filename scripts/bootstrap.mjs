// What has to be there before anything of the project can run. Plain JavaScript without dependencies, for this is
// what runs first in a fresh clone, on whatever Node the machine has (18 or later).
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { relaunchUnderNode24 } from './bootstrap/node-24.mjs';
import { Stop } from './bootstrap/run-command.mjs';

/** The checkout. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a script's main with Node 24 and the dependencies in place, and ends the process with the exit code it gives.
 * @param {string} scriptUrl import.meta.url of the script
 * @param {() => Promise<number>} main
 */
export async function withBootstrap(scriptUrl, main) {
  try {
    await relaunchUnderNode24(scriptUrl);
    await ensureDependencies(ROOT);
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}
