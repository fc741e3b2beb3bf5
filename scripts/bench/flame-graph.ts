import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { type FlameTree, withoutNarrow } from '../../src/core/profile/queries/flame-graph.ts';
import { inRows } from '../../src/core/profile/row-order.ts';
import { startChromium } from '../../test/support/bench/chromium.ts';
import { openPanelPage } from '../../test/webview/panel-page.ts';
import { sampleHost } from '../../test/webview/sample-host.ts';
import { generateFlameTree } from './flame-tree-generator.ts';
import { type Bench, type BenchContext, type Spread, spread, spreadText } from './measure.ts';

const VIEWPORT = { width: 1200, height: 800 };
const WHEELS = 80;

/**
 * The panel's real bundle in Chromium without a graphics processor, with a mocked host, against speedscope's own build on the same tree.
 */
export const flameGraph: Bench = flameGraphOf(200_000, 200_000);

/** The same of a million nodes, against speedscope's frames on what it can still open. */
export const largeFlameGraph: Bench = flameGraphOf(1_000_000, 200_000);

function flameGraphOf(nodes: number, theirNodes: number): Bench {
  const against = theirNodes === nodes ? 'speedscope' : `speedscope with ${theirNodes.toLocaleString('en')}`;
  return {
    question: `a call tree of ${nodes.toLocaleString('en')} nodes: from its arrival to the picture, and frames while zooming, against ${against}`,
    run: (context) => compare(context, nodes, theirNodes),
  };
}

async function compare({ root, rounds, say }: BenchContext, nodes: number, theirNodes: number): Promise<void> {
  // As the worker hands it over.
  const tree = inRows(generateFlameTree({ nodes, seed: 1 }));
  const theirs = theirNodes === nodes ? tree : inRows(generateFlameTree({ nodes: theirNodes, seed: 1 }));
  const browsers = { beating: await startChromium(), beatless: await startChromium({ hasBeat: false }) };
  try {
    const contestants = {
      perfwright: () => measured(browsers, (browser, measure) => inPanel(browser, root, tree, measure), []),
      speedscope: () => measured(browsers, (browser, measure) => inSpeedscope(browser, theirs, measure), ['Control']),
    };
    const runs = new Map<string, Run[]>(Object.keys(contestants).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, run] of Object.entries(contestants)) runs.get(name)!.push(await run());
    }
    const figures = new Map([...runs].map(([name, all]) => [name, summary(all)]));
    const own = figures.get('perfwright')!;
    for (const [name, { picture, clock, processor, median, frames, length, longest, drawn, drawnLongest }] of figures) {
      const ratio = (theirs: Spread, mine: Spread) =>
        name === 'perfwright' ? '' : `; ours takes 1/${(theirs.median / mine.median).toFixed(1)} of that`;
      say(`  ${name}, data to picture: ${spreadText(picture, 'ms', 0)}${ratio(picture, own.picture)}`);
      const zoom = `${name}, script time of a zoom frame`;
      say(`  ${zoom}, 95th percentile: ${spreadText(clock, 'ms', 1)}${ratio(clock, own.clock)}`);
      say(
        `  ${zoom}, 95th percentile on the processor: ${spreadText(processor, 'ms', 1)}${ratio(processor, own.processor)}`,
      );
      say(`  ${zoom}, median: ${spreadText(median, 'ms', 1)}, of ${frames.median} frames`);
      const frame = `${name}, from a frame to the next while zooming`;
      say(`  ${frame}, median: ${spreadText(length, 'ms', 1)}${ratio(length, own.length)}`);
      say(`  ${frame}, 95th percentile: ${spreadText(longest, 'ms', 1)}${ratio(longest, own.longest)}`);
      const beatless = `${name}, the same of what is drawn, without the display's beat`;
      say(`  ${beatless}, median: ${spreadText(drawn, 'ms', 1)}${ratio(drawn, own.drawn)}`);
      say(
        `  ${beatless}, 95th percentile: ${spreadText(drawnLongest, 'ms', 1)}${ratio(drawnLongest, own.drawnLongest)}`,
      );
    }
  } finally {
    await Promise.all([browsers.beating.close(), browsers.beatless.close()]);
  }
}

/** What one round measured. */
interface Run {
  /** In milliseconds. */
  readonly picture: number;
  readonly frames: readonly Frame[];
  /** From each frame to the next, be anything drawn or not. */
  readonly lengths: readonly number[];
  /** The same of frames in which something was drawn, where none waits for the display. */
  readonly drawnLengths: readonly number[];
}

interface Browsers {
  readonly beating: Browser;
  readonly beatless: Browser;
}

/** Script time of a frame in milliseconds: by the clock, and without the time in which other programs had the processor. */
export interface Frame {
  readonly clock: number;
  readonly processor: number;
}

function summary(runs: readonly Run[]) {
  const at = (share: number, time: keyof Frame) =>
    spread(
      runs.map(({ frames }) =>
        percentile(
          frames.map((frame) => frame[time]),
          share,
        ),
      ),
    );
  return {
    picture: spread(runs.map(({ picture }) => picture)),
    clock: at(0.95, 'clock'),
    processor: at(0.95, 'processor'),
    median: at(0.5, 'clock'),
    frames: spread(runs.map(({ frames }) => frames.length)),
    length: spread(runs.map(({ lengths }) => percentile(lengths, 0.5))),
    longest: spread(runs.map(({ lengths }) => percentile(lengths, 0.95))),
    drawn: spread(runs.map(({ drawnLengths }) => percentile(drawnLengths, 0.5))),
    drawnLongest: spread(runs.map(({ drawnLengths }) => percentile(drawnLengths, 0.95))),
  };
}

export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Opens a tree, measures, and closes it. */
type Viewer = <T>(browser: Browser, measure: (page: Page, pictureMs: number) => Promise<T>) => Promise<T>;

async function measured(
  { beating, beatless }: Browsers,
  open: Viewer,
  /** Held while the wheel turns. */
  modifiers: readonly string[],
): Promise<Run> {
  const drawnLengths = await open(beatless, async (page) => {
    await pointAt(page);
    return frameLengths(page, modifiers, { isDrawnOnly: true });
  });
  return open(beating, async (page, picture) => {
    await pointAt(page);
    const frames = await zoomFrames(beating, page, modifiers);
    // By itself: that frames are counted is work for each.
    return { picture, frames, lengths: await frameLengths(page, modifiers), drawnLengths };
  });
}

async function inPanel<T>(
  browser: Browser,
  root: string,
  tree: FlameTree,
  measure: (page: Page, pictureMs: number) => Promise<T>,
): Promise<T> {
  const inWorkspace = Uint8Array.from(tree.functions.name, (_, at) => (at % 3 === 0 ? 1 : 0));
  const { handlers } = sampleHost({
    tree: ({ leastShare }) => ({ tree: withoutNarrow(tree, leastShare), inWorkspace, whole: tree.total[0] }),
  });
  const { page, complaints } = await openPanelPage(browser, 'flame-graph', handlers, {
    ...VIEWPORT,
    built: join(root, 'dist', 'webview'),
    beforeLoad: async (page) => {
      await page.addInitScript(watchPanel);
    },
  });
  try {
    const picture = await page.waitForFunction(() => (window as unknown as Watched).pictureMs);
    // All of it follows what is drawn first. Here it comes by way of a script of its size, which VS Code's messages don't.
    await page.waitForFunction(() => (window as unknown as Watched).trees === 2);
    if (complaints.length > 0) throw new Error(`the panel complained: ${complaints.join('; ')}`);
    return await measure(page, await picture.jsonValue());
  } finally {
    await page.context().close();
  }
}

interface Watched {
  /** How many have arrived. */
  trees: number;
  pictureMs: number;
  startedMs: number;
}

/** Runs in the page: takes the time from the arrival of the tree until the frame in which the root's name was drawn is handed over. */
function watchPanel(): void {
  const watched = window as unknown as Watched;
  watched.trees = 0;
  window.addEventListener('message', ({ data }) => {
    if (!data?.answer?.tree) return;
    if (watched.trees++ === 0) watched.startedMs = performance.now();
  });
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (this: CanvasRenderingContext2D, ...args) {
    CanvasRenderingContext2D.prototype.fillText = fillText;
    fillText.apply(this, args);
    // A message is delivered when the frame that is being made is done.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      watched.pictureMs = performance.now() - watched.startedMs;
    };
    port2.postMessage(null);
  };
}

async function inSpeedscope<T>(
  browser: Browser,
  tree: FlameTree,
  measure: (page: Page, pictureMs: number) => Promise<T>,
): Promise<T> {
  const release = join(dirname(fileURLToPath(import.meta.resolve('speedscope/package.json'))), 'dist', 'release');
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    await page.route('http://speedscope.test/**', (route) => {
      const file = new URL(route.request().url()).pathname.slice(1);
      return route.fulfill({ path: join(release, file === '' ? 'index.html' : file) });
    });
    await page.addInitScript(watchSpeedscope);
    await page.goto('http://speedscope.test/#localProfilePath=none&view=left-heavy');
    await page.waitForFunction(() => 'speedscope' in window);
    const file = Buffer.from(speedscopeFile(tree)).toString('base64');
    await page.evaluate((content) => {
      const watched = window as unknown as Watched & {
        speedscope: { loadFileFromBase64(name: string, content: string): void };
      };
      watched.startedMs = performance.now();
      watched.speedscope.loadFileFromBase64('bench.speedscope.json', content);
    }, file);
    const picture = await page.waitForFunction(() => (window as unknown as Watched).pictureMs, undefined, {
      timeout: 120_000,
    });
    return await measure(page, await picture.jsonValue());
  } finally {
    await context.close();
  }
}

/** Runs in the page: takes the time until the frame in which the first function's name was drawn is handed over. */
function watchSpeedscope(): void {
  const watched = window as unknown as Watched;
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (this: CanvasRenderingContext2D, ...args) {
    fillText.apply(this, args);
    if (watched.startedMs === undefined || !args[0].includes('method_')) return;
    CanvasRenderingContext2D.prototype.fillText = fillText;
    // A message is delivered when the frame that is being made is done.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      watched.pictureMs = performance.now() - watched.startedMs;
    };
    port2.postMessage(null);
  };
}

/** The tree in speedscope's own format: one sample for each node with a cost of its own. */
function speedscopeFile({ parent, self, function: func, functions }: FlameTree): string {
  const samples: number[][] = [];
  const weights: number[] = [];
  for (let node = 1; node < parent.length; node++) {
    if (self[node] === 0) continue;
    const stack: number[] = [];
    for (let at = node; at > 0; at = parent[at]) stack.push(func[at]);
    samples.push(stack.reverse());
    weights.push(self[node]);
  }
  const endValue = weights.reduce((sum, weight) => sum + weight, 0);
  const profile = { type: 'sampled', name: 'bench', unit: 'nanoseconds', startValue: 0, endValue, samples, weights };
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    shared: { frames: functions.name.map((name) => ({ name })) },
    profiles: [profile],
  });
}

/** Moves the pointer over the picture as a hand does, once that has been looked at. */
export async function pointAt(page: Page): Promise<void> {
  await page.waitForTimeout(1000);
  await page.mouse.move(VIEWPORT.width * 0.4, VIEWPORT.height * 0.5, { steps: 8 });
}

/** Turns the wheel, and tells how many milliseconds it took from each frame to the next. */
async function frameLengths(page: Page, modifiers: readonly string[], { isDrawnOnly = false } = {}): Promise<number[]> {
  const lengths = await page.evaluateHandle(watchFrames, isDrawnOnly);
  await turnWheel(page, modifiers);
  return lengths.jsonValue();
}

/** Runs in the page: fills the list that it gives. */
function watchFrames(isDrawnOnly: boolean): number[] {
  const lengths: number[] = [];
  let isDrawn = !isDrawnOnly;
  const watch = (prototype: object, names: readonly string[]) => {
    for (const name of names) {
      const draw = Reflect.get(prototype, name);
      Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
        isDrawn = true;
        return Reflect.apply(draw, this, args);
      });
    }
  };
  if (isDrawnOnly) {
    watch(CanvasRenderingContext2D.prototype, ['fillRect', 'fillText', 'drawImage', 'putImageData']);
    watch(WebGLRenderingContext.prototype, ['clear', 'drawArrays', 'drawElements']);
  }
  let last = Number.NaN;
  const note = () => {
    const now = performance.now();
    if (isDrawn && !Number.isNaN(last)) lengths.push(now - last);
    isDrawn = !isDrawnOnly;
    last = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  return lengths;
}

/** Turns the wheel in and out over the picture, from where the pointer is. */
async function turnWheel(page: Page, modifiers: readonly string[]): Promise<void> {
  for (const key of modifiers) await page.keyboard.down(key);
  for (let wheel = 0; wheel < WHEELS; wheel++) {
    await page.mouse.wheel(0, wheel < WHEELS / 2 ? -50 : 50);
    await page.waitForTimeout(20);
  }
  for (const key of modifiers) await page.keyboard.up(key);
}

/** Turns the wheel in and out over the picture, and tells how long scripts ran for each frame, from Chromium's own trace. */
export async function zoomFrames(browser: Browser, page: Page, modifiers: readonly string[]): Promise<Frame[]> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await turnWheel(page, modifiers);
  await page.waitForTimeout(300);
  const { traceEvents }: { traceEvents: readonly TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  return scriptTimes(traceEvents);
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  /** Microseconds, of the clock. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds that the thread had the processor. */
  readonly tdur?: number;
}

const SCRIPT = new Set(['FireAnimationFrame', 'EventDispatch', 'TimerFire']);

/** Script time of each frame in which something was drawn; what a frame did ends with its commit. */
function scriptTimes(events: readonly TraceEvent[]): Frame[] {
  const ordered = events
    .filter(({ name, ph }) => ph === 'X' && (name === 'Commit' || SCRIPT.has(name)))
    .sort((a, b) => a.ts - b.ts);
  const frames: Frame[] = [];
  let [clock, processor] = [0, 0];
  let isDrawn = false;
  let until = 0;
  for (const { name, ts, dur = 0, tdur = Number.NaN } of ordered) {
    if (name === 'Commit') {
      if (isDrawn) frames.push({ clock: clock / 1000, processor: processor / 1000 });
      [clock, processor] = [0, 0];
      isDrawn = false;
    } else if (ts >= until) {
      // What is dispatched within another is part of it.
      clock += dur;
      processor += tdur;
      until = ts + dur;
      if (name === 'FireAnimationFrame') isDrawn = true;
    }
  }
  return frames;
}
