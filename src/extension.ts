import * as vscode from 'vscode';
import { FEATURES } from './features/index.ts';
import { ActiveRecording } from './host/active-recording.ts';
import type { Host } from './host/host.ts';
import { OpenRecordings } from './host/open-recordings.ts';
import { RunStores } from './host/run-stores.ts';
import { Sources } from './host/sources.ts';

/** Starts the host, then every feature. Tests are given the host; other extensions nothing. */
export function activate(context: vscode.ExtensionContext): Host | undefined {
  const log = vscode.window.createOutputChannel('Perfwright', { log: true });
  const active = new ActiveRecording();
  const sources = new Sources(active);
  const runs = new RunStores(context);
  context.subscriptions.push(log, runs, sources, active);
  const host: Host = { context, log, active, recordings: new OpenRecordings(), sources, runs };
  for (const start of Object.values(FEATURES)) start(host);
  return context.extensionMode === vscode.ExtensionMode.Test ? host : undefined;
}
