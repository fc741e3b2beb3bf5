/**
 * Tests inside the extension host of a real VS Code.
 * @param {import('./index.mjs').LayerContext} context
 * @returns {Promise<import('./index.mjs').Result>}
 */
export async function editorTests({ files }) {
  // These need the dependencies, which a fresh clone hasn't when this file is loaded.
  const { runEditorTests } = await import('../../test/support/bench/run-editor-tests.ts');
  const { sampleWorkspace } = await import('../../test/support/bench/sample-workspace.ts');
  const result = { passed: 0, failed: 0, skipped: [] };
  const onEvent = (event) => {
    if (event.type === 'pass') result.passed++;
    if (event.type === 'skip')
      result.skipped.push({ name: `${event.file}: ${event.name}`, reason: 'by the test itself' });
    if (event.type === 'fail') result.failed++;
    if (event.type !== 'end') console.log(`${event.type}: ${event.file}: ${event.name}`);
    if (event.type === 'fail') console.log(event.error.replace(/^/gm, '    '));
  };
  const workspace = sampleWorkspace();
  try {
    await runEditorTests({ files, workspace: workspace.folder, onEvent, timeoutMs: 10 * 60_000 });
  } catch (error) {
    console.log(error.message);
    result.failed++;
  } finally {
    workspace.remove();
  }
  return result;
}
