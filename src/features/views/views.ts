import { relative } from 'node:path';
import * as vscode from 'vscode';
import { portableView } from '../../core/profile/portable-view.ts';
import { registerCommand, showError } from '../../host/commands.ts';
import { copyText } from '../../host/copy-text.ts';
import type { Host } from '../../host/host.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { requireRecording } from '../../host/require-recording.ts';
import { chooseView } from './choose-view.ts';
import { openLink } from './open-link.ts';
import { SavedViews } from './saved-views.ts';
import { LINK_PATH, type LinkedRecording, linkQuery } from './view-link.ts';

/** Ways to keep a view and to pass it on: saved under a name, as a link, as a command line. */
export function viewsFeature(host: Host): void {
  const { active, context } = host;
  const saved = new SavedViews(context.workspaceState);
  registerCommand(host, 'perfwright.views.save', async (given?: string) => {
    const { recording, view } = requireRecording(active);
    const { path, runId, title, overview, session } = recording;
    const name = given ?? (await askName(saved, recording, await session.ask('viewWords', { view })));
    if (!name) return;
    await saved.save(
      name,
      { path, title, ...(runId === undefined ? {} : { runId }) },
      portableView(overview, view, recording),
    );
    // Nothing else shows that it was done.
    vscode.window.setStatusBarMessage('$(check) View saved', 4000);
  });
  registerCommand(host, 'perfwright.views.open', () => chooseView(host, saved));
  registerCommand(host, 'perfwright.copyLink', async () => {
    const { recording, view } = requireRecording(active);
    const query = linkQuery(linked(recording), portableView(recording.overview, view, recording));
    await copyText('Link', `${vscode.env.uriScheme}://${context.extension.id}${LINK_PATH}?${query}`);
  });
  registerCommand(host, 'perfwright.copyCommandLine', async () => {
    const { recording, view } = requireRecording(active);
    const { text, differences } = await recording.session.ask('commandLine', { view, path: recording.path });
    await copyText('Command line', text);
    if (differences.length > 0) {
      void vscode.window.showInformationMessage(`Copied, but it shows something else. ${differences.join(' ')}`);
    }
  });
  context.subscriptions.push(
    vscode.window.registerUriHandler({
      handleUri: (uri) => openLink(host, uri).then(undefined, (error: unknown) => showError(host, error)),
    }),
  );
}

/** What a link names a recording by: something that holds in another window, too, where there is such a thing. */
function linked({ path, runId }: OpenRecording): LinkedRecording {
  if (runId !== undefined) return { run: runId };
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
  return folder ? { file: relative(folder.uri.fsPath, path), folder: folder.name } : { file: path };
}

async function askName(
  saved: SavedViews,
  recording: OpenRecording,
  words: readonly string[],
): Promise<string | undefined> {
  const names = new Set(saved.of(recording).map(({ name }) => name));
  const name = await vscode.window.showInputBox({
    title: 'Save View',
    prompt: recording.title,
    placeHolder: 'Name of the view',
    value: words.join(' · ').slice(0, LONGEST_NAME),
    validateInput: (text) => {
      if (text.trim() === '') return 'A view needs a name.';
      if (!names.has(text.trim())) return undefined;
      return {
        message: 'There is a view of this name: it will be replaced.',
        severity: vscode.InputBoxValidationSeverity.Info,
      };
    },
  });
  return name?.trim();
}

const LONGEST_NAME = 120;
