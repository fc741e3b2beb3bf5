import * as vscode from 'vscode';
import { type UncheckedView, viewFrom } from '../../core/profile/portable-view.ts';
import type { Host } from '../../host/host.ts';

/** Looks at the active recording as a view from outside says; what it hasn't is said, and left as it is by default. */
export async function showView({ active }: Host, wanted: UncheckedView): Promise<readonly string[]> {
  const { current } = active;
  if (!current) return [];
  const operations = await current.session.ask('knownOperations', { data: wanted.operations });
  // Meanwhile a person may have opened something else.
  if (active.current !== current) return [];
  const { view, missing } = viewFrom(current.overview, { ...wanted, operations });
  const unknown = wanted.operations.length - operations.length;
  const said =
    unknown > 0
      ? [...missing, `${unknown} of its operations ${unknown === 1 ? 'is' : 'are'} not known here.`]
      : missing;
  const { places, shareOf = 'view' } = wanted;
  active.look({ ...view, shareOf });
  if (places) await vscode.commands.executeCommand('perfwright.flameGraph.open', { places });
  if (said.length > 0) {
    void vscode.window.showWarningMessage(`Not all of the view can be shown. ${said.slice(0, MOST_SAID).join(' ')}`);
  }
  return said;
}

const MOST_SAID = 3;
