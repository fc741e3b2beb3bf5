import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundleEditorTests } from './bundle-editor-tests.ts';
import { startChromium } from './chromium.ts';
import { type EditorTestEvent, RESULTS_VARIABLE } from './editor-test-event.ts';
import { REPOSITORY } from './repository.ts';
import { startVsCodeServer } from './vscode-server.ts';

/**
 * Runs tests inside the extension host of the real VS Code server, with the real workbench in Chromium.
 * @param files of test/editor, relative to the checkout
 * @param workspace the folder that is opened
 * @param onEvent gets each result as it comes; an `end` is the last
 * @param timeoutMs after this long without an `end` they count as hanging
 * @throws Error with VS Code's log when they didn't come to their end
 */
export async function runEditorTests({
  files,
  workspace,
  onEvent,
  timeoutMs,
}: {
  files: string[];
  workspace: string;
  onEvent: (event: EditorTestEvent) => void;
  timeoutMs: number;
}): Promise<void> {
  const suite = await bundleEditorTests(files);
  const resultsFile = join(workspace, '..', 'editor-test-results.jsonl');
  const server = await startVsCodeServer({ env: { [RESULTS_VARIABLE]: resultsFile } });
  try {
    await using browser = await startChromium();
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(address(server.url, workspace, suite));
    let told = 0;
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const events = readEvents(resultsFile);
      for (const event of events.slice(told)) onEvent(event);
      told = events.length;
      if (events.at(-1)?.type === 'end') return;
      if (Date.now() > deadline) {
        await page.screenshot({ path: join(REPOSITORY, 'out', 'failures', 'editor-tests.png') });
        throw new Error(`The tests didn't end within ${timeoutMs / 1000} s. VS Code's log:\n${server.log()}`);
      }
      await delay(200);
    }
  } finally {
    await server.end();
  }
}

/** The workbench with a folder, an extension that is loaded from its folder, and the tests it runs. */
function address(server: string, workspace: string, suite: string): string {
  const remote = (path: string) => `vscode-remote://remote${encodeURI(path)}`;
  const payload = [
    ['extensionDevelopmentPath', remote(REPOSITORY)],
    ['extensionTestsPath', remote(suite)],
    ['skipWelcome', 'true'],
  ];
  return `${server}/?${new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) })}`;
}

/** What has been told so far; a line that is being written is left for the next look. */
function readEvents(file: string): EditorTestEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line): EditorTestEvent => JSON.parse(line));
}
