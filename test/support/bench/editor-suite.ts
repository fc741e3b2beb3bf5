import { appendFileSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PATIENCE_MS } from '../patience.ts';
import { type EditorTestEvent, RESULTS_VARIABLE } from './editor-test-event.ts';

/**
 * What VS Code calls inside its extension host: runs the bundled test files that lie beside this one. Each result is
 * appended to a file as it comes, so that a host that dies in the middle has told what went well before.
 */
export async function run(): Promise<void> {
  const resultsFile = process.env[RESULTS_VARIABLE];
  if (resultsFile === undefined) throw new Error(`${RESULTS_VARIABLE} doesn't say where the results go.`);
  const tell = (event: EditorTestEvent) => appendFileSync(resultsFile, `${JSON.stringify(event)}\n`);
  const fail = (file: string, name: string, error: unknown) =>
    tell({ type: 'fail', file, name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  try {
    const { default: Mocha } = await import('mocha');
    // The results go to the file: VS Code's console needs none of them.
    const mocha = new Mocha({ ui: 'tdd', timeout: 2 * PATIENCE_MS, reporter: Mocha.reporters.Base });
    for (const file of globSync('*.test.cjs', { cwd: __dirname }).sort()) mocha.addFile(join(__dirname, file));
    const source = (test: Mocha.Runnable) => `test/editor/${basename(test.file ?? '', '.cjs')}.ts`;
    await new Promise<void>((resolve) => {
      mocha
        .run(() => resolve())
        .on('pass', (test) => tell({ type: 'pass', file: source(test), name: test.fullTitle() }))
        .on('pending', (test) => tell({ type: 'skip', file: source(test), name: test.fullTitle() }))
        .on('fail', (test, error) => fail(source(test), test.fullTitle(), error));
    });
  } catch (error) {
    fail('test/editor', 'loading the tests', error);
  }
  tell({ type: 'end' });
}
