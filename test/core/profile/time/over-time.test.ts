import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exactPattern } from '../../../../src/core/exact-pattern.ts';
import { ProfileBuilder } from '../../../../src/core/profile/builder.ts';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import { NONE, type Profile } from '../../../../src/core/profile/profile.ts';
import { codeGroups } from '../../../../src/core/profile/queries/code-groups.ts';
import { overview } from '../../../../src/core/profile/queries/overview.ts';
import { QueryModel, type View } from '../../../../src/core/profile/queries/query-model.ts';
import { type StackChart, stackChart } from '../../../../src/core/profile/queries/stack-chart.ts';
import { subsecondHeatmap } from '../../../../src/core/profile/queries/subsecond-heatmap.ts';
import { type ThreadTracks, threadTracks } from '../../../../src/core/profile/queries/thread-tracks.ts';
import { MOST_DEPTH } from '../../../../src/core/profile/time/stack-series.ts';
import { randomProfile } from '../../../support/random-profile.ts';
import { timedProfile, tracedProfile } from '../../../support/timed-profile.ts';
import { longSamples, type NaiveBox, naiveBoxes, naiveInterval } from './naive-time.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

function tracksOf(model: QueryModel, view: View, bins = 100, most = 10): ThreadTracks {
  return threadTracks(model, { view, window: null, bins, most });
}

function chartOf(model: QueryModel, view: View, threads: readonly number[], columns = 1e9): StackChart {
  const { extent } = tracksOf(model, view);
  const window = { fromNs: extent!.fromNs, toNs: extent!.toNs };
  return stackChart(model, { view, threads, window, columns, firstRow: 0, rows: 10_000, colouring: 'module' });
}

/** Boxes of a chart as a definition gives them. */
function boxesOf(chart: StackChart): NaiveBox[] {
  const boxes: NaiveBox[] = [];
  for (let row = 0; row + 1 < chart.rowStart.length; row++) {
    for (let box = chart.rowStart[row]; box < chart.rowStart[row + 1]; box++) {
      const func = chart.function[box];
      boxes.push({
        row: row + chart.firstRow,
        from: chart.from[box],
        to: chart.to[box],
        function: func === NONE ? NONE : chart.functions.index[func],
        samples: chart.samples[box],
        weight: chart.weight[box],
      });
    }
  }
  return boxes;
}

const sumOf = (column: ArrayLike<number>) => Array.from(column).reduce((sum, weight) => sum + weight, 0);

describe('a chart of stacks in order of time', () => {
  it('has the boxes that the definition gives, thread by thread, whatever the order of samples', () => {
    for (const seed of SEEDS) {
      const profile = timedProfile({ seed, samples: 400, isShuffled: seed % 2 === 0 });
      const model = new QueryModel(profile);
      for (const value of [0, 1, 2]) {
        const view = { ...model.defaultView, value };
        const rule = { intervalNs: naiveInterval(profile, value) };
        for (const thread of [NONE, 0, 1, 2]) {
          const naive = naiveBoxes(longSamples(profile, value, [thread], rule));
          // Boxes that take no time can't be told apart from their neighbours at any zoom.
          const wide = (box: NaiveBox) => box.to - box.from >= 1;
          const chart = chartOf(model, view, [thread]);
          const single = boxesOf(chart).filter((box) => box.function !== NONE && wide(box));
          assert.deepEqual(single, naive.filter(wide), `seed ${seed}, value ${value}, thread ${thread}`);
          assert.equal(chart.samples.length, chart.rowStart.at(-1));
          for (let row = 0; row + 1 < chart.rowStart.length; row++) {
            const inRow = Array.from(chart.samples.subarray(chart.rowStart[row], chart.rowStart[row + 1]));
            assert.equal(
              sumOf(inRow),
              naive.filter((box) => box.row === row).reduce((sum, { samples }) => sum + samples, 0),
            );
          }
        }
      }
    }
  });

  it('of a part of the time is the part of the whole, with the full length of what goes beyond it', () => {
    for (const seed of SEEDS) {
      const profile = timedProfile({ seed, samples: 300 });
      const model = new QueryModel(profile);
      const view = model.defaultView;
      const naive = naiveBoxes(longSamples(profile, 0, [0], { intervalNs: naiveInterval(profile, 0) }));
      const { toNs: end } = tracksOf(model, view).extent!;
      for (const [from, to] of [
        [0.1, 0.2],
        [0.5, 0.500_001],
        [0, 0.05],
        [0.9, 1],
      ]) {
        const window = { fromNs: end * from, toNs: end * to };
        const options = { view, threads: [0], window, columns: 1e9, firstRow: 1, rows: 3, colouring: 'kind' as const };
        const seen = (box: NaiveBox) => box.to >= window.fromNs && box.from <= window.toNs && box.to - box.from >= 1;
        const expected = naive.filter((box) => box.row >= 1 && box.row < 4 && seen(box));
        const own = boxesOf(stackChart(model, options)).filter((box) => box.function !== NONE && seen(box));
        assert.deepEqual(own, expected, `seed ${seed}, ${from} to ${to}`);
      }
    }
  });

  it('joins what is narrower than half a pixel, loses no sample by it, and is as large as the picture', () => {
    for (const seed of SEEDS) {
      const profile = timedProfile({ seed, samples: 5000 });
      const model = new QueryModel(profile);
      const columns = 60;
      const chart = chartOf(model, model.defaultView, [1], columns);
      const naive = naiveBoxes(longSamples(profile, 0, [1], { intervalNs: naiveInterval(profile, 0) }));
      const narrow = (chart.window.toNs - chart.window.fromNs) / columns / 2;
      const key = ({ row, from }: NaiveBox) => `${row} ${from}`;
      const known = new Map(naive.map((box) => [key(box), box]));
      let joined = 0;
      for (const [at, box] of boxesOf(chart).entries()) {
        if (chart.boxes[at] === 1) {
          const same = known.get(key(box))!;
          assert.deepEqual(box, same);
          continue;
        }
        joined++;
        const within = naive.filter(
          (one) => one.row === box.row && one.from >= box.from && one.to <= box.to && one.to - one.from < narrow,
        );
        assert.ok(within.length >= chart.boxes[at]);
        assert.ok(chart.covered[at] > 0 && chart.covered[at] <= 1);
      }
      assert.ok(joined > 0);
      assert.equal(sumOf(chart.boxes), naive.length);
      for (let row = 0; row + 1 < chart.rowStart.length; row++) {
        assert.ok(chart.rowStart[row + 1] - chart.rowStart[row] <= columns * 4 + 2, 'more boxes than pixels');
        assert.equal(
          sumOf(chart.weight.subarray(chart.rowStart[row], chart.rowStart[row + 1])),
          naive.filter((box) => box.row === row).reduce((sum, { weight }) => sum + weight, 0),
        );
      }
    }
  });

  it('takes what was traced for as long as it weighs', () => {
    for (const seed of SEEDS) {
      const profile = tracedProfile(seed, 300);
      const model = new QueryModel(profile);
      assert.equal(tracksOf(model, model.defaultView).lengths, 'measured');
      const naive = naiveBoxes(longSamples(profile, 0, [0], 'measured'));
      const own = boxesOf(chartOf(model, model.defaultView, [0]));
      assert.deepEqual(own, naive, `seed ${seed}`);
    }
  });

  it('shows a gap where nothing was sampled for more than four usual intervals', () => {
    const profile = drawn([0, 10, 20, 30, 71, 80, 200], ['a', 'a', 'a', 'a', 'a', 'a', 'a']);
    const model = new QueryModel(profile);
    const { lengths, intervalNs } = tracksOf(model, model.defaultView);
    assert.deepEqual([lengths, intervalNs], ['interval', 10]);
    const spans = boxesOf(chartOf(model, model.defaultView, [0])).map(({ from, to, samples }) => [from, to, samples]);
    assert.deepEqual(spans, [
      [0, 40, 4],
      [71, 90, 2],
      [200, 210, 1],
    ]);
  });

  it('takes the interval that was asked for, unless hardly a sample comes so soon', () => {
    const seldom = drawn([0, 1, 500, 1000, 1500], ['a', 'a', 'a', 'a', 'a'], { requestedHz: 1e9 });
    assert.equal(tracksOf(new QueryModel(seldom), new QueryModel(seldom).defaultView).intervalNs, 1);
    const slow = drawn([0, 500, 1000, 1500], ['a', 'a', 'a', 'a'], { requestedHz: 1e9 });
    assert.equal(tracksOf(new QueryModel(slow), new QueryModel(slow).defaultView).intervalNs, 500);
  });

  it('learns the interval from the thread that runs most where it was not asked for', () => {
    const builder = new ProfileBuilder();
    const value = builder.value('samples', 'count');
    const stack = builder.stackOf([builder.frame({ function: builder.function({ name: 'a' }) })]);
    for (const [tid, step, count] of [
      [1, 10, 20],
      [2, 700, 200],
    ]) {
      const thread = builder.thread(1, tid, 'thread');
      for (let at = 0; at < count; at++) builder.addWeight(builder.sample(stack, thread, at * step), value, 1);
    }
    const model = new QueryModel(builder.finish());
    assert.equal(tracksOf(model, model.defaultView).intervalNs, 10);
    assert.deepEqual(
      boxesOf(chartOf(model, model.defaultView, [1]))
        .slice(0, 2)
        .map(({ from, to }) => [from, to]),
      [
        [0, 10],
        [700, 710],
      ],
    );
  });

  it('leaves what an operation takes out as a gap: nothing lasts longer for it', () => {
    const profile = drawn([0, 10, 20, 30, 40], ['a', 'b', 'a', 'b', 'a']);
    const model = new QueryModel(profile);
    const view: View = { ...model.defaultView, operations: [{ op: 'focus', pattern: '^a$' }] };
    const spans = boxesOf(chartOf(model, view, [0])).map(({ from, to }) => [from, to]);
    assert.deepEqual(spans, [
      [0, 10],
      [20, 30],
      [40, 50],
    ]);
  });

  it('takes several threads as one, each shortened by the next', () => {
    const builder = new ProfileBuilder();
    const value = builder.value('samples', 'count');
    const frame = builder.frame({ function: builder.function({ name: 'a' }) });
    const before = builder.thread(1, 1, 'bash');
    const after = builder.thread(1, 1, 'ls');
    for (const [time, thread] of [
      [0, before],
      [10, before],
      [20, after],
      [30, after],
    ]) {
      builder.addWeight(builder.sample(builder.stackOf([frame]), thread, time), value, 1);
    }
    const model = new QueryModel(builder.finish());
    const [box, ...more] = boxesOf(chartOf(model, model.defaultView, [before, after]));
    assert.deepEqual([box.from, box.to, box.samples, more.length], [0, 40, 4, 0]);
  });

  it('cuts stacks of a million frames, and says so', () => {
    const builder = new ProfileBuilder();
    const value = builder.value('samples', 'count');
    const frames = [0, 1].map((at) => builder.frame({ function: builder.function({ name: `f${at}` }) }));
    const deep = [0, 1].map((way) => {
      let stack = builder.stack(NONE, frames[0]);
      for (let depth = 1; depth < 500_000; depth++) stack = builder.stack(stack, frames[way]);
      return stack;
    });
    for (let time = 0; time < 2000; time++) builder.addWeight(builder.sample(deep[time % 2], NONE, time), value, 1);
    const model = new QueryModel(builder.finish());
    const chart = chartOf(model, model.defaultView, [NONE], 10);
    assert.deepEqual([chart.isCut, chart.height], [true, MOST_DEPTH]);
  });

  it('has the colours of the flame graph of everything in view, whatever part is shown', () => {
    const model = new QueryModel(timedProfile({ seed: 1, samples: 500 }));
    const chart = chartOf(model, model.defaultView, [0]);
    assert.deepEqual(
      new Set(chart.legend.map(({ label }) => label)),
      new Set(['[kernel.kallsyms]', 'libshared.so', 'program']),
    );
    chart.functions.module.forEach((module, func) => {
      const path = chart.functions.modules[module];
      assert.ok(path.endsWith(chart.legend[chart.swatch[func]].label), path);
    });
  });
});

describe('modules of a range in which others cost most', () => {
  it('have the colours that they have over all of the time', () => {
    const model = new QueryModel(timedProfile({ seed: 1, samples: 500 }));
    const hues = (operations: readonly Operation[]) => {
      const { functions, swatch, legend } = chartOf(model, { ...model.defaultView, operations }, [0]);
      const colours = new Map<string, unknown>();
      functions.module.forEach((module, func) => {
        if (module !== NONE) colours.set(functions.modules[module], legend[swatch[func]].colour);
      });
      return colours;
    };
    const whole = hues([]);
    const [hottest] = codeGroups(model, model.defaultView).names;
    const rest = hues([{ op: 'hide', pattern: exactPattern(hottest) }]);
    assert.ok(rest.size > 0 && !rest.has(hottest));
    for (const [path, colour] of rest) assert.deepEqual(colour, whole.get(path), path);
  });
});

describe('tracks of threads', () => {
  it('have the weight of the samples in each bin, by definition, the costliest thread first', () => {
    for (const seed of SEEDS) {
      const profile = timedProfile({ seed, samples: 600, isShuffled: seed % 2 === 0 });
      const model = new QueryModel(profile);
      for (const value of [0, 1, 2]) {
        const view = { ...model.defaultView, value };
        const bins = 37;
        const answer = tracksOf(model, view, bins, 2);
        const { fromNs, toNs } = answer.extent!;
        const naive = (threads: readonly number[]) => {
          const into = new Float64Array(bins);
          for (const { time, weight } of longSamples(profile, value, threads, { intervalNs: 1 })) {
            const bin = Array.from({ length: bins }, (_, at) => at).findLast(
              (at) => time >= fromNs + (at * (toNs - fromNs)) / bins,
            );
            into[bin!] += weight;
          }
          return into;
        };
        const totals = [NONE, 0, 1, 2].map((thread) => {
          let total = 0;
          profile.samples.thread.forEach((own, sample) => {
            if (own === thread) total += profile.samples.weights[value][sample];
          });
          return { thread, total };
        });
        totals.sort((a, b) => b.total - a.total || a.thread - b.thread);
        assert.deepEqual(
          answer.tracks.map(({ thread, total }) => ({ thread, total })),
          totals.slice(0, 2),
        );
        assert.deepEqual(
          answer.activity,
          Float64Array.from(totals.slice(0, 2).flatMap(({ thread }) => [...naive([thread])])),
        );
        assert.deepEqual(answer.more.activity, naive(totals.slice(2).map(({ thread }) => thread)));
        assert.deepEqual([answer.more.count, answer.more.total], [2, totals[2].total + totals[3].total]);
        assert.deepEqual(answer.all, naive([NONE, 0, 1, 2]));
        assert.equal(answer.total, model.viewed(view).weights.total);
      }
    }
  });

  it('of parts of the time that meet have every sample once', () => {
    const profile = timedProfile({ seed: 3, samples: 500 });
    const model = new QueryModel(profile);
    const view = model.defaultView;
    const whole = tracksOf(model, view).extent!;
    const middle = profile.samples.time.find((time) => time > whole.toNs / 2)!;
    const part = (fromNs: number, toNs: number) =>
      sumOf(threadTracks(model, { view, window: { fromNs, toNs }, bins: 13, most: 9 }).all);
    assert.equal(part(0, middle) + part(middle, whole.toNs), sumOf(tracksOf(model, view).all));
  });

  it('spread what was traced over the time that it took', () => {
    for (const seed of SEEDS) {
      const profile = tracedProfile(seed, 200);
      const model = new QueryModel(profile);
      const bins = 23;
      const { all, extent } = tracksOf(model, model.defaultView, bins);
      const edge = (bin: number) => (bin * extent!.toNs) / bins;
      const naive = Float64Array.from({ length: bins }, (_, bin) =>
        longSamples(profile, 0, [0], 'measured').reduce(
          (sum, { time, end, weight }) =>
            sum + (Math.max(0, Math.min(end, edge(bin + 1)) - Math.max(time, edge(bin))) / (end - time)) * weight,
          0,
        ),
      );
      all.forEach((weight, bin) => {
        assert.ok(Math.abs(weight - naive[bin]) < 1e-3, `${weight} ${naive[bin]}`);
      });
      assert.ok(Math.abs(sumOf(all) - model.viewed(model.defaultView).weights.total) < 1e-2);
    }
  });

  it('are those of the threads and operations in view', () => {
    const profile = timedProfile({ seed: 5, samples: 500 });
    const model = new QueryModel(profile);
    const one = tracksOf(model, { ...model.defaultView, threads: [1] });
    assert.deepEqual(
      one.tracks.map(({ thread }) => thread),
      [1],
    );
    const focused: View = { ...model.defaultView, operations: [{ op: 'focus', pattern: '^f3$' }] };
    const { total, extent } = tracksOf(model, focused);
    assert.equal(total, model.viewed(focused).weights.total);
    assert.ok(total < model.viewed(model.defaultView).weights.total);
    assert.deepEqual(extent, tracksOf(model, model.defaultView).extent);
  });

  it('say that a profile has no times, how many samples have none, and take any profile', () => {
    const builder = new ProfileBuilder();
    builder.addWeight(builder.sample(NONE, NONE, Number.NaN), builder.value('samples', 'count'), 3);
    const model = new QueryModel(builder.finish());
    const answer = tracksOf(model, model.defaultView);
    assert.deepEqual([answer.extent, answer.timeless, answer.total, sumOf(answer.all)], [null, 1, 3, 0]);
    assert.equal(subsecondHeatmap(model, { view: model.defaultView, columnNs: 1e9, rows: 50, most: 10 }), null);
    for (const seed of SEEDS) {
      const random = new QueryModel(randomProfile(seed));
      const { timeless, samples, all, total } = tracksOf(random, random.defaultView);
      assert.ok(timeless > 0 && timeless < samples && sumOf(all) < total);
      assert.ok(chartOf(random, random.defaultView, [0, 1, 2], 500).height > 0);
    }
  });
});

describe('the heatmap of parts of seconds', () => {
  it('has in each cell the weight of the samples taken there, and a range of cells is worth that range of time', () => {
    for (const seed of SEEDS) {
      const profile = timedProfile({ seed, samples: 3000 });
      const model = new QueryModel(profile);
      const view = model.defaultView;
      const [columnNs, rows] = [100e6, 50];
      const map = subsecondHeatmap(model, { view, columnNs, rows, most: 1000 })!;
      const naive = new Float64Array(map.columns * rows);
      for (const { time, weight } of longSamples(profile, 0, [NONE, 0, 1, 2], { intervalNs: 1 })) {
        naive[Math.floor(time / columnNs) * rows + Math.floor((time % columnNs) / (columnNs / rows))] += weight;
      }
      assert.deepEqual(map.cells, naive, `seed ${seed}`);
      assert.equal(map.folded, 1);
      const [first, last] = [2 * rows + 7, 4 * rows + 31];
      const moment = (cell: number) => ({ ns: map.fromNs + (cell * columnNs) / rows });
      const range: View = {
        ...view,
        operations: [
          { op: 'from', at: moment(first) },
          { op: 'to', at: moment(last + 1) },
        ],
      };
      assert.equal(sumOf(map.cells.subarray(first, last + 1)), model.viewed(range).weights.total);
    }
  });

  it('folds columns that are too many for the picture, and loses nothing', () => {
    const profile = timedProfile({ seed: 1, samples: 4000 });
    const model = new QueryModel(profile);
    const view = model.defaultView;
    const full = subsecondHeatmap(model, { view, columnNs: 1e6, rows: 10, most: 1e6 })!;
    const map = subsecondHeatmap(model, { view, columnNs: 1e6, rows: 10, most: 100 })!;
    assert.ok(full.columns > 1024 && full.folded === 1);
    assert.ok(map.columns <= 100 && map.folded > 1);
    assert.equal(map.total, full.total);
    const folded = new Float64Array(map.cells.length);
    full.cells.forEach((weight, cell) => {
      folded[Math.floor(Math.floor(cell / 10) / map.folded) * 10 + (cell % 10)] += weight;
    });
    assert.deepEqual(map.cells, folded);
  });

  it('takes times that are out of all bounds for none, and any others as they are', () => {
    const endless = new QueryModel(drawn([0, Number.POSITIVE_INFINITY, 5], ['a', 'a', 'a']));
    assert.equal(tracksOf(endless, endless.defaultView).extent, null);
    const huge = new QueryModel(drawn([-1e300, 0, 1e300], ['a', 'b', 'a']));
    const { all, extent } = tracksOf(huge, huge.defaultView);
    assert.deepEqual([sumOf(all), extent!.fromNs], [3, -1e300]);
    assert.equal(chartOf(huge, huge.defaultView, [0], 1000).from.length, 3);
  });

  it('refuses to be larger than anything can hold', () => {
    const profile = drawn([0, 1e18], ['a', 'a']);
    const model = new QueryModel(profile);
    assert.throws(
      () => subsecondHeatmap(model, { view: model.defaultView, columnNs: 1e9, rows: 50, most: 100 }),
      /takes too long/,
    );
    assert.equal(overview(model).samples, 2);
  });
});

/** A thread's samples at these times, each with one function. */
function drawn(times: readonly number[], names: readonly string[], quality: { requestedHz?: number } = {}): Profile {
  const builder = new ProfileBuilder();
  const value = builder.value('samples', 'count');
  const thread = builder.thread(1, 1, 'main');
  times.forEach((time, at) => {
    const frame = builder.frame({ function: builder.function({ name: names[at] }) });
    builder.addWeight(builder.sample(builder.stackOf([frame]), thread, time), value, 1);
  });
  return builder.finish({ quality });
}
