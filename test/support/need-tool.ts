import { findOnPath } from '../../src/tools/find-on-path.ts';

/**
 * Whether a test that needs these programs is skipped, for node:test's `skip`: false where all are here, else the reason. In CI nothing is
 * skipped: there the test fails where it calls what is missing.
 */
export function needTool(...names: readonly string[]): string | false {
  const missing = names.filter((name) => findOnPath(name).kind !== 'found');
  return missing.length === 0 || process.env['CI'] ? false : `${missing.join(', ')} not installed`;
}
