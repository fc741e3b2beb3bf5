import * as vscode from 'vscode';

/** Every setting but the paths of tools, with its default. package.json declares the same (test/manifest.test.ts). */
export const SETTINGS = {
  'record.frequency': 999,
  'record.events': [] as readonly string[],
  'record.callGraph': 'fp' as 'fp' | 'dwarf' | 'lbr',
  'record.duration': 0,
  'record.wholeTree': true,
  'lines.gutter': true,
  'lines.endOfLine': true,
  'lines.threshold': 1,
  'lenses.enabled': true,
  units: 'shareAndAmount' as Units,
  sourceMap: {} as Readonly<Record<string, string>>,
};

/** How a cost is written. */
export type Units = 'shareAndAmount' | 'share' | 'amount';

export type SettingName = keyof typeof SETTINGS;
type SettingValue<N extends SettingName> = (typeof SETTINGS)[N];

export function setting<N extends SettingName>(name: N): SettingValue<N> {
  return vscode.workspace.getConfiguration('perfwright').get<SettingValue<N>>(name) ?? SETTINGS[name];
}

/** Sets a setting for this person, in all their workspaces. */
export async function changeSetting<N extends SettingName>(name: N, value: SettingValue<N>): Promise<void> {
  await vscode.workspace.getConfiguration('perfwright').update(name, value, vscode.ConfigurationTarget.Global);
}

/** Calls back when one of these settings changes. */
export function onSettingChange(names: readonly SettingName[], run: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (names.some((name) => change.affectsConfiguration(`perfwright.${name}`))) run();
  });
}
