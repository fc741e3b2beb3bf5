import { basename } from 'node:path';
import type * as vscode from 'vscode';
import { doneOfOpening, type OpenProgress } from '../runs/open-progress.ts';
import type { ActiveRecording } from './active-recording.ts';
import type { Watch } from './shared-work.ts';
import { showWhile } from './show-while.ts';

/** Opens something, while whoever watches `active` is told how far it is. Where that takes longer, a notification shows it too, with Cancel. */
export async function showOpening<T>(
  active: ActiveRecording,
  title: string,
  open: (watch: Watch<OpenProgress>) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const cancel = new AbortController();
  let report: (at: OpenProgress) => void = () => {};
  const shown = { title, progress: undefined, cancel: () => cancel.abort() };
  active.setOpening(cancel, shown);
  const opening = open({
    signal: signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal,
    progress: (at) => {
      report(at);
      active.setOpening(cancel, { ...shown, progress: at });
    },
  }).finally(() => active.setOpening(cancel, undefined));
  showWhile(`Opening ${title}`, opening, cancel, (progress) => {
    report = reporter(progress);
  });
  return opening;
}

const STAGES: Readonly<Record<OpenProgress['stage'], string>> = { reading: 'reading', symbols: 'looking up symbols' };

function reporter(progress: vscode.Progress<{ message: string; increment: number }>): (at: OpenProgress) => void {
  let shown = 0;
  return (at) => {
    const title = STAGES[at.stage];
    const reached = doneOfOpening(at) * 100;
    progress.report({
      message: at.at ? `${title} of ${basename(at.at)}` : title,
      increment: Math.max(0, reached - shown),
    });
    shown = Math.max(shown, reached);
  };
}
