import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import { chooseOptions, optionsText, recordOptions } from './record-options.ts';
import { commandLine, commandWords } from './targets/command-words.ts';
import { launchTargets, taskTargets } from './targets/configured-targets.ts';
import { executableTargets, processTargets, typedTarget } from './targets/program-targets.ts';
import { rememberedTarget } from './targets/remembered-target.ts';
import type { Target, TargetKind } from './targets/target.ts';

interface Item extends vscode.QuickPickItem {
  readonly target?: Target;
  /** Goes on to the target, or back to the question; undefined where a person went away. */
  readonly next?: () => Promise<Target | 'again' | undefined>;
}

/** Asks what to profile; undefined where a person went away. */
export async function chooseTarget(host: Host): Promise<Target | undefined> {
  for (;;) {
    const picked = await vscode.window.showQuickPick(itemsOf(host), {
      title: 'Profile',
      placeHolder: 'What to profile',
      matchOnDescription: true,
      ignoreFocusOut: STAYS,
    });
    const next = picked?.target ?? (await picked?.next?.());
    if (next !== 'again') return next;
  }
}

/** Asks for a running process. */
export async function chooseProcess(): Promise<Target | undefined> {
  const items = processTargets().then((targets) => targets.map(targetItem));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Profile a Running Process',
    placeHolder: 'The processes that used most processor time come first',
    matchOnDescription: true,
    ignoreFocusOut: STAYS,
  });
  return picked?.target;
}

async function itemsOf(host: Host): Promise<Item[]> {
  const last = await rememberedTarget(host.context).catch(() => undefined);
  const [configured, executables] = [[...launchTargets(), ...taskTargets()], await executableTargets()];
  const section = (title: string, targets: readonly Target[]): Item[] =>
    targets.length === 0
      ? []
      : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...targets.map(targetItem)];
  const ofKind = (kind: TargetKind) => configured.filter((target) => target.kind === kind);
  return [
    ...section('last', last ? [last] : []),
    ...section('launch configurations', ofKind('launch')),
    ...section('tasks', ofKind('task')),
    ...section('programs built in the workspace', executables),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: '$(terminal) Type a command…', alwaysShow: true, next: () => typeTarget(host) },
    { label: '$(plug) Running process…', alwaysShow: true, next: chooseProcess },
    {
      label: '$(settings-gear) Options…',
      description: optionsText(recordOptions()),
      alwaysShow: true,
      next: async () => ((await chooseOptions()) ? 'again' : undefined),
    },
  ];
}

function targetItem(target: Target): Item {
  return {
    label: `$(${target.problem ? 'circle-slash' : ICONS[target.kind]}) ${target.label}`,
    description: target.problem ?? target.detail,
    target,
  };
}

const ICONS: Readonly<Record<TargetKind, string>> = {
  launch: 'debug-alt',
  task: 'tools',
  executable: 'file-binary',
  typed: 'terminal',
  process: 'server-process',
};

/**
 * A question stays until it is answered or Escape is pressed: a panel that gets the focus back from the command palette would close it at
 * once, and a command to type is often copied from elsewhere.
 */
const STAYS = true;

const TYPED = 'perfwright.lastTyped';

async function typeTarget({ context }: Host): Promise<Target | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const line = await vscode.window.showInputBox({
    title: 'Profile a Command',
    prompt: `Program and arguments${folder ? `, run in ${folder}` : ''}. No shell is involved.`,
    value: context.workspaceState.get<string>(TYPED, ''),
    ignoreFocusOut: STAYS,
    validateInput: (text) =>
      text.trim() === '' || commandWords(text)
        ? ''
        : 'This needs a shell (pipes, variables, wildcards…). Give one program with its arguments.',
  });
  const words = commandWords(line ?? '');
  if (!words) return undefined;
  await context.workspaceState.update(TYPED, commandLine(words));
  return typedTarget(words, folder ?? process.cwd(), folder);
}
