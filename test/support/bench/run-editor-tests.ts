import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundleEditorTests } from './bundle-editor-tests.ts';
import { type EditorTestEvent, RESULTS_VARIABLE } from './editor-test-event.ts';

/**
 * Runs tests inside the extension host of a VS Code.
 * @param files of test/editor, relative to the checkout
 * @param workspace the folder that is opened; the results file is written beside it
 * @param start starts the VS Code
 * @param onEvent gets each result as it comes; an `end` is the last
 * @param timeoutMs after this long without an `end` they count as hanging
 * @throws Error with VS Code's log when they didn't come to their end
 */
export async function runEditorTests({
  files,
  workspace,
  start,
  onEvent,
  timeoutMs,
}: {
  files: string[];
  workspace: string;
  start: StartTestHost;
  onEvent: (event: EditorTestEvent) => void;
  timeoutMs: number;
}): Promise<void> {
  const suite = await bundleEditorTests(files);
  const resultsFile = join(workspace, '..', 'editor-test-results.jsonl');
  // What an earlier run told is not of this one.
  rmSync(resultsFile, { force: true });
  const host = await start({ suite, workspace, env: { [RESULTS_VARIABLE]: resultsFile } });
  try {
    const deadline = Date.now() + timeoutMs;
    let told = 0;
    for (;;) {
      // Asked first: what a host told before it ended is then read.
      const hasEnded = host.hasEnded();
      const events = readEvents(resultsFile);
      for (const event of events.slice(told)) onEvent(event);
      told = events.length;
      if (events.at(-1)?.type === 'end') return;
      if (hasEnded) throw new Error(`VS Code ended before its tests did. Its log:\n${host.log()}`);
      if (Date.now() > deadline) {
        throw new Error(`The tests didn't end within ${timeoutMs / 1000} s. VS Code's log:\n${host.log()}`);
      }
      await delay(200);
    }
  } finally {
    await host.end();
  }
}

/** Starts a VS Code that opens the workspace, loads the extension from the checkout and runs the suite's run(). */
export type StartTestHost = (options: {
  suite: string;
  workspace: string;
  env: Record<string, string>;
}) => Promise<TestHost>;

export type TestHost = { hasEnded(): boolean; log(): string; end(): Promise<void> };

/** What has been told so far; a line that is being written is left for the next look. */
function readEvents(file: string): EditorTestEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line): EditorTestEvent => JSON.parse(line));
}
