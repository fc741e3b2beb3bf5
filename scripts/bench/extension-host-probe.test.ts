import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { HOST_BENCH_VARIABLE, type HostFigures } from './extension-host-figures.ts';

suite('figures of the extension host', () => {
  test('activation, and pauses of the loop', async function () {
    this.timeout(240_000);
    const { recording, result } = JSON.parse(process.env[HOST_BENCH_VARIABLE]!);
    const extension = vscode.extensions.getExtension('perfwright.perfwright')!;
    if (extension.isActive) throw new Error('the extension was active before it was asked to be');
    // The host itself is still busy after a start, with its own extensions.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    const activation = performance.now();
    await extension.activate();
    const activationMs = performance.now() - activation;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const start = performance.now();
    const openPauseMs = await longestPause(() =>
      vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(recording)),
    );
    const openMs = performance.now() - start;
    const idlePauseMs = await longestPause(() => new Promise((resolve) => setTimeout(resolve, openMs)));
    const figures: HostFigures = { activationMs, openMs, openPauseMs, idlePauseMs };
    writeFileSync(result, JSON.stringify(figures));
  });
});

/** Longest time between two turns of the loop while something is done, less the millisecond that a timer takes. */
async function longestPause(work: () => Thenable<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return longest;
}
