import * as vscode from 'vscode';
import type { Host } from '../../host/host.ts';
import { copyAction, Problem } from '../../host/problem.ts';
import { type Finding, findingText } from '../../tools/finding.ts';
import type { RecordChoice } from './record-options.ts';

/** Why nothing was recorded, with the buttons that help: *Copy the Fix*, and events that always work instead of those that were chosen. */
export function findingsProblem(
  findings: readonly Finding[],
  { events }: RecordChoice,
  again: (events: readonly string[]) => unknown,
): Problem {
  const stopping = findings.filter(({ level }) => level === 'stops');
  const text = stopping.map(({ what, why, fallback }) => [what, why, fallback].filter((part) => part !== '').join(' '));
  const fix = stopping.find((finding) => finding.fix !== '')?.fix;
  const isOwnChoice = events.length > 0 && !events.includes('cpu-clock');
  return new Problem(text.join(' '), {
    actions: [
      ...(fix ? [copyAction('Copy the Fix', fix)] : []),
      ...(isOwnChoice ? [{ title: 'Profile with cpu-clock', run: () => again(['cpu-clock']) }] : []),
    ],
  });
}

const TOLD = 'perfwright.toldLimits';

/** Says what had to be changed about a recording for it to work here: in the log always, in a message the first time on this machine. */
export function tellLimits({ context, log }: Host, findings: readonly Finding[]): void {
  for (const finding of findings) log.info(findingText(finding));
  const told = context.globalState.get<readonly string[]>(TOLD, []);
  const fresh = findings.filter(({ id, level }) => level === 'limits' && !told.includes(id));
  if (fresh.length === 0) return;
  void context.globalState.update(TOLD, [...told, ...fresh.map(({ id }) => id)]);
  for (const { what, fallback, why, fix } of fresh) {
    void vscode.window
      .showInformationMessage([what, why, fallback].join(' '), ...(fix ? ['Copy the Fix'] : []))
      .then((chosen) => {
        if (chosen) void vscode.env.clipboard.writeText(fix);
      });
  }
}

/** Says how the program ended, where that is not how it should, and why there may be less than was hoped for. */
export function tellOutcome(findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const text = findings.map(({ what, why, fallback, fix }) =>
    [what, why, fallback, fix].filter((part) => part !== '').join(' '),
  );
  void vscode.window.showWarningMessage(text.join(' '), 'Show Output').then((chosen) => {
    if (chosen) void vscode.commands.executeCommand('perfwright.showProgramOutput');
  });
}
