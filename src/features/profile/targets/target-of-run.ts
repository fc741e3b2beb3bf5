import { commandAction, Problem } from '../../../host/problem.ts';
import type { Run } from '../../../runs/run.ts';
import { launchTargets, taskTargets } from './configured-targets.ts';
import { typedTarget } from './program-targets.ts';
import { targetOf } from './remembered-target.ts';
import type { Target } from './target.ts';

/** What a run profiled: the launch configuration or task of its name where there still is one, else its command line. Throws where it can't be had. */
export async function targetOfRun(folder: string, { target, title, cwd }: Run): Promise<Target> {
  if (target.kind === 'file') {
    throw new Problem(`“${title}” was recorded elsewhere, so it can't be recorded again here.`, {
      actions: [commandAction('Profile…', 'perfwright.profile')],
    });
  }
  if (target.kind === 'process') {
    return targetOf({ kind: 'process', pid: target.pid, command: target.argv.join(' ') });
  }
  const configured = [...launchTargets(), ...taskTargets()];
  return (
    configured.find((each) => each.label === title && each.folder === folder) ?? typedTarget(target.argv, cwd, folder)
  );
}
