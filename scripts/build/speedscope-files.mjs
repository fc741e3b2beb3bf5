// What of the npm package `speedscope` is shipped, by the name it has in dist/webview/speedscope/.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '..', '..', 'node_modules', 'speedscope');
const RELEASE = join(PACKAGE, 'dist', 'release');

/**
 * Its program, style and font, with their licences. Left out: its page and icons, an example, and the WebAssembly that reads JFR, which it
 * would have to fetch; the page may not, and we read JFR ourselves.
 * @returns {ReadonlyMap<string, Uint8Array>}
 */
export function speedscopeFiles() {
  const font = only('*.woff2');
  return new Map([
    ['speedscope.js', withoutSourceMap(only('speedscope-*.js'))],
    ['speedscope.css', withoutSourceMap(only('speedscope-*.css'))],
    // The style names it.
    [basename(font), readFileSync(font)],
    ['LICENSE', readFileSync(join(PACKAGE, 'LICENSE'))],
    ['source-code-pro.LICENSE.md', readFileSync(join(RELEASE, 'source-code-pro.LICENSE.md'))],
  ]);
}

function only(pattern) {
  const found = globSync(pattern, { cwd: RELEASE });
  if (found.length !== 1) throw new Error(`${found.length} files ${pattern} in ${RELEASE}, expected one`);
  return join(RELEASE, found[0]);
}

/** Source maps aren't published. */
function withoutSourceMap(file) {
  return Buffer.from(
    readFileSync(file, 'utf8').replace(/\n?(?:\/\/# sourceMappingURL=\S*|\/\*# sourceMappingURL=\S* \*\/)\s*$/, '\n'),
  );
}
