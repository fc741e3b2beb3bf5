import { existsSync } from 'node:fs';
import { portableView } from '../../core/profile/portable-view.ts';
import { showError } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { type Looked, lookAgain } from '../../host/look-again.ts';
import { readRecording } from '../../host/open-profile.ts';
import { commandAction, Problem } from '../../host/problem.ts';

/** What was shown when the window closed: plain data. The file may have been recorded again since. */
interface Shown extends Looked {
  readonly path: string;
}

const STATE = 'perfwright.shown';

/** A profile that is shown is still shown after the window was reloaded. */
export function restoreFeature(host: Host): void {
  const { active, context, log } = host;
  restore(host, context.workspaceState.get<Shown>(STATE)).catch((error: unknown) =>
    log.info(`What was shown last can't be shown again: ${error}`),
  );
  context.subscriptions.push(active.onDidChange(() => void context.workspaceState.update(STATE, shownNow(host))));
}

async function restore(host: Host, shown: Shown | undefined): Promise<void> {
  if (!shown) return;
  if (!existsSync(shown.path)) {
    // Said once: it isn't what was shown any more.
    await host.context.workspaceState.update(STATE, undefined);
    const actions = [commandAction('Open Profile…', 'perfwright.openProfile')];
    return showError(
      host,
      new Problem(`${shown.path} was shown when the window closed, and is not there any more.`, {
        actions,
        isHint: true,
      }),
    );
  }
  // An editor of the same file may be quicker to read it.
  const looked = host.recordings.lookFirst(shown.path, (read) => lookAgain(read, shown));
  try {
    const recording = await readRecording(host, shown.path);
    // A person was quicker, and shows something else by now.
    if (!host.active.current) host.active.show(recording);
  } finally {
    looked.dispose();
  }
}

function shownNow({ active: { current, view, shareOf } }: Host): Shown | undefined {
  return current && view && { path: current.path, view: portableView(current.overview, view), shareOf };
}
