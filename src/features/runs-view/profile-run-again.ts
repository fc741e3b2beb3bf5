import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import { commandAction, Problem } from '../../host/problem.ts';
import { launchTargets, taskTargets } from '../../host/targets/configured-targets.ts';
import type { TargetKey } from '../../host/targets/target.ts';
import type { RunNode } from './run-tree.ts';

/** Profiles what a run profiled: its launch configuration or task where there still is one of its name, else its command line. */
export async function profileRunAgain(_host: Host, { store, run }: RunNode): Promise<void> {
  await vscode.commands.executeCommand('perfwright.profileTarget', keyOf(store.workspaceFolder, run));
}

function keyOf(folder: string, { target, title, cwd }: RunNode['run']): TargetKey {
  if (target.kind === 'file') {
    throw new Problem(`“${title}” was recorded elsewhere, so it can't be recorded again here.`, {
      actions: [commandAction('Profile…', 'perfwright.profile')],
    });
  }
  if (target.kind === 'process') return { kind: 'process', pid: target.pid };
  const configured = [...launchTargets(), ...taskTargets()].find(
    (each) => each.label === title && each.folder === folder,
  );
  return configured?.key ?? { kind: 'typed', folder, argv: target.argv, cwd };
}
