import { dataQuality } from '../../core/profile/data-quality.ts';
import type { View } from '../../core/profile/queries/query-model.ts';
import { baseName } from '../../core/profile/unknown-name.ts';
import type { FlameGraphState } from '../../protocol/flame-graph.ts';
import type { OpenProgress } from '../../runs/open-recording.ts';
import type { ProfileSession } from '../../runs/profile-session.ts';
import type { ShownRecording } from './shown-recording.ts';

/** What there is to show of a recording. */
export async function flameGraphState({ recordings, failure }: ShownRecording): Promise<FlameGraphState> {
  const { current, view, opening } = recordings;
  if (!current && opening) {
    const { title, progress } = opening;
    return { status: 'loading', title, doing: doing(progress), done: progress?.done ?? null };
  }
  if (!current && failure) return { status: 'failed', ...failure };
  if (!current || !view) {
    return {
      status: 'empty',
      actions: [
        { id: 'perfwright.profile', title: 'Profile…' },
        { id: 'perfwright.openProfile', title: 'Open Profile…' },
      ],
    };
  }
  const { overview, title, path, session, canUndo, canRedo } = current;
  const { word, findings } = dataQuality(overview);
  return {
    status: 'open',
    id: path,
    title,
    canLook: true,
    view,
    filters: await filterWords(session, view.operations),
    canUndo,
    canRedo,
    values: overview.values.map(({ type, unit }) => ({ type, unit })),
    threads: overview.threads.map(({ name, tid }) => `${name} (${tid})`),
    hasKernel: overview.kernelShare > 0,
    samples: overview.samples,
    quality: { word, findings: findings.filter((finding) => !overview.origin.mayMislead.includes(finding)) },
    mayMislead: overview.origin.mayMislead,
  };
}

async function filterWords(session: ProfileSession, operations: View['operations']): Promise<readonly string[]> {
  return operations.length === 0 ? [] : session.ask('operationWords', { operations });
}

function doing(progress: OpenProgress | undefined): string {
  if (progress?.stage !== 'symbols') return 'Reading';
  return progress.at ? `Looking up the symbols of ${baseName(progress.at)}` : 'Looking up symbols';
}
