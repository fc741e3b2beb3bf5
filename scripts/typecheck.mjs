// Type-checks every part of the project with the configuration that holds for it:
// core sees no Node and no DOM, webviews see no Node, and so on.
import { spawnSync } from 'node:child_process';

const parts = ['core', 'node', 'webview', 'test'];
let failed = false;
for (const part of parts) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `tsconfig.${part}.json`], {
    stdio: 'inherit',
  });
  if (status !== 0) {
    failed = true;
    console.error(`typecheck: ${part} failed`);
  }
}
process.exit(failed ? 1 : 0);
