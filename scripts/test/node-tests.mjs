import { join } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';

/**
 * Runs test files with node:test, a process for each, and prints a line per file and the failures whole.
 * @param {import('./index.mjs').LayerContext & {concurrency: number, fileTimeoutMs: number}} context a file that takes
 *   longer than fileTimeoutMs hangs: it is ended, and that is a failure
 * @returns {Promise<import('./index.mjs').Result>}
 */
export async function nodeTests({ files, concurrency, ...context }) {
  const total = { passed: 0, failed: [], skipped: [] };
  const waiting = files.values();
  const work = async () => {
    for (const file of waiting) {
      const { passed, failed, skipped } = await runFile(file, context);
      total.passed += passed;
      total.failed.push(...failed);
      total.skipped.push(...skipped);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return total;
}

async function runFile(file, { root, fileTimeoutMs }) {
  const start = performance.now();
  const result = { passed: 0, failed: [], skipped: [] };
  const failures = [];
  const running = new Set();
  let output = '';
  const stop = new AbortController();
  const stopNow = () => stop.abort();
  process.once('SIGTERM', stopNow);
  const hang = setTimeout(stopNow, fileTimeoutMs);
  try {
    // One run per file, for only a signal ends a process whose tests are done but which doesn't end.
    for await (const { type, data } of run({ files: [join(root, file)], cwd: root, signal: stop.signal })) {
      if (type === 'test:dequeue') running.add(data.name);
      if (type === 'test:complete') running.delete(data.name);
      if (type === 'test:stdout' || type === 'test:stderr') output += data.message;
      // A file without tests is reported as one test that passes, named as the file.
      else if (type === 'test:pass' && data.name !== file) count(result, file, data);
      else if (type === 'test:fail' && hasFailedItself(data)) failures.push(data);
    }
  } finally {
    clearTimeout(hang);
    process.removeListener('SIGTERM', stopNow);
  }
  for (const failure of failures) result.failed.push(describe(failure, stop.signal.aborted ? running : undefined));
  if (result.passed + result.failed.length + result.skipped.length === 0) result.failed.push('It holds no test.');

  const seconds = (performance.now() - start) / 1000;
  const counts = `${result.passed} passed, ${result.failed.length} failed, ${result.skipped.length} skipped`;
  console.log(`${file}: ${counts} (${seconds.toFixed(1)} s)`);
  for (const failure of result.failed) console.log(indent(`failed: ${failure}`));
  if (result.failed.length > 0 && output.trim() !== '') console.log(indent(`It wrote:\n${output.trimEnd()}`));
  return { ...result, failed: result.failed.map((failure) => `${file}: ${failure}`) };
}

function count(result, file, { name, skip, todo, details }) {
  const reason = skip ?? todo;
  // A suite is no test of its own; but one that is skipped doesn't say what it would have held.
  if (details.type === 'suite' && reason === undefined) return;
  if (reason === undefined) result.passed++;
  else
    result.skipped.push({ name: `${file}: ${name}`, reason: typeof reason === 'string' ? reason : 'no reason given' });
}

/** A test that holds others fails with them; only what failed by itself counts. */
function hasFailedItself({ details }) {
  return details.error.failureType !== 'subtestsFailed';
}

/** @param stoppedIn where the file hung: the tests that had begun and not ended */
function describe({ name, line, details }, stoppedIn) {
  const cause = details.error.cause ?? details.error;
  const why = stoppedIn
    ? `it did not end, and was stopped in: ${[...stoppedIn].join(' > ')}`
    : inspect(cause, { depth: 4 });
  return `${name} (line ${line})\n${indent(why)}`;
}

function indent(text) {
  return text.replace(/^/gm, '    ');
}
