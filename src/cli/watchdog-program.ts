import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The watchdog's program: beside the bundle that runs, or its source where Node runs TypeScript. */
export function watchdogProgram(): string {
  const own = dirname(realpathSync(process.argv[1]));
  const bundled = join(own, 'watchdog.cjs');
  return existsSync(bundled) ? bundled : join(own, '..', 'runs', 'watchdog.ts');
}
