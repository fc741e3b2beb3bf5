import type { ActiveRecording } from '../../host/active-recording.ts';
import { dataQuality } from '../../host/data-quality.ts';
import type { FlameGraphState } from '../../protocol/flame-graph.ts';

/** What the panel has to show of the active recording. */
export function flameGraphState({ current, view }: ActiveRecording): FlameGraphState {
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
    threads: overview.threads.map(({ name, tid, samples }) => ({ label: `${name} (${tid})`, samples })),
    hasKernel: overview.kernelShare > 0,
    samples: overview.samples,
    quality: { word, findings: findings.filter((finding) => !overview.origin.mayMislead.includes(finding)) },
    mayMislead: overview.origin.mayMislead,
  };
}
