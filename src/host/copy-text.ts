import * as vscode from 'vscode';

/** Puts a text on the clipboard, and says for a moment in the status bar what it is: nothing else shows it. */
export async function copyText(what: string, text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(check) ${what} copied`, SAID_FOR_MS);
}

const SAID_FOR_MS = 4000;
