import { provenanceLine } from '../core/profile/provenance-line.ts';
import type { View } from '../core/profile/queries/query-model.ts';
import type { OpenRecording } from './open-recording.ts';

/** Where figures come from, on one line: `perf cpu-clock 999 Hz · 12 Nov 14:02 · commit 3f2c1a9 · 2 filters · good data`. */
export function provenance({ overview, recordedAt, git }: OpenRecording, view: View): string {
  return provenanceLine(overview, view, { recordedAt, commit: git?.commit });
}
