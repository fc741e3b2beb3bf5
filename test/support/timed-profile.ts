import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import { NONE, type Profile } from '../../src/core/profile/profile.ts';
import { seededRandom } from './seeded-random.ts';

export interface TimedOptions {
  readonly seed: number;
  readonly samples: number;
  readonly threads?: number;
  /** Depth of stacks, at most. */
  readonly depth?: number;
  /** Different functions. */
  readonly functions?: number;
  /** Share of samples after which nothing is sampled for a while. */
  readonly gaps?: number;
  /** Whether rows are in no order of time. */
  readonly isShuffled?: boolean;
}

/**
 * A profile of threads that are sampled every millisecond or so, while they run: stacks that change near their top most often, gaps,
 * samples of no thread, without a time, without a stack, of two events. The same for the same seed. Weights are whole.
 */
export function timedProfile(options: TimedOptions): Profile {
  const { seed, samples, threads = 3, depth = 12, functions = 40, gaps = 0.02, isShuffled = false } = options;
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const builder = new ProfileBuilder();
  builder.reserveSamples(samples);
  const modules = ['/bin/program', '/lib/libshared.so', '[kernel.kallsyms]'].map((path) => builder.module(path));
  const frames = Array.from({ length: functions * 2 }, (_, at) =>
    builder.frame({
      function: builder.function({
        name: `f${at >> 1}`,
        file: 'a.c',
        startLine: at >> 1,
        module: modules[(at >> 1) % 3],
      }),
      line: at,
      module: modules[(at >> 1) % 3],
      kind: (at >> 1) % 3 === 2 ? 'kernel' : 'native',
    }),
  );
  const clock = builder.value('cpu-clock', 'nanoseconds');
  const count = builder.value('cpu-clock samples', 'count');
  const faults = builder.value('page-faults', 'count');
  const rows = Array.from({ length: threads }, (_, at) =>
    builder.thread(7, 7 + at, at === 0 ? 'main' : `worker-${at}`),
  );
  const now = new Float64Array(threads + 1);
  const stacks: number[][] = Array.from({ length: threads + 1 }, () => [frames[0]]);
  const order = Array.from({ length: samples }, () => below(threads + 1));
  const taken = order.map((own) => {
    now[own] += random() < gaps ? 1e6 * (5 + below(200)) : 900_000 + below(200_000);
    if (random() < 0.01) now[own] -= 1_000_000;
    const stack = stacks[own];
    for (let drop = Math.floor(random() ** 3 * stack.length); drop > 0; drop--) stack.pop();
    while (stack.length < depth && (stack.length === 0 || random() < 0.6)) stack.push(frames[below(frames.length)]);
    return {
      own,
      time: random() < 0.01 ? Number.NaN : Math.max(0, now[own]),
      stack: random() < 0.02 ? [] : [...stack],
    };
  });
  if (isShuffled) for (let at = samples - 1; at > 0; at--) swap(taken, at, below(at + 1));
  for (const { own, time, stack } of taken) {
    const row = builder.sample(builder.stackOf(stack), own === threads ? NONE : rows[own], time);
    if (random() < 0.1) builder.addWeight(row, faults, 1 + below(3));
    else {
      builder.addWeight(row, clock, 1e6 + below(10));
      builder.addWeight(row, count, 1);
    }
  }
  return builder.finish({ origin: { format: 'drawn' } });
}

function swap<T>(list: T[], a: number, b: number): void {
  [list[a], list[b]] = [list[b], list[a]];
}

/** A profile of calls that were traced: each sample weighs as long as it lasts, and the next begins when it ends, or later. */
export function tracedProfile(seed: number, samples: number): Profile {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const builder = new ProfileBuilder();
  const wall = builder.value('wall', 'nanoseconds');
  const frames = Array.from({ length: 9 }, (_, at) =>
    builder.frame({ function: builder.function({ name: `f${at}`, file: 'a.js' }) }),
  );
  const thread = builder.thread(1, 1, 'main');
  let now = 0;
  for (let sample = 0; sample < samples; sample++) {
    const length = 1 + below(5000);
    const row = builder.sample(
      builder.stackOf(Array.from({ length: 1 + below(4) }, () => frames[below(9)])),
      thread,
      now,
    );
    builder.addWeight(row, wall, length);
    now += length + (random() < 0.3 ? below(20_000) : 0);
  }
  return builder.finish({ origin: { format: 'drawn', durationNs: now } });
}
