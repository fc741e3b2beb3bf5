import type { Browser, Page } from 'playwright-core';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import type { Direction } from '../../src/core/profile/queries/viewed-trees.ts';
import { startChromium } from '../../test/support/bench/chromium.ts';
import { openPanelPage } from '../../test/webview/panel-page.ts';
import { sampleTables } from '../../test/webview/sample-tables.ts';
import { generateFlameTree } from './flame-tree-generator.ts';
import { type Bench, type BenchContext, type Spread, spread, spreadText } from './measure.ts';

const NODES = 1_000_000;
const ROWS = 100_000;
const FRAMES = 120;

/**
 * The worker's answers, and the panel in Chromium without a graphics processor. Times are the processor's: other programs' turns aren't in
 * them, but what the engine does beside is, such as collecting garbage.
 */
export const tables: Bench = {
  question: `a call tree of ${NODES.toLocaleString('en')} nodes: until its first page is there; a table of ${ROWS.toLocaleString('en')} rows: script time of a frame while it is scrolled`,
  async run({ rounds, say }: BenchContext) {
    const large = largeTree();
    for (const direction of ['down', 'up'] as const) {
      const times = Array.from({ length: rounds }, () => timeToOpen(large, direction));
      say(`  call tree, ${direction}, to the first page: ${spreadText(spread(times), 'ms', 0)}`);
    }
    const browser = await startChromium();
    try {
      const runs: Scrolled[] = [];
      for (let round = 0; round < rounds; round++) runs.push(await scrolled(browser));
      const of = (pick: (run: Scrolled) => number): Spread => spread(runs.map(pick));
      say(
        `  scrolling by three rows, script time of a frame, median: ${spreadText(
          of((run) => run.slow[0]),
          'ms',
          1,
        )}`,
      );
      say(
        `  scrolling by three rows, 95th percentile: ${spreadText(
          of((run) => run.slow[1]),
          'ms',
          1,
        )}`,
      );
      say(
        `  scrolling by a page, 95th percentile: ${spreadText(
          of((run) => run.fast[1]),
          'ms',
          1,
        )}`,
      );
    } finally {
      await browser.close();
    }
  },
};

function timeToOpen(profile: Profile, direction: Direction): number {
  const model = new QueryModel(profile);
  const sort = { column: 'total', isDescending: true } as const;
  const page = { view: model.defaultView, direction, sort, tree: 0, search: null, from: 0, count: 200, locate: -1 };
  const before = process.cpuUsage();
  ask(model, 'callRows', { ...page, expanded: Int32Array.of(0) });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Median and 95th percentile of a frame's script time, in milliseconds. */
interface Scrolled {
  readonly slow: readonly [number, number];
  readonly fast: readonly [number, number];
}

async function scrolled(browser: Browser): Promise<Scrolled> {
  const { page } = await openPanelPage(browser, 'tables', sampleTables({ profile: manyFunctions() }).handlers);
  await page.locator('.status-words', { hasText: `${ROWS.toLocaleString('en')} functions` }).waitFor();
  const slow = await frames(page, 66);
  const fast = await frames(page, 640);
  await page.context().close();
  return { slow, fast };
}

async function frames(page: Page, pixels: number): Promise<readonly [number, number]> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const scriptMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'ScriptDuration')!.value;
  };
  const times: number[] = [];
  let last = await scriptMs();
  for (let frame = 0; frame < FRAMES; frame++) {
    await page.evaluate(async (by) => {
      document.querySelector('.virtual-table')!.scrollTop += by;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }, pixels);
    const now = await scriptMs();
    times.push(now - last);
    last = now;
  }
  await devtools.detach();
  times.sort((a, b) => a - b);
  return [times[FRAMES >> 1], times[Math.floor(FRAMES * 0.95)]];
}

/** A profile whose call tree is as a large service's. */
function largeTree(): Profile {
  const tree = generateFlameTree({ nodes: NODES, seed: 1 });
  const builder = new ProfileBuilder();
  const value = builder.value('cpu-clock', 'nanoseconds');
  const thread = builder.thread(1, 1, 'main');
  const frameOf = tree.functions.name.map((name) => builder.frame({ function: builder.function({ name }) }));
  const stacks = new Int32Array(NODES).fill(-1);
  for (let node = 1; node < NODES; node++) {
    stacks[node] = builder.stack(stacks[tree.parent[node]], frameOf[tree.function[node]]);
    if (tree.self[node] > 0) builder.addWeight(builder.sample(stacks[node], thread, node), value, tree.self[node]);
  }
  return builder.finish({});
}

function manyFunctions(): Profile {
  const builder = new ProfileBuilder();
  const value = builder.value('cpu-clock', 'nanoseconds');
  const thread = builder.thread(1, 1, 'main');
  for (let at = 0; at < ROWS; at++) {
    const name = `service::part${at % 40}::Type${at % 300}<int, Policy${at % 7}>::method_${at}`;
    const file = `/home/me/render/part${at % 40}.cpp`;
    const frame = builder.frame({ function: builder.function({ name, file, startLine: at }) });
    builder.addWeight(builder.sample(builder.stack(-1, frame), thread, at), value, 1e6 + at);
  }
  return builder.finish({});
}
