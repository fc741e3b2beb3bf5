import { dataQuality } from '../../core/profile/data-quality.ts';
import { baseName } from '../../core/profile/unknown-name.ts';
import type { ActiveRecording } from '../../host/active-recording.ts';
import type { FlameGraphState } from '../../protocol/flame-graph.ts';
import type { OpenProgress } from '../../runs/open-recording.ts';

/** What the panel has to show of the active recording. */
export function flameGraphState({ current, view, opening }: ActiveRecording): FlameGraphState {
  if (!current && opening) {
    const { title, progress } = opening;
    return { status: 'loading', title, doing: doing(progress), done: progress?.done ?? null };
  }
  if (!current || !view) {
    return {
      status: 'empty',
      actions: [
        { id: 'perfwright.profile', title: 'Profile…' },
        { id: 'perfwright.openProfile', title: 'Open Profile…' },
      ],
    };
  }
  const { overview, title, path } = current;
  const { word, findings } = dataQuality(overview);
  return {
    status: 'open',
    id: path,
    title,
    canLook: true,
    view,
    values: overview.values.map(({ type, unit }) => ({ type, unit })),
    threads: overview.threads.map(({ name, tid }) => `${name} (${tid})`),
    hasKernel: overview.kernelShare > 0,
    samples: overview.samples,
    quality: { word, findings: findings.filter((finding) => !overview.origin.mayMislead.includes(finding)) },
    mayMislead: overview.origin.mayMislead,
  };
}

function doing(progress: OpenProgress | undefined): string {
  if (progress?.stage !== 'symbols') return 'Reading';
  return progress.at ? `Looking up the symbols of ${baseName(progress.at)}` : 'Looking up symbols';
}
