import * as vscode from 'vscode';
import { SETTINGS } from './setting-defaults.ts';

export type SettingName = keyof typeof SETTINGS;
type SettingValue<N extends SettingName> = (typeof SETTINGS)[N];

/** What a setting is set to now. */
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
