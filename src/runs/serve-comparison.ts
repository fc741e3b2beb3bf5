import { DiffModel } from '../core/profile/diff/queries/diff-model.ts';
import { askDiff, type DiffQueryArguments, type DiffQueryName } from '../core/profile/diff/queries/index.ts';
import { outsideTimeRange, partsMeet, type RecordingPart, timeRange } from '../core/profile/operations/time-range.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { ComparisonJob, ComparisonProgress, ComparisonQuestion } from './comparison-session.ts';
import { openRecording } from './open-recording.ts';
import { serveWorkerSession } from './serve-worker-session.ts';

/** The worker's side of comparison-session.ts. */
export function serveComparison({ compare: { before, after, options } }: ComparisonJob): Promise<void> {
  return serveWorkerSession<{ now: DiffModel }, ComparisonQuestion, ComparisonProgress>(
    async (progress, signal) => {
      const read = (side: ComparisonProgress['side'], path: string) =>
        openRecording(path, options, (at) => progress({ ...at, side }), signal);
      const now = await read('after', after.path);
      const then = before.path === after.path ? now : await read('before', before.path);
      const sharesSamples = then === now && partsMeet(now, before.part, after.part);
      return { now: new DiffModel(partOf(then, before.part), partOf(now, after.part), sharesSamples) };
    },
    (model, question) => {
      if ('ask' in question)
        return askDiff(model.now, question.ask, question.args as DiffQueryArguments<DiffQueryName>);
      const { before, after, sharesSamples } = model.now;
      model.now = new DiffModel(after.profile, before.profile, sharesSamples);
      return undefined;
    },
  );
}

function partOf(profile: Profile, part: RecordingPart | null): Profile {
  if (!part) return profile;
  return part.isRest ? outsideTimeRange(profile, part.range) : timeRange(profile, [part.range]);
}
