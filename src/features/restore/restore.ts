import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { View } from '../../core/profile/queries/query-model.ts';
import type { ShareOf } from '../../host/active-recording.ts';
import type { Host } from '../../host/host.ts';
import { openSession, type RecordingFacts } from '../../host/open-profile.ts';
import { runFacts } from '../../host/run-facts.ts';

/** What was shown when the window closed: plain data. */
interface Shown {
  readonly path: string;
  readonly runId?: string;
  readonly view: View;
  readonly shareOf: ShareOf;
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
  const { mtime } = await stat(shown.path);
  const facts = await factsOf(host, shown);
  const opened = await openSession(host, shown.path, facts.title);
  // What an older version stored has none; what a newer one stored may have some that aren't known here.
  const operations = await opened.session.ask('knownOperations', { data: shown.view.operations });
  // A person was quicker, and shows something else by now.
  if (host.active.current) return opened.session.close();
  host.active.show({ title: basename(shown.path), recordedAt: mtime, ...facts, path: shown.path, ...opened });
  if (opened.overview.values[shown.view.value]) {
    host.active.look({ ...shown.view, operations, shareOf: shown.shareOf });
  }
}

async function factsOf({ runs }: Host, { runId }: Shown): Promise<RecordingFacts> {
  if (runId === undefined) return {};
  for (const store of runs.all()) {
    const run = await store.get(runId).catch(() => undefined);
    if (run) return runFacts(store, run);
  }
  return {};
}

function shownNow({ active: { current, view, shareOf } }: Host): Shown | undefined {
  return current && view && { path: current.path, runId: current.runId, view, shareOf };
}
