import type * as vscode from 'vscode';
import { commandAction, Problem } from '../../../host/problem.ts';
import { launchTargets, taskTargets } from './configured-targets.ts';
import { executableTarget, processTargets, typedTarget } from './program-targets.ts';
import type { Target, TargetKey, TargetKind } from './target.ts';

const STATE = 'perfwright.lastTarget';

/** Remembers, for this workspace, what was profiled last. */
export async function rememberTarget({ workspaceState }: vscode.ExtensionContext, { key }: Target): Promise<void> {
  await workspaceState.update(STATE, key);
}

/** What was profiled last, as it is configured now; undefined where nothing was. Throws where it is gone. */
export async function rememberedTarget({ workspaceState }: vscode.ExtensionContext): Promise<Target | undefined> {
  const key = workspaceState.get<TargetKey>(STATE);
  return key && (await targetOf(key));
}

/** The target that a key names, as it is now. Throws where there is none. */
export async function targetOf(key: TargetKey): Promise<Target> {
  const find = FINDERS[key.kind] as (key: TargetKey) => Target | Promise<Target>;
  return find(key);
}

const FINDERS: {
  readonly [K in TargetKind]: (key: Extract<TargetKey, { kind: K }>) => Target | Promise<Target>;
} = {
  launch: ({ folder, name }) => configured(launchTargets(), folder, name, 'launch configuration'),
  task: ({ folder, name }) => configured(taskTargets(), folder, name, 'task'),
  executable: ({ path, folder }) => executableTarget(path, folder),
  typed: ({ argv, cwd, folder }) => typedTarget(argv, cwd, folder),
  async process({ pid, command }) {
    const processes = await processTargets();
    const found = processes.find(({ key }) => key.kind === 'process' && key.pid === pid && key.command === command);
    if (!found) throw new Problem(`The process ${pid} has ended. Choose what to profile.`, CHOOSE);
    return found;
  },
};

function configured(targets: readonly Target[], folder: string, name: string, noun: string): Target {
  const found = targets.find((target) => target.label === name && target.folder === folder);
  if (!found) throw new Problem(`There is no ${noun} “${name}” any more. Choose what to profile.`, CHOOSE);
  return found;
}

const CHOOSE = { actions: [commandAction('Profile…', 'perfwright.profile')] };
