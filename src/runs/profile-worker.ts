import { workerData } from 'node:worker_threads';
import { ask, type QueryArguments, type QueryName } from '../core/profile/queries/index.ts';
import { QueryModel } from '../core/profile/queries/query-model.ts';
import type { ComparisonJob } from './comparison-session.ts';
import { openRecording } from './open-recording.ts';
import type { ProfileJob, ProfileQuestion } from './profile-session.ts';
import { serveComparison } from './serve-comparison.ts';
import { serveWorkerSession } from './serve-worker-session.ts';
import { writeRecording } from './write-recording.ts';

// The worker's side of profile-session.ts and of comparison-session.ts.
const job = workerData as ProfileJob | ComparisonJob;
void ('compare' in job ? serveComparison(job) : serveProfile(job));

function serveProfile({ open: { path, options } }: ProfileJob): Promise<void> {
  return serveWorkerSession<QueryModel, ProfileQuestion>(
    async (progress, signal) => new QueryModel(await openRecording(path, options, progress, signal)),
    (model, question) =>
      'ask' in question
        ? ask(model, question.ask, question.args as QueryArguments<QueryName>)
        : writeRecording(model, question.view, question.write, path, question.work),
  );
}
