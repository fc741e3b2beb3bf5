import * as vscode from 'vscode';
import type { StackChart } from '../../core/profile/queries/stack-chart.ts';
import type { Host } from '../../host/host.ts';
import type { PlacedChart } from '../../protocol/over-time.ts';

/** A chart with which of its functions are code of the workspace. */
export async function placedChart({ sources }: Host, chart: StackChart): Promise<PlacedChart> {
  const { file } = chart.functions;
  const isIn = new Map<string, boolean>();
  const look = async (recorded: string): Promise<void> => {
    if (recorded === '') return;
    const match = await sources.locate(recorded);
    const isFound = match.kind === 'found' && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(match.path));
    isIn.set(recorded, Boolean(isFound));
  };
  await Promise.all([...new Set(file)].map(look));
  return { chart, inWorkspace: Uint8Array.from(file, (recorded) => (isIn.get(recorded) ? 1 : 0)) };
}
