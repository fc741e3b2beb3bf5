import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { codeGroups } from '../../src/core/profile/queries/code-groups.ts';
import { type FlameTree, flameGraph } from '../../src/core/profile/queries/flame-graph.ts';
import { QueryModel, type View } from '../../src/core/profile/queries/query-model.ts';
import { sandwich } from '../../src/core/profile/queries/sandwich.ts';
import { viewParts } from '../../src/core/profile/queries/view-parts.ts';
import type { Handlers } from '../../src/protocol/contract.ts';
import type { FlameGraphContract, FlameGraphState, FlameGraphTree, Open } from '../../src/protocol/flame-graph.ts';

/** A mocked host of the flame graph: real queries over a profile made here, no VS Code. */
export interface SampleHost {
  readonly handlers: Handlers<FlameGraphContract>;
  /** Every request but `state` and `tree`, in order, with what was asked. */
  readonly asked: { readonly request: string; readonly ask: unknown }[];
  /** What the next answers are taken from. */
  state: FlameGraphState;
  readonly view: View;
}

export function sampleHost({
  profile = sampleProfile(),
  ...overrides
}: Partial<Handlers<FlameGraphContract>> & { profile?: Profile } = {}): SampleHost {
  const model = new QueryModel(profile);
  let view = model.defaultView;
  const asked: SampleHost['asked'] = [];
  const note =
    <A>(request: string) =>
    (ask: A) => {
      asked.push({ request, ask });
      return null;
    };
  const open = (): Open => ({
    status: 'open',
    id: 'sample',
    title: 'render · 23 Nov 10:02',
    canLook: true,
    codeGroups: codeGroups(model, view),
    view,
    parts: viewParts(model, { view }),
    canUndo: asked.some(({ request }) => request === 'look'),
    canRedo: false,
    values: profile.values,
    threads: ['render (4242)', 'loader (4243)'],
    hasKernel: true,
    samples: profile.samples.length,
    hasSampleCount: true,
    quality: { word: 'check data', findings: ['12.0 % of the stacks are cut: callers are missing.'] },
    mayMislead: ['Time off the processor is not in it.'],
  });
  let state: FlameGraphState | undefined;
  return {
    asked,
    get view() {
      return view;
    },
    get state() {
      return state ?? open();
    },
    set state(to) {
      state = to;
    },
    handlers: {
      state: () => state ?? open(),
      tree: ({ isBottomUp, leastShare }) => forPanel(flameGraph(model, { view, inverted: isBottomUp, leastShare })),
      sandwich: ({ functions }) => {
        const { callers, callees, whole } = sandwich(model, { view, function: functions });
        return { callers: forPanel(callers, whole), callees: forPanel(callees, whole) };
      },
      look: (change) => {
        asked.push({ request: 'look', ask: change });
        view = { ...view, ...change };
        return null;
      },
      open: note('open'),
      copy: note('copy'),
      save: note('save'),
      step: note('step'),
      addFilter: note('addFilter'),
      highlight: () => null,
      moved: note('moved'),
      places: () => null,
      cancel: note('cancel'),
      act: note('act'),
      ...overrides,
    },
  };
}

function forPanel(tree: FlameTree, whole = tree.total[0]): FlameGraphTree {
  return {
    tree,
    inWorkspace: Uint8Array.from(tree.functions.file, (file) => (file.startsWith('/home/me/render/') ? 1 : 0)),
    whole,
  };
}

/** A program that renders a picture: workspace code, libraries, inlined functions, the kernel, recursion, and hundreds of tiny calls. */
export function sampleProfile(): Profile {
  const builder = new ProfileBuilder();
  const program = builder.module('/home/me/render/build/render');
  const libc = builder.module('/usr/lib/x86_64-linux-gnu/libc.so.6');
  const libm = builder.module('/usr/lib/x86_64-linux-gnu/libm.so.6');
  const libpng = builder.module('/usr/lib/x86_64-linux-gnu/libpng16.so.16');
  const kernel = builder.module('[kernel.kallsyms]');
  const value = builder.value('cpu-clock', 'nanoseconds');
  const count = builder.value('samples', 'count');
  const own = (name: string, line: number, inlined = false) =>
    builder.frame({
      function: builder.function({
        name,
        fullName: `${name}(${name.length % 2 ? 'Scene const&' : ''})`,
        systemName: `_Z${name}`,
        file: '/home/me/render/src/scene.cpp',
        startLine: line,
        module: program,
      }),
      line: line + 3,
      module: program,
      inlined,
    });
  const library = (name: string, module: number, inlined = false) =>
    builder.frame({ function: builder.function({ name, systemName: name, module }), module, inlined });
  const unknown = (module: number, name: string) =>
    builder.frame({ function: builder.function({ name, systemName: '', module }), module });
  const sys = (name: string) =>
    builder.frame({
      function: builder.function({ name, systemName: name, module: kernel }),
      module: kernel,
      kind: 'kernel',
    });
  const start = [library('_start', program), library('__libc_start_main', libc), own('main', 210)];
  const render = [...start, own('render::Scene::draw', 88)];
  const trace = own('render::Ray::trace', 120);
  const stacks: [number, readonly number[]][] = [
    [300, [...render, trace, own('render::Sphere::intersect', 40), own('render::Vector<double, 3>::dot', 12, true)]],
    [120, [...render, trace, own('render::Sphere::intersect', 40), library('__sqrt_finite', libm)]],
    [90, [...render, trace, own('render::Sphere::intersect', 40)]],
    [
      160,
      [...render, trace, trace, own('render::Sphere::intersect', 40), own('render::Vector<double, 3>::dot', 12, true)],
    ],
    [60, [...render, trace, trace, trace, own('render::Plane::intersect', 60)]],
    [
      75,
      [
        ...render,
        trace,
        library('std::vector<render::Hit, std::allocator<render::Hit> >::push_back', program, true),
        library('malloc', libc),
        unknown(libc, 'libc.so.6+0x9f3a1'),
      ],
    ],
    [
      40,
      [
        ...render,
        trace,
        library('std::sort<render::Hit*, bool (*)(render::Hit const&, render::Hit const&)>', program),
        library('std::__introsort_loop<render::Hit*>', program),
      ],
    ],
    [
      55,
      [
        ...start,
        own('render::save_png', 180),
        library('png_write_row', libpng),
        library('png_write_find_filter', libpng),
        library('deflate_slow', libpng),
      ],
    ],
    [
      35,
      [
        ...start,
        own('render::save_png', 180),
        library('png_write_end', libpng),
        library('__GI___libc_write', libc),
        sys('entry_SYSCALL_64_after_hwframe'),
        sys('do_syscall_64'),
        sys('ksys_write'),
        sys('vfs_write'),
        sys('ext4_file_write_iter'),
      ],
    ],
    [
      25,
      [
        ...start,
        own('render::load_scene', 150),
        library('std::getline', libc),
        library('read', libc),
        sys('entry_SYSCALL_64_after_hwframe'),
        sys('do_syscall_64'),
        sys('ksys_read'),
      ],
    ],
    [20, [unknown(program, '[unknown]')]],
  ];
  for (let tiny = 0; tiny < 400; tiny++) {
    stacks.push([
      0.05,
      [
        ...start,
        own('render::load_scene', 150),
        own('render::parse', 160),
        own(`render::Token${tiny}::accept`, 300 + tiny),
      ],
    ]);
  }
  const thread = builder.thread(4242, 4242, 'render');
  let time = 0;
  for (const [weight, frames] of stacks) {
    const row = builder.sample(builder.stackOf([...frames]), thread, time++);
    builder.addWeight(row, value, weight * 1e6);
    builder.addWeight(row, count, 1);
  }
  return builder.finish({ origin: { format: 'drawn' } });
}
