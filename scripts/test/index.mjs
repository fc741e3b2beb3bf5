import { editorTests } from './editor-tests.mjs';
import { fuzz } from './fuzz.mjs';
import { lint } from './lint.mjs';
import { nodeTests } from './node-tests.mjs';

/**
 * The layers of tests, in the order they run.
 * folder: where its test files are, for a layer that can be narrowed to some of them.
 * needs: names of preparations.mjs.
 * run: resolves to what happened, printing only what helps to mend a failure.
 * @type {{name: string, folder?: string, except?: string[], needs: string[], run: (context: LayerContext) => Promise<Result>}[]}
 */
export const LAYERS = [
  { name: 'lint', needs: [], run: lint },
  {
    name: 'unit',
    folder: 'test',
    except: ['test/editor', 'test/person'],
    needs: ['tools', 'product', 'samples'],
    run: (context) => nodeTests({ ...context, concurrency: 2, fileTimeoutMs: 5 * 60_000 }),
  },
  { name: 'editor', folder: 'test/editor', needs: ['tools', 'product', 'vscode'], run: editorTests },
  {
    name: 'person',
    folder: 'test/person',
    needs: ['tools', 'product', 'vscode'],
    run: (context) => nodeTests({ ...context, concurrency: 1, fileTimeoutMs: 10 * 60_000 }),
  },
  { name: 'fuzz', needs: [], run: fuzz },
];

/**
 * @typedef {{root: string, files: string[]}} LayerContext root: the checkout; files: the layer's test files, relative to it
 * @typedef {{passed: number, failed: string[], skipped: {name: string, reason: string}[]}} Result
 *   failed: of each test that failed, its file and name on the first line, and why on those that follow
 */
