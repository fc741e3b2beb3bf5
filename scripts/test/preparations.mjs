import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureProduct } from '../bootstrap/product.mjs';
import { ensurePythonTools } from '../bootstrap/python-tools.mjs';
import { mustRun, Stop } from '../bootstrap/run-command.mjs';
import { ensureSystemPackages, NEEDS } from '../bootstrap/system-packages.mjs';
import { ensureVsCodeServer } from '../bootstrap/vscode-server.mjs';

/**
 * Sees to it that what a layer of tests needs is there. Each preparation is made once.
 * @param {string} root the checkout
 * @param {string[]} names of PREPARATIONS
 */
export async function prepare(root, names) {
  for (const name of names) {
    let done = made.get(name);
    if (done === undefined) {
      done = PREPARATIONS[name](root);
      made.set(name, done);
    }
    await done;
  }
}

const made = new Map();

async function pythonTools(root) {
  try {
    await ensurePythonTools(root);
  } catch (error) {
    if (process.env.CI || !(error instanceof Stop)) throw error;
    console.log(`${error.message}\nGoing on without.`);
  }
}

const PREPARATIONS = {
  /** CI has every tool. On a person's machine a test whose tool is missing is skipped and says so. */
  tools: async (root) => {
    const all = Object.keys(NEEDS).filter((name) => NEEDS[name].forTests);
    const missing = await ensureSystemPackages(process.env.CI ? { essential: all } : { optional: all });
    if (!missing.some((name) => name.startsWith('python3'))) await pythonTools(root);
  },
  product: ensureProduct,
  samples: async (root) => {
    for (const makefile of globSync('experiments/*/Makefile', { cwd: root })) {
      const folder = join(root, dirname(makefile));
      await mustRun(`Building ${dirname(makefile)}`, 'make', ['-C', folder], { quiet: true });
    }
  },
  vscode: ensureVsCodeServer,
};
