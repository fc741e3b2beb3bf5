import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { commandAction, Problem } from '../../host/problem.ts';
import { requireTrust } from '../../host/trust.ts';
import type { Run } from '../../runs/run.ts';
import type { RunStore } from '../../runs/store.ts';
import { chooseProcess, chooseTarget } from './choose-target.ts';
import { programOutput } from './program-output.ts';
import { chooseOptions, recordOptions } from './record-options.ts';
import { type CurrentRecording, startRecording } from './start-recording.ts';
import { rememberedTarget, rememberTarget, targetOf } from './targets/remembered-target.ts';
import type { Target, TargetKey } from './targets/target.ts';
import { targetOfRun } from './targets/target-of-run.ts';
import { targetsView } from './targets-view.ts';

/** Profiling: the view *Targets*, *Profile…*, *Profile Again*, *Attach…*, *Stop* and *Cancel*. One recording at a time runs in a window. */
export function profileFeature(host: Host): void {
  targetsView(host);
  const output = programOutput(host);
  let current: CurrentRecording | undefined;

  const record = async (target: Target | undefined, events?: readonly string[]) => {
    if (!target) return;
    if (target.problem) throw new Problem(`${target.label} can't be profiled. ${target.problem}`);
    if (current) throw busy(current);
    const choice = { ...recordOptions(), ...(events && { events }) };
    current = startRecording(host, target, { choice, output, again: (other) => record(target, other) });
    try {
      await Promise.all([current.finished, rememberTarget(host.context, target)]);
    } finally {
      current = undefined;
    }
  };

  registerCommand(host, 'perfwright.profile', async () => {
    requireTrust();
    if (current) throw busy(current);
    await record(await chooseTarget(host));
  });
  registerCommand(host, 'perfwright.profileAgain', async () => {
    requireTrust();
    await record((await rememberedTarget(host.context)) ?? (await chooseTarget(host)));
  });
  registerCommand(host, 'perfwright.attach', async () => {
    requireTrust();
    await record(await chooseProcess());
  });
  registerCommand(host, 'perfwright.profileTarget', async (key: TargetKey) => {
    requireTrust();
    await record(await targetOf(key));
  });
  registerCommand(host, 'perfwright.runs.profileAgain', async (node: { store: RunStore; run: Run }) => {
    requireTrust();
    await record(await targetOfRun(node.store.workspaceFolder, node.run));
  });
  registerCommand(host, 'perfwright.recordOptions', chooseOptions);
  registerCommand(host, 'perfwright.stop', () => running(current).stop());
  registerCommand(host, 'perfwright.cancel', () => running(current).cancel());
  // What is being recorded when the window closes is kept: the watchdog ends it, and it's found on the next start.
  host.context.subscriptions.push({ dispose: () => current?.stop() });
}

function busy({ title }: CurrentRecording): Problem {
  return new Problem(`${title} is being profiled in this window. Stop that first.`, {
    actions: [commandAction('Stop', 'perfwright.stop')],
  });
}

function running(current: CurrentRecording | undefined): CurrentRecording {
  if (current) return current;
  throw new Problem('Nothing is being profiled in this window.', {
    isHint: true,
    actions: [commandAction('Profile…', 'perfwright.profile')],
  });
}
