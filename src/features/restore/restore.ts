import type { Host } from '../../host/host.ts';
import { readRecording } from '../../host/open-profile.ts';
import type { Look, ReadRecording } from '../../host/open-recording.ts';

/** What was shown when the window closed: plain data. */
interface Shown extends Look {
  readonly path: string;
}

const STATE = 'perfwright.shown';

/** A profile that is shown is still shown after the window was reloaded. */
export function restoreFeature(host: Host): void {
  const { active, context, log } = host;
  restore(host, context.workspaceState.get<Shown>(STATE))
    .catch((error: unknown) => log.info(`What was shown last can't be shown again: ${error}`))
    .finally(() => {
      context.subscriptions.push(active.onDidChange(() => void context.workspaceState.update(STATE, shownNow(host))));
    });
}

async function restore(host: Host, shown: Shown | undefined): Promise<void> {
  if (!shown) return;
  const recording = await readRecording(host, shown.path, { look: (read) => lookOf(read, shown) });
  // A person was quicker, and shows something else by now.
  if (host.active.current) recording.hold().dispose();
  else host.active.show(recording);
}

/** How it was looked at; undefined where what was looked at isn't in it any more. */
async function lookOf({ overview, session }: ReadRecording, { view, shareOf }: Shown): Promise<Look | undefined> {
  if (!overview.values[view.value]) return undefined;
  // What an older version stored has none; what a newer one stored may have some that aren't known here.
  const operations = await session.ask('knownOperations', { data: view.operations });
  return { view: { ...overview.defaultView, ...view, operations }, shareOf };
}

function shownNow({ active: { current, view, shareOf } }: Host): Shown | undefined {
  return current && view && { path: current.path, view, shareOf };
}
