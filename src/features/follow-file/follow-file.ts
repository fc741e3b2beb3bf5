import * as vscode from 'vscode';
import { showError } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { leftAsItWas, readAgain } from '../../host/read-again.ts';
import { watchFile } from '../../host/watch-file.ts';

/** A file that is shown and is written anew is read again, and looked at as before. */
export function followFileFeature(host: Host): void {
  const { active, context } = host;
  let followed: OpenRecording | undefined;
  let watched: vscode.Disposable | undefined;
  const follow = () => {
    if (active.current === followed) return;
    followed = active.current;
    watched?.dispose();
    watched = followed && watchFile(followed.path, () => void read(host));
  };
  context.subscriptions.push(active.onDidChange(follow), new vscode.Disposable(() => watched?.dispose()));
}

async function read(host: Host): Promise<void> {
  const { active } = host;
  const former = active.current;
  // An editor reads its file by itself.
  if (!former || isInEditor(former.path)) return;
  try {
    const recording = await readAgain(host, former, active);
    if (active.current === former) active.show(recording);
  } catch (error) {
    if (active.current === former)
      showError(
        host,
        leftAsItWas(former.path, error, () => read(host)),
      );
  }
}

function isInEditor(path: string): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(
    ({ input }) =>
      input instanceof vscode.TabInputCustom && input.viewType.startsWith('perfwright.') && input.uri.fsPath === path,
  );
}
