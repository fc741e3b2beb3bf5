import { dataQuality } from '../../core/profile/data-quality.ts';
import { baseName } from '../../core/profile/unknown-name.ts';
import type { ActiveRecording } from '../../host/active-recording.ts';
import type { OverTimeState } from '../../protocol/over-time.ts';
import type { OpenProgress } from '../../runs/open-recording.ts';

/** What the panel has to show of the active recording. */
export function overTimeState({ current, view, opening }: ActiveRecording): OverTimeState {
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
  const { origin } = overview;
  const { word, findings } = dataQuality(overview);
  return {
    status: 'open',
    id: path,
    title,
    view,
    values: overview.values.map(({ type, unit }) => ({ type, unit })),
    format: origin.format,
    wallStartMs: Number.isFinite(origin.wallStartMs) ? origin.wallStartMs : null,
    quality: { word, findings: findings.filter((finding) => !origin.mayMislead.includes(finding)) },
    mayMislead: origin.mayMislead,
  };
}

function doing(progress: OpenProgress | undefined): string {
  if (progress?.stage !== 'symbols') return 'Reading';
  return progress.at ? `Looking up the symbols of ${baseName(progress.at)}` : 'Looking up symbols';
}
