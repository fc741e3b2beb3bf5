import * as vscode from 'vscode';
import type { View } from '../../core/profile/queries/query-model.ts';
import { withoutRange } from '../../core/profile/time/view-range.ts';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { NEXT_STEPS } from '../../host/nothing-open.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { registerPanel } from '../../host/panel.ts';
import { Problem } from '../../host/problem.ts';
import { runStep } from '../../host/run-step.ts';
import { inWorkspace } from '../../host/workspace-files.ts';
import { overTimeState } from './over-time-state.ts';

/** The panel that shows the active recording over time, and leaves a range of it to every other surface. */
export function overTimeFeature(host: Host): void {
  const { active, context } = host;
  const nothing = <A>(run: (ask: A) => unknown) => {
    return async (ask: A) => {
      await run(ask);
      return null;
    };
  };
  const panel = registerPanel(host, 'over-time', {
    state: () => overTimeState(active),
    tracks: (options) => {
      const { session, view } = shown(host);
      return session.ask('threadTracks', { ...options, view });
    },
    chart: async (options) => {
      const { session, view } = shown(host);
      const chart = await session.ask('stackChart', { ...options, view });
      return { chart, inWorkspace: await inWorkspace(host.sources, chart.functions.file) };
    },
    heatmap: (options) => {
      const { session, view } = shown(host);
      return session.ask('subsecondHeatmap', { ...options, view });
    },
    look: nothing((change) => active.look(change)),
    open: nothing((place) => vscode.commands.executeCommand('perfwright.openSource', place)),
    flameGraph: nothing((wanted) => vscode.commands.executeCommand('perfwright.flameGraph.open', wanted)),
    copy: nothing((text) => vscode.env.clipboard.writeText(text)),
    cancel: nothing(() => active.opening?.cancel()),
    act: (id) => runStep(id, NEXT_STEPS),
  });
  context.subscriptions.push(
    active.onDidChange((what) => panel.changed(what === 'recording' ? 'state' : 'view')),
    // Where a recording is shown, it stays until the next can take its place.
    active.onDidChangeOpening(() => active.current ?? panel.changed('state')),
  );
  registerCommand(host, 'perfwright.overTime.open', () => panel.show());
}

/** What is asked of: the view, but of all of the time. */
function shown({ active: { current, view } }: Host): { session: OpenRecording['session']; view: View } {
  if (!current || !view) throw new Problem('No recording is open.');
  return { session: current.session, view: { ...view, operations: withoutRange(view.operations) } };
}
