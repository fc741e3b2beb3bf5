import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { QueryModel, type View } from '../../src/core/profile/queries/query-model.ts';
import { stackChart } from '../../src/core/profile/queries/stack-chart.ts';
import { subsecondHeatmap } from '../../src/core/profile/queries/subsecond-heatmap.ts';
import { threadTracks } from '../../src/core/profile/queries/thread-tracks.ts';
import { viewParts } from '../../src/core/profile/queries/view-parts.ts';
import { withoutRange } from '../../src/core/profile/time/view-range.ts';
import type { Handlers } from '../../src/protocol/contract.ts';
import type { OverTimeContract, OverTimeState } from '../../src/protocol/over-time.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** A mocked host of the panel over time: real queries over a profile made here, no VS Code. */
export interface TimeHost {
  readonly handlers: Handlers<OverTimeContract>;
  /** Every request but for pictures, in order, with what was asked. */
  readonly asked: { readonly request: string; readonly ask: unknown }[];
  /** What is given for `state`; undefined for the open recording. */
  state: OverTimeState | undefined;
  view: View;
  readonly model: QueryModel;
}

export function timeHost({
  profile = requestsProfile(),
  ...overrides
}: Partial<Handlers<OverTimeContract>> & { profile?: Profile } = {}): TimeHost {
  const model = new QueryModel(profile);
  const asked: TimeHost['asked'] = [];
  const note =
    <A>(request: string) =>
    (ask: A) => {
      asked.push({ request, ask });
      return null;
    };
  const shown = (): View => ({ ...host.view, operations: withoutRange(host.view.operations) });
  const host: TimeHost = {
    asked,
    state: undefined,
    view: model.defaultView,
    model,
    handlers: {
      state: () =>
        host.state ?? {
          status: 'open',
          id: 'sample',
          title: 'server · 23 Nov 10:02',
          view: host.view,
          parts: viewParts(model, { view: shown() }),
          values: profile.values,
          samples: profile.samples.length,
          hasSampleCount: true,
          threads: Array.from(profile.threads.name, (name) => profile.strings[name]),
          format: 'drawn',
          wallStartMs: new Date(2026, 10, 23, 10, 2, 3).getTime(),
          quality: { word: 'good data', findings: [] },
          mayMislead: ['Time off the processor is not in it.'],
        },
      tracks: (options) => threadTracks(model, { ...options, view: shown() }),
      chart: (options) => {
        const chart = stackChart(model, { ...options, view: shown() });
        const inWorkspace = Uint8Array.from(chart.functions.file, (file) => (file.startsWith('/home/me/') ? 1 : 0));
        return { chart, inWorkspace };
      },
      heatmap: (options) => subsecondHeatmap(model, { ...options, view: shown() }),
      look: (change) => {
        asked.push({ request: 'look', ask: change });
        host.view = { ...host.view, ...change };
        return null;
      },
      open: note('open'),
      flameGraph: note('flameGraph'),
      copy: note('copy'),
      cancel: note('cancel'),
      act: note('act'),
      ...overrides,
    },
  };
  return host;
}

/**
 * A server for eight seconds: its main thread waits for requests, which come every 400 ms to one of four workers; the garbage collector
 * runs twice; the kernel writes. Sampled at 1 kHz while a thread runs.
 */
export function requestsProfile(): Profile {
  const random = seededRandom(7);
  const builder = new ProfileBuilder();
  const program = builder.module('/home/me/server/build/server');
  const libc = builder.module('/usr/lib/x86_64-linux-gnu/libc.so.6');
  const libz = builder.module('/usr/lib/x86_64-linux-gnu/libz.so.1');
  const kernel = builder.module('[kernel.kallsyms]');
  const clock = builder.value('cpu-clock', 'nanoseconds');
  const count = builder.value('samples', 'count');
  const own = (name: string, line: number, inlined = false) =>
    builder.frame({
      function: builder.function({ name, file: '/home/me/server/src/server.cpp', startLine: line, module: program }),
      line: line + 2,
      module: program,
      inlined,
    });
  const library = (name: string, module: number) =>
    builder.frame({ function: builder.function({ name, module }), module });
  const sys = (name: string) =>
    builder.frame({ function: builder.function({ name, module: kernel }), module: kernel, kind: 'kernel' });
  const start = [library('start_thread', libc)];
  const request = [...start, own('server::Worker::run', 20), own('server::handle_request', 40)];
  const phases = [
    [...request, own('server::parse_headers', 60)],
    [...request, own('server::parse_headers', 60), own('std::string_view::find', 9, true)],
    [...request, own('server::render_page', 90), own('server::Template::expand', 120)],
    [...request, own('server::render_page', 90), own('server::Template::expand', 120), library('malloc', libc)],
    [...request, own('server::compress', 150), library('deflate', libz), library('longest_match', libz)],
    [...request, library('write', libc), sys('entry_SYSCALL_64'), sys('ksys_write'), sys('tcp_sendmsg')],
  ];
  const workers = [0, 1, 2, 3].map((at) => builder.thread(500, 510 + at, `worker-${at}`));
  const main = builder.thread(500, 500, 'server');
  const collector = builder.thread(500, 505, 'gc');
  const add = (thread: number, frames: readonly number[], time: number) => {
    const row = builder.sample(builder.stackOf(frames), thread, Math.round(time));
    builder.addWeight(row, clock, 1e6);
    builder.addWeight(row, count, 1);
  };
  for (let at = 0; at < 20; at++) {
    const begin = at * 400e6 + 3e6;
    for (let step = 0; step < 4; step++)
      add(main, [library('epoll_wait', libc), sys('do_epoll_wait')], begin + step * 1e6);
    const length = 60 + Math.floor(random() * 240);
    for (let step = 0; step < length; step++) {
      const phase = phases[Math.min(phases.length - 1, Math.floor((step / length) * phases.length))];
      add(workers[at % 4], phase, begin + 5e6 + step * 1e6 + random() * 1e5);
    }
  }
  for (const begin of [2.1e9, 5.7e9]) {
    for (let step = 0; step < 350; step++) {
      add(
        collector,
        [...start, own('gc::collect', 300), own(step % 90 < 60 ? 'gc::mark' : 'gc::sweep', 320)],
        begin + step * 1e6,
      );
    }
  }
  return builder.finish({ origin: { format: 'drawn', durationNs: 8e9 }, quality: { requestedHz: 1000 } });
}
