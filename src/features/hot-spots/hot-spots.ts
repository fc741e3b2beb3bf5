import * as vscode from 'vscode';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { onSettingChange } from '../../host/settings.ts';
import { HotSpotTree, type Spot } from './hot-spot-tree.ts';

/** The view *Hot Spots*: functions of the active recording, each expandable to its callers and callees. */
export function hotSpotsFeature(host: Host): void {
  const tree = new HotSpotTree(host);
  const view = vscode.window.createTreeView('perfwright.hotSpots', { treeDataProvider: tree, showCollapseAll: true });
  const retitle = () => {
    view.description = host.active.current?.title;
  };
  host.context.subscriptions.push(
    view,
    host.active.onDidChange(() => {
      retitle();
      tree.refresh();
    }),
    onSettingChange(['units'], () => tree.refresh()),
  );
  registerCommand(host, 'perfwright.hotSpots.open', (spot: Spot) =>
    vscode.commands.executeCommand('perfwright.openSource', { file: spot.place.file, line: spot.place.line }),
  );
  registerCommand(host, 'perfwright.hotSpots.copy', (spot: Spot) =>
    vscode.env.clipboard.writeText(spot.place.fullName),
  );
  registerCommand(host, 'perfwright.hotSpots.flameGraph', (spot: Spot) =>
    vscode.commands.executeCommand('perfwright.flameGraph.open', {
      function: spot.place.name,
      file: spot.place.file,
      line: spot.place.line,
    }),
  );
}
