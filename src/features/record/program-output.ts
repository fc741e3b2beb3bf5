import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import type { TargetStreams } from '../../runs/watched-tool.ts';

let channel: vscode.OutputChannel | undefined;

/** What a program that is profiled writes goes to an output channel; it reads nothing. */
export function programOutput({ context }: Host, label: string): TargetStreams {
  if (!channel) {
    channel = vscode.window.createOutputChannel('Perfwright: Program');
    context.subscriptions.push(channel);
  }
  const own = channel;
  own.appendLine(`— ${label} · ${new Date().toLocaleTimeString('en-GB')}`);
  const writer = () => {
    const decoder = new TextDecoder();
    return (chunk: Uint8Array) => own.append(decoder.decode(chunk, { stream: true }));
  };
  return { stdin: 'ignore', stdout: writer(), stderr: writer() };
}
