import { join } from 'node:path';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { stackChart } from '../../src/core/profile/queries/stack-chart.ts';
import { subsecondHeatmap } from '../../src/core/profile/queries/subsecond-heatmap.ts';
import { threadTracks } from '../../src/core/profile/queries/thread-tracks.ts';
import { startChromium } from '../../test/support/bench/chromium.ts';
import { timedProfile } from '../../test/support/timed-profile.ts';
import { openPanelPage } from '../../test/webview/panel-page.ts';
import { timeHost } from '../../test/webview/time-host.ts';
import { type Frame, percentile, pointAt, zoomFrames } from './flame-graph.ts';
import { type Bench, type BenchContext, spread, spreadText } from './measure.ts';

const VIEWPORT = { width: 1200, height: 800 };

/** The queries over time and the panel that asks them, on a recording of random stacks. There's no peer that does the same without a browser. */
export const overTime: Bench = {
  question: 'pictures over time of a recording: the queries, and script time of a frame while zooming',
  async run({ root, rounds, samples, say }: BenchContext) {
    for (const threads of [3, 300]) {
      const profile = timedProfile({ seed: 1, samples, threads, depth: 30, functions: 3000 });
      const name = `${samples.toLocaleString('en')} samples of ${threads} threads`;
      for (const [what, figures] of queryTimes(profile, rounds)) {
        say(`  ${name}, ${what}: ${spreadText(spread(figures), 'ms', 1)}`);
      }
      const browser = await startChromium();
      try {
        const clock: number[] = [];
        const processor: number[] = [];
        let count = 0;
        for (let round = 0; round < rounds; round++) {
          const { handlers } = timeHost({ profile });
          const options = { ...VIEWPORT, built: join(root, 'dist', 'webview') };
          const { page, complaints } = await openPanelPage(browser, 'over-time', handlers, options);
          await page.locator('.stacks .legend li').first().waitFor({ timeout: 60_000 });
          await pointAt(page);
          const frames = await zoomFrames(browser, page, []);
          const at95 = (time: keyof Frame) =>
            percentile(
              frames.map((frame) => frame[time]),
              0.95,
            );
          clock.push(at95('clock'));
          processor.push(at95('processor'));
          count = frames.length;
          if (complaints.length > 0) throw new Error(`the panel complained: ${complaints.join('; ')}`);
          await page.context().close();
        }
        say(
          `  ${name}, script time of a zoom frame, 95th percentile: ${spreadText(spread(clock), 'ms', 1)}, of ${count} frames`,
        );
        say(`  ${name}, the same on the processor: ${spreadText(spread(processor), 'ms', 1)}`);
      } finally {
        await browser.close();
      }
    }
  },
};

/** What each query takes the first time, when the samples are put in order, and again with another window. */
function queryTimes(profile: ReturnType<typeof timedProfile>, rounds: number): Map<string, number[]> {
  const figures = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    // What is known of a profile is kept with it: a copy is as one that was opened just now.
    const model = new QueryModel({ ...profile });
    const view = model.defaultView;
    const timed = <T>(what: string, run: () => T): T => {
      const start = performance.now();
      const answer = run();
      figures.set(what, [...(figures.get(what) ?? []), performance.now() - start]);
      return answer;
    };
    model.viewed(view);
    const tracks = () => threadTracks(model, { view, window: null, bins: 2000, most: 50 });
    const extent = timed('tracks, first', tracks).extent!;
    timed('tracks, again', tracks);
    const chart = (share: number) => () =>
      stackChart(model, {
        view,
        threads: [0],
        window: { fromNs: extent.fromNs, toNs: extent.fromNs + (extent.toNs - extent.fromNs) * share },
        columns: 2000,
        firstRow: 0,
        rows: 60,
        colouring: 'module',
      });
    timed('chart of a thread, first', chart(1));
    timed('chart of all of its time', chart(1));
    timed('chart of a tenth', chart(0.1));
    timed('chart of a hundredth', chart(0.01));
    timed('heatmap', () => subsecondHeatmap(model, { view, columnNs: 1e9, rows: 50, most: 600 }));
  }
  return figures;
}
