import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { NONE } from '../../../../src/core/profile/profile.ts';
import { QueryModel, type View } from '../../../../src/core/profile/queries/query-model.ts';
import { stackChart } from '../../../../src/core/profile/queries/stack-chart.ts';
import { subsecondHeatmap } from '../../../../src/core/profile/queries/subsecond-heatmap.ts';
import { threadTracks } from '../../../../src/core/profile/queries/thread-tracks.ts';
import { withRange } from '../../../../src/core/profile/time/view-range.ts';
import { corpusFiles, corpusMissing } from '../../../support/corpus.ts';
import { longSamples, naiveBoxes } from './naive-time.ts';

const FORMATS = [
  'perf-data',
  'perf-script',
  'simpleperf',
  'chrome-trace',
  'cpuprofile',
  'firefox-profile',
  'speedscope',
  'jfr',
];
/** What was traced, or written down with how long each sample stands for. */
const MEASURED = new Set(['chrome-trace wall', 'chrome-trace sampled wall', 'cpuprofile wall', 'speedscope time']);
const MOST_BYTES = 4e6;
/** The definition takes its time. */
const MOST_SAMPLES = 20_000;

describe('recordings that other people made, over time', { skip: corpusMissing }, () => {
  for (const format of FORMATS) {
    it(`${format}: every sample is in a bin, a cell and a box, and a range is worth what was taken in it`, () => {
      let seen = 0;
      for (const { file, path } of corpusFiles(format)) {
        const bytes = readFileSync(path);
        if (bytes.length > MOST_BYTES) continue;
        let model: QueryModel;
        try {
          model = new QueryModel(importProfile(bytesInMemory(bytes, file)));
        } catch {
          // The importers' own tests say which files are broken.
          continue;
        }
        for (const value of model.profile.values.keys()) {
          const view = { ...model.defaultView, value };
          if (model.profile.samples.length < MOST_SAMPLES && check(model, view, format, file)) seen++;
        }
      }
      assert.ok(seen > 0, 'no file with times');
    });
  }
});

/** Whether there was anything to check. */
function check(model: QueryModel, view: View, format: string, file: string): boolean {
  const { profile } = model;
  const tracks = threadTracks(model, { view, window: null, bins: 333, most: 3 });
  const { extent } = tracks;
  if (!extent || tracks.samples === tracks.timeless) return false;
  const what = `${file}, ${profile.values[view.value].type}`;
  const threads = [NONE, ...Array(profile.threads.length).keys()];
  const key = `${format} ${profile.values[view.value].type}`;
  if (MEASURED.has(key)) assert.equal(tracks.lengths, 'measured', what);
  const rule = tracks.lengths === 'measured' ? 'measured' : { intervalNs: tracks.intervalNs };
  const timed = longSamples(profile, view.value, threads, rule);
  const total = timed.reduce((sum, { weight }) => sum + weight, 0);
  const near = (sum: number, expected: number) =>
    assert.ok(Math.abs(sum - expected) <= 1e-9 * Math.abs(expected), `${what}: ${sum}, expected ${expected}`);
  near(
    tracks.all.reduce((sum, weight) => sum + weight, 0),
    total,
  );
  const columnNs = Math.max(1, Math.ceil((extent.toNs - extent.fromNs) / 50));
  const map = subsecondHeatmap(model, { view, columnNs, rows: 50, most: 100 })!;
  near(map.total, total);

  const [{ thread }] = tracks.tracks;
  const options = { view, threads: [thread], columns: 1e9, firstRow: 0, rows: 1000, colouring: 'kind' as const };
  const chart = stackChart(model, { ...options, window: extent });
  const naive = naiveBoxes(longSamples(profile, view.value, [thread], rule));
  const own = Array.from(chart.from, (from, box) => [from, chart.to[box], chart.samples[box], chart.boxes[box]]);
  assert.deepEqual(
    own.filter(([from, to, , boxes]) => boxes === 1 && to - from >= 2),
    naive.filter(({ from, to }) => to - from >= 2).map(({ from, to, samples }) => [from, to, samples, 1]),
    what,
  );

  const range = {
    fromNs: extent.fromNs + (extent.toNs - extent.fromNs) * 0.3,
    toNs: extent.fromNs + (extent.toNs - extent.fromNs) * 0.7,
  };
  const operations = withRange([], range, extent);
  const inRange = timed.filter(({ time }) => time >= Math.round(range.fromNs) && time < Math.round(range.toNs));
  near(
    model.viewed({ ...view, operations }).weights.total,
    inRange.reduce((sum, { weight }) => sum + weight, 0),
  );
  return true;
}
