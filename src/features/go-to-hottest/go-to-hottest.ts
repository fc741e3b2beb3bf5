import * as vscode from 'vscode';
import type { TopPlace } from '../../core/profile/queries/top.ts';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { commandAction, Problem } from '../../host/problem.ts';

/** *Go to Hottest Line*: the line of the workspace with the most self cost. */
export function goToHottestFeature(host: Host): void {
  registerCommand(host, 'perfwright.goToHottest', async () => {
    const place = await hottestPlace(host);
    if (!place) {
      throw new Problem(
        'No line of this profile is in a file of this workspace. The hottest functions are in Hot Spots.',
        {
          isHint: true,
          actions: [commandAction('Show Hot Spots', 'perfwright.hotSpots.focus')],
        },
      );
    }
    await vscode.commands.executeCommand('perfwright.openSource', place);
  });
  // The result of opening a profile appears by itself. Tells whether it is in sight: it isn't where there's nothing to go to.
  registerCommand(host, 'perfwright.revealHottest', async () => {
    const seen = await Promise.all(
      vscode.window.visibleTextEditors.map(({ document }) => host.sources.costs(document)),
    );
    if (seen.some((costs) => costs !== undefined)) return true;
    const place = await hottestPlace(host);
    if (place) await vscode.commands.executeCommand('perfwright.openSource', { ...place, keepsFocus: true });
    return place !== undefined;
  });
}

/** Lines that are looked at until one is in the workspace: those below it are too cold to be gone to by themselves. */
const MOST_LINES = 200;

async function hottestPlace({ active, sources }: Host): Promise<TopPlace | undefined> {
  const { current, view } = active;
  if (!current || !view) {
    throw new Problem('No profile is open.', {
      isHint: true,
      actions: [commandAction('Open Profile…', 'perfwright.openProfile')],
    });
  }
  const { rows } = await current.session.ask('top', { view, by: 'line', limit: MOST_LINES });
  for (const row of rows) {
    const match = row.line > 0 ? await sources.locate(row.file) : undefined;
    if (match?.kind === 'found' && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(match.path))) return row;
  }
  return undefined;
}
