import { dataQuality } from '../../core/profile/data-quality.ts';
import type { View } from '../../core/profile/queries/query-model.ts';
import { baseName } from '../../core/profile/unknown-name.ts';
import type { ActiveRecording } from '../../host/active-recording.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import type { TablesState } from '../../protocol/tables.ts';

/** What the panel has to show of the active recording. */
export async function tablesState({ current, view, opening }: ActiveRecording): Promise<TablesState> {
  if (!current && opening) {
    const { title, progress } = opening;
    const isNaming = progress?.stage === 'symbols' && progress.at;
    const doing = isNaming ? `Looking up the symbols of ${baseName(progress.at!)}` : 'Reading';
    return { status: 'loading', title, doing, done: progress?.done ?? null };
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
  const { overview, title, path, session } = current;
  const { operations } = view;
  const { word, findings } = dataQuality(overview);
  const { type, unit } = overview.values[view.value];
  return {
    status: 'open',
    id: path,
    title,
    view,
    value: { type, unit },
    looked: lookedAt(current, view),
    filters: operations.length === 0 ? [] : await session.ask('operationWords', { operations }),
    samples: overview.samples,
    quality: { word, findings: findings.filter((finding) => !overview.origin.mayMislead.includes(finding)) },
    mayMislead: overview.origin.mayMislead,
  };
}

/** `cpu-clock · render (4242) · without kernel`. */
function lookedAt({ overview }: OpenRecording, { value, threads, inlines, kernel }: View): string {
  const parts = [overview.values[value].type];
  if (threads?.length === 1) parts.push(`${overview.threads[threads[0]].name} (${overview.threads[threads[0]].tid})`);
  else if (threads) parts.push(`${threads.length} threads`);
  else if (overview.threads.length > 1) parts.push(`all ${overview.threads.length} threads`);
  if (!kernel) parts.push('without kernel');
  if (!inlines) parts.push('without inlined');
  return parts.join(' · ');
}
