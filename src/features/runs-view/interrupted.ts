import * as vscode from 'vscode';
import { formatBytes } from '../../core/units.ts';
import type { Host } from '../../host/host.ts';
import { recoverInterrupted } from '../../runs/recover.ts';
import type { Run } from '../../runs/run.ts';

/** Finds the runs whose recorder died, and offers what they hold. */
export async function offerInterrupted({ runs, log }: Host): Promise<void> {
  const failed = (run: Run, error: unknown) => log.warn(`The run ${run.id} can't be marked as cut off: ${error}`);
  for (const store of runs.all()) {
    for (const run of await recoverInterrupted(store, failed)) {
      log.info(`The run ${run.id} (${run.title}) was found cut off.`);
      const artifact = run.artifacts[0];
      if (!artifact) {
        void vscode.window.showWarningMessage(
          `The recording of “${run.title}” was cut off before anything was written.`,
        );
        continue;
      }
      void vscode.window
        .showWarningMessage(
          `The recording of “${run.title}” was cut off. ${formatBytes(artifact.bytes)} of it were written and can be opened.`,
          'Open',
          'Show Runs',
        )
        .then((chosen) => {
          if (chosen === 'Open') void vscode.commands.executeCommand('perfwright.runs.open', { run: run.id });
          if (chosen === 'Show Runs') void vscode.commands.executeCommand('perfwright.runs.focus');
        });
    }
  }
}
