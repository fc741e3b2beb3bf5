import { inspect } from 'node:util';
import { Stop } from '../bootstrap/run-command.mjs';
import { LAYERS } from './index.mjs';
import { watchLeftovers } from './leftovers.mjs';
import { prepare } from './preparations.mjs';
import { testFiles } from './test-files.mjs';

const LINES_OF_A_FAILURE = 12;

/**
 * Runs the layers of tests that a command line asks for.
 * @param {string} root the checkout
 * @param {string[]} args nothing, or --only, a layer, and paths of its test files
 * @returns {Promise<number>} the exit code: 0 when every layer ran tests and none failed
 */
export function runTests(root, args) {
  const { layers, paths } = chosen(args);
  return runLayers(root, layers, paths);
}

/**
 * Runs layers of tests and prints what came of each; the very last line is "N passed, N failed, N skipped".
 * @param {string} root the checkout
 * @param {typeof LAYERS} layers
 * @param {string[]} [paths] of test files, for a layer that is narrowed
 * @returns {Promise<number>} the exit code
 */
export async function runLayers(root, layers, paths = []) {
  const rows = [];
  for (const layer of layers) {
    console.log(`\n== ${layer.name}`);
    const start = performance.now();
    const result = await runLayer(root, layer, paths);
    rows.push({ name: layer.name, seconds: (performance.now() - start) / 1000, ...result });
  }
  return report(rows);
}

function chosen(args) {
  if (args.length === 0) return { layers: LAYERS, paths: [] };
  const [option, name, ...paths] = args;
  const names = LAYERS.map((layer) => layer.name);
  if (option !== '--only' || !names.includes(name)) {
    throw new Stop(`Not understood: ${args.join(' ')}. Use: npm test -- [--only ${names.join('|')} [PATH…]]`, 2);
  }
  const layer = LAYERS.find((each) => each.name === name);
  if (paths.length > 0 && layer.folder === undefined) throw new Stop(`${name} can't be narrowed to some files.`, 2);
  return { layers: [layer], paths };
}

/** A layer that could not run, or ran no test, counts as one failure: silence must never look like success. */
async function runLayer(root, layer, paths) {
  const leftovers = watchLeftovers();
  let result;
  try {
    const files = layer.folder === undefined ? [] : testFiles(root, layer, paths);
    await prepare(root, layer.needs);
    result = await layer.run({ root, files });
    if (result.passed + result.failed.length === 0) throw new Stop(`The layer ${layer.name} ran no test.`);
  } catch (error) {
    const why = error instanceof Stop ? error.message : inspect(error);
    console.log(why);
    result = { passed: 0, failed: [why], skipped: result?.skipped ?? [] };
  }
  for (const left of await leftovers.end()) {
    console.log(`left behind: ${left}`);
    result.failed.push(`left behind: ${left}`);
  }
  return result;
}

function report(rows) {
  console.log('');
  const counts = ({ passed, failed, skipped }) =>
    `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
  for (const row of rows) console.log(`${row.name.padEnd(8)} ${counts(row)}   (${row.seconds.toFixed(1)} s)`);
  const all = { passed: 0, failed: [], skipped: [] };
  for (const { passed, failed, skipped } of rows) {
    all.passed += passed;
    all.failed.push(...failed);
    all.skipped.push(...skipped);
  }
  for (const failure of all.failed) console.log(`failed: ${beginning(failure)}`);
  for (const { name, reason } of all.skipped) console.log(`skipped: ${name}: ${reason}`);
  console.log(counts(all));
  return all.failed.length > 0 ? 1 : 0;
}

/** Enough to know it by, for where it failed may be far above. */
function beginning(failure) {
  return failure.split('\n').slice(0, LINES_OF_A_FAILURE).join('\n');
}
