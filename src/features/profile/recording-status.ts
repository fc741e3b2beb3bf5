import * as vscode from 'vscode';
import { formatBytes } from '../../core/units.ts';
import type { RecordProgress } from '../../runs/record.ts';

/** The status bar while something is recorded: what, how long, how much; a click stops it. */
export function recordingStatus(label: string): vscode.Disposable & { update(at: RecordProgress): void } {
  const item = vscode.window.createStatusBarItem('perfwright.recording', vscode.StatusBarAlignment.Left, 100);
  item.name = 'Perfwright: Recording';
  item.command = 'perfwright.stop';
  item.text = `$(loading~spin) ${label}: preparing`;
  item.show();
  void vscode.commands.executeCommand('setContext', 'perfwright.isRecording', true);
  return {
    update({ phase, elapsedMs, bytes }) {
      if (phase === 'recording') {
        item.text = `$(record) ${label} · ${clock(elapsedMs)} · ${formatBytes(bytes)} · $(debug-stop) Stop`;
        item.tooltip =
          'Profiling. Click to stop and see the profile. “Perfwright: Cancel” ends it at once and keeps what there is.';
        item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
      } else {
        item.text = `$(loading~spin) ${label}: ${PHASES[phase]}`;
        item.tooltip = '“Perfwright: Cancel” ends it at once and keeps what there is.';
        item.backgroundColor = undefined;
      }
    },
    dispose() {
      item.dispose();
      void vscode.commands.executeCommand('setContext', 'perfwright.isRecording', false);
    },
  };
}

const PHASES: Readonly<Record<Exclude<RecordProgress['phase'], 'recording'>, string>> = {
  preparing: 'preparing',
  finishing: 'finishing the recording',
  importing: 'reading the recording',
};

/** `0:07`, `12:34`. */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
