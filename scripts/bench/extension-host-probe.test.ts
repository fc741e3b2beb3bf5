import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { HOST_BENCH_VARIABLE, type HostFigures, type HostJob, type LongestPause } from './extension-host-figures.ts';

suite('figures of the extension host', () => {
  test('activation, and pauses of the loop', async function () {
    this.timeout(240_000);
    const { recording, importer, result }: HostJob = JSON.parse(process.env[HOST_BENCH_VARIABLE]!);
    const extension = vscode.extensions.getExtension('perfwright.perfwright')!;
    if (extension.isActive) throw new Error('the extension was active before it was asked to be');
    // The host itself is still busy after a start, with its own extensions.
    await sleep(4000);
    const activation = performance.now();
    await extension.activate();
    const activationMs = performance.now() - activation;
    await sleep(1000);
    const start = performance.now();
    const open = await longestPause(() =>
      vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(recording)),
    );
    const openMs = performance.now() - start;
    await sleep(1000);
    const idle = await longestPause(() => sleep(openMs));
    const elsewhere = await longestPause(() => importElsewhere(importer));
    const figures: HostFigures = { activationMs, openMs, open, elsewhere, idle };
    writeFileSync(result, JSON.stringify(figures));
  });
});

/** Longest time between two turns of the loop while something is done, less the millisecond that a timer takes. */
async function longestPause(work: () => Thenable<unknown>): Promise<LongestPause> {
  let wallMs = 0;
  let ownMs = 0;
  let last = performance.now();
  let lastOwn = ownTime();
  const timer = setInterval(() => {
    const now = performance.now();
    const own = ownTime();
    wallMs = Math.max(wallMs, now - last - 1);
    ownMs = Math.max(ownMs, own - lastOwn);
    last = now;
    lastOwn = own;
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return { wallMs, ownMs };
}

/** Time of a processor that this thread took, in milliseconds. */
function ownTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function importElsewhere([program, ...args]: HostJob['importer']): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Importing elsewhere', cancellable: true };
  await vscode.window.withProgress(options, async () => {
    const [code] = await once(spawn(program, args, { stdio: 'ignore' }), 'close');
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with exit code ${code}`);
  });
}
