import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlameViewer } from '../core/writers/flame-html.ts';

/** Script and styles of the flame graph's viewer, as the build made them. Throws where there is no build. */
export function flameViewer(): FlameViewer {
  const read = (file: string) => readFileSync(join(builtFolder(), file), 'utf8');
  return { script: read('flame-graph-export.js'), style: read('flame-graph-export.css') };
}

/** Beside the bundle that runs, or in dist/ where Node runs TypeScript. */
function builtFolder(): string {
  const beside = join(import.meta.dirname, 'webview');
  const folder = existsSync(beside) ? beside : join(import.meta.dirname, '..', '..', 'dist', 'webview');
  if (!existsSync(folder))
    throw new Error(`The flame graph's viewer is not built: ${folder} is missing. Run npm run build.`);
  return folder;
}
