import * as vscode from 'vscode';
import { FEATURES } from './features/index.ts';
import { ActiveRecording } from './host/active-recording.ts';
import type { Host } from './host/host.ts';

/** Starts the host, then every feature. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Perfwright', { log: true });
  const active = new ActiveRecording();
  context.subscriptions.push(log, active);
  const host: Host = { context, log, active };
  for (const start of Object.values(FEATURES)) start(host);
}
