import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './editor-host.ts';
import { replaced } from './replaced.ts';

/** A panel that the extension opened while nobody drew it: a test is its page. */
export interface FakePanel {
  readonly viewType: string;
  readonly column: vscode.ViewColumn;
  /** Asks as the page does. Fails where the answer is an error. */
  ask(request: string, ask: unknown): Promise<unknown>;
  close(): void;
}

/** The panels that are opened meanwhile. */
export async function openedPanels(run: () => Promise<unknown>): Promise<readonly FakePanel[]> {
  const opened: FakePanel[] = [];
  const create = (viewType: string, _title: string, column: vscode.ViewColumn) => {
    const { panel, ...rest } = fakePanel();
    opened.push({ viewType, column, ...rest });
    return panel;
  };
  await replaced(vscode.window, 'createWebviewPanel', create as typeof vscode.window.createWebviewPanel, run);
  return opened;
}

interface Answer {
  readonly answer?: unknown;
  readonly error?: { readonly message: string };
}

function fakePanel() {
  const disposed = new vscode.EventEmitter<void>();
  const received = new vscode.EventEmitter<unknown>();
  const answers = new Map<number, Answer>();
  let asked = 0;
  const webview = {
    options: {},
    html: '',
    cspSource: '',
    onDidReceiveMessage: received.event,
    asWebviewUri: (uri: vscode.Uri) => uri,
    async postMessage(message: Answer & { readonly id?: number }) {
      if (message.id !== undefined) answers.set(message.id, message);
      return true;
    },
  };
  const panel = { webview, onDidDispose: disposed.event, reveal() {} } as unknown as vscode.WebviewPanel;
  return {
    panel,
    async ask(request: string, ask: unknown): Promise<unknown> {
      const id = ++asked;
      received.fire({ id, request, ask });
      const answered = await until(() => answers.get(id), Boolean);
      assert.ok(answered && !answered.error, answered?.error?.message);
      return answered.answer;
    },
    close: () => disposed.fire(),
  };
}
