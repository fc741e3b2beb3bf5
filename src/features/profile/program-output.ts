import * as vscode from 'vscode';
import { clockText } from '../../core/date-text.ts';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import type { TargetStreams } from '../../runs/watched-tool.ts';

/** Where what a program writes goes while it is profiled: an output channel. It reads nothing. */
export interface ProgramOutput {
  streamsOf(label: string): TargetStreams;
}

export function programOutput(host: Host): ProgramOutput {
  let channel: vscode.OutputChannel | undefined;
  const opened = () => {
    if (!channel) {
      channel = vscode.window.createOutputChannel('Perfwright: Program');
      host.context.subscriptions.push(channel);
    }
    return channel;
  };
  registerCommand(host, 'perfwright.showProgramOutput', () => opened().show(true));
  return {
    streamsOf(label) {
      const own = opened();
      own.appendLine(`— ${label} · ${clockText(new Date())}`);
      const writer = () => {
        const decoder = new TextDecoder();
        return (chunk: Uint8Array) => own.append(decoder.decode(chunk, { stream: true }));
      };
      return { stdin: 'ignore', stdout: writer(), stderr: writer() };
    },
  };
}
