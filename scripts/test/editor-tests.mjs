/**
 * Tests inside the extension host of a real VS Code.
 * @param {import('./index.mjs').LayerContext & {startHost?: import('../../test/support/bench/run-editor-tests.ts').StartTestHost}} context
 *   startHost: VS Code's server unless another one is given
 * @returns {Promise<import('./index.mjs').Result>}
 */
export async function editorTests({ files, startHost }) {
  // These need the dependencies, which a fresh clone hasn't got when this file is loaded.
  const { runEditorTests } = await import('../../test/support/bench/run-editor-tests.ts');
  const { sampleWorkspace } = await import('../../test/support/bench/sample-workspace.ts');
  const { startServerTestHost } = await import('../../test/support/bench/server-test-host.ts');
  const result = { passed: 0, failed: [], skipped: [] };
  const onEvent = (event) => {
    if (event.type === 'pass') result.passed++;
    if (event.type === 'skip')
      result.skipped.push({ name: `${event.file}: ${event.name}`, reason: 'by the test itself' });
    if (event.type === 'fail') result.failed.push(`${event.file}: ${event.name}\n${event.error}`);
    if (event.type !== 'end') console.log(`${event.type}: ${event.file}: ${event.name}`);
    if (event.type === 'fail') console.log(event.error.replace(/^/gm, '    '));
  };
  const { folder, remove } = sampleWorkspace();
  try {
    const start = startHost ?? startServerTestHost;
    await runEditorTests({ files, workspace: folder, start, onEvent, timeoutMs: 10 * 60_000 });
  } catch (error) {
    console.log(error.message);
    result.failed.push(error.message);
  } finally {
    remove();
  }
  return result;
}
