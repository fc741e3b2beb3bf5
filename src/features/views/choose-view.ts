import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import { openProfile } from '../../host/open-profile.ts';
import { commandAction, Problem } from '../../host/problem.ts';
import { runFacts } from '../../host/run-facts.ts';
import { isSameRecording, type SavedView, type SavedViews } from './saved-views.ts';
import { showView } from './show-view.ts';

/** *Open Saved View…*: those of what is open first, then those of other recordings, each with a button that deletes it. */
export async function chooseView(host: Host, saved: SavedViews): Promise<void> {
  if (saved.all().length === 0) {
    throw new Problem('There are no saved views in this workspace yet.', {
      isHint: true,
      actions: [commandAction('Save View…', 'perfwright.views.save')],
    });
  }
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = 'Open Saved View';
  pick.placeholder = 'View to show';
  pick.matchOnDescription = true;
  const offer = () => {
    pick.items = itemsOf(host, saved.all());
  };
  offer();
  const chosen = Promise.withResolvers<SavedView | undefined>();
  pick.onDidTriggerItemButton(async ({ item }) => {
    if (item.saved) await saved.delete(item.saved);
    offer();
    if (saved.all().length === 0) pick.hide();
  });
  pick.onDidAccept(() => {
    chosen.resolve(pick.selectedItems[0]?.saved);
    pick.hide();
  });
  pick.onDidHide(() => {
    chosen.resolve(undefined);
    pick.dispose();
  });
  pick.show();
  const view = await chosen.promise;
  if (view) await openSavedView(host, view);
}

/** Opens the recording of a view, where another one is open, and shows the view. Gives what of it can't be shown. */
export async function openSavedView(host: Host, { recording, view }: SavedView): Promise<readonly string[]> {
  const { current } = host.active;
  if (!current || !isSameRecording(current, recording)) await openRecording(host, recording);
  return showView(host, view);
}

async function openRecording(host: Host, { path, runId, title }: SavedView['recording']): Promise<void> {
  for (const store of runId === undefined ? [] : host.runs.all()) {
    const run = await store.get(runId!).catch(() => undefined);
    const artifact = run && store.artifactPath(run);
    if (artifact !== undefined) return void (await openProfile(host, artifact, runFacts(store, run!)));
  }
  if (runId !== undefined) throw new Problem(`The run of ${title} is not in the open folders any more.`);
  await openProfile(host, path);
}

interface Item extends vscode.QuickPickItem {
  readonly saved?: SavedView;
}

function itemsOf({ active: { current } }: Host, views: readonly SavedView[]): Item[] {
  const isOpen = ({ recording }: SavedView) => current !== undefined && isSameRecording(current, recording);
  const item = (saved: SavedView): Item => ({
    label: plain(saved.name),
    description: isOpen(saved) ? '' : plain(saved.recording.title),
    buttons: [{ iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Delete This View' }],
    saved,
  });
  const [own, others] = [views.filter(isOpen), views.filter((saved) => !isOpen(saved))];
  const heading = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    ...(own.length > 0 ? [heading('of what is open'), ...own.map(item)] : []),
    ...(others.length > 0 ? [heading('of other recordings'), ...others.map(item)] : []),
  ];
}

/** Text without the marks that a list would draw as icons. */
function plain(text: string): string {
  return text.replaceAll('$(', '$ (');
}
