import type { View } from '../../core/profile/queries/query-model.ts';
import { whyNothing } from '../../core/profile/why-nothing.ts';
import { formatCount } from '../../core/units.ts';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { NEXT_STEPS, nothingOpen } from '../../host/nothing-open.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { registerPanel } from '../../host/panel.ts';
import { Problem } from '../../host/problem.ts';
import { requireRecording } from '../../host/require-recording.ts';
import { runStep } from '../../host/run-step.ts';
import type { SpeedscopeProfile, SpeedscopeState } from '../../protocol/speedscope.ts';

/** A recording as it was looked at when it was opened in speedscope. */
interface Shown {
  readonly version: number;
  readonly recording: OpenRecording;
  readonly view: View;
}

/** *Open in Speedscope*: a second viewer of the active recording. It stays with the view it was opened with until it is told to follow. */
export function speedscopeFeature(host: Host): void {
  const { active, context } = host;
  let shown: Shown | undefined;
  let lastVersion = 0;
  const lookedAt = (): Shown | undefined => {
    const { current: recording, view } = active;
    return recording && view && { version: ++lastVersion, recording, view };
  };
  /** Takes the active recording where the one that is shown is closed; its session answers no more. */
  const current = (): Shown | undefined => {
    if (shown?.recording !== active.current) shown = lookedAt();
    return shown;
  };
  const panel = registerPanel(host, 'speedscope', {
    state: () => stateOf(host, current()),
    file: async () => {
      const now = current();
      if (!now) throw new Problem('No recording is open any more.');
      return profileOf(now);
    },
    reload: () => {
      shown = lookedAt();
      panel.changed('recording');
      return null;
    },
    act: (id) => runStep(id, STEPS),
    cancel: () => {
      active.opening?.cancel();
      return null;
    },
  });
  context.subscriptions.push(
    active.onDidChange((what) => {
      // Another recording is shown at once, as everywhere; another view of the same only where that is asked for.
      panel.changed(what === 'recording' ? 'recording' : 'state');
    }),
    active.onDidChangeOpening(() => active.current ?? panel.changed(active.opening ? 'state' : 'recording')),
  );
  registerCommand(host, 'perfwright.speedscope.open', () => {
    requireRecording(active);
    shown = lookedAt();
    panel.show();
    panel.changed('recording');
  });
}

async function stateOf({ active }: Host, shown: Shown | undefined): Promise<SpeedscopeState> {
  if (!shown) return nothingOpen(active);
  const { version, recording, view } = shown;
  const words = await recording.session.ask('viewWords', { view });
  // A view that was changed and changed back is the same.
  const isStale = JSON.stringify(view) !== JSON.stringify(active.view);
  return { status: 'open', version, title: recording.title, shown: words.join(' · '), isStale };
}

async function profileOf({ recording, view }: Shown): Promise<SpeedscopeProfile> {
  const { title, session } = recording;
  const file = await session.ask('speedscopeFile', { view, name: title, mostFrames: MOST_FRAMES });
  if (file.kind === 'written') return { name: `${title}.speedscope.json`, bytes: file.bytes, losses: file.losses };
  if (file.kind === 'empty') {
    throw new Problem(`Nothing in this view has a cost above 0. ${whyNothing({ ...recording.overview, view })}`);
  }
  throw new Problem(
    `The stacks in this view have ${formatCount(file.frames)} frames together; Speedscope is unusable above ${formatCount(MOST_FRAMES)}. Show one thread, a shorter time or a part of it, then try again. The flame graph shows all of it.`,
  );
}

/** Where nothing can be shown here, the flame graph can show it. */
const STEPS = [...NEXT_STEPS, { id: 'perfwright.flameGraph.open' }];
/** Some 25 MB of JSON, for which speedscope takes 15 seconds and 550 MB on a busy two-core machine. */
const MOST_FRAMES = 5e6;
