import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Requests } from '../../src/core/profile/diff/normalisation.ts';
import { DiffModel, type DiffView } from '../../src/core/profile/diff/queries/diff-model.ts';
import { askDiff } from '../../src/core/profile/diff/queries/index.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import type { CompareContract, Compared, CompareLook, CompareState } from '../../src/protocol/compare.ts';
import type { Handlers } from '../../src/protocol/contract.ts';

/** A mocked host of the comparison: real queries over two profiles made here, no VS Code. */
export interface CompareHost {
  readonly handlers: Handlers<CompareContract>;
  /** Every request but `state`, `tree` and `table`, in order, with what was asked. */
  readonly asked: { readonly request: string; readonly ask: unknown }[];
  /** What the next answers are taken from; what is compared where it isn't set. */
  state: CompareState | undefined;
  readonly look: CompareLook;
  readonly model: DiffModel;
  readonly view: DiffView;
}

export function compareHost({
  before = renderProfile('before'),
  after = renderProfile('after'),
  changed = () => {},
  ...overrides
}: Partial<Handlers<CompareContract>> & {
  before?: Profile;
  after?: Profile;
  /** The host tells the page that something changed. */
  changed?: (what: CompareContract['changes']) => void;
} = {}): CompareHost {
  let model = new DiffModel(before, after);
  let look: CompareLook = {
    value: 0,
    normalise: 'nothing',
    width: 'after',
    inlines: true,
    kernel: true,
    operations: [],
  };
  let id = 1;
  const requests: Requests = { before: 10, after: 20, name: 'request' };
  const asked: CompareHost['asked'] = [];
  const view = (): DiffView => {
    const { width: _, ...rest } = look;
    return { ...rest, requests: look.normalise === 'requests' ? requests : null };
  };
  const note =
    <A>(request: string) =>
    (ask: A) => {
      asked.push({ request, ask });
      return null;
    };
  let titles = ['render · 23 Nov 10:02', 'render · 23 Nov 11:40'];
  const compared = (): Compared => {
    const sides = askDiff(model, 'diffSides', undefined);
    return {
      status: 'open',
      id: `${id}`,
      before: {
        title: titles[0],
        about: '/runs/1/perf.data · 23 Nov 10:02 · commit 3f2c1a9',
        samples: sides.before.samples,
        hasSampleCount: true,
        quality: { word: 'good data', findings: [] },
      },
      after: {
        title: titles[1],
        about: '/runs/2/perf.data · 23 Nov 11:40 · commit 77aa01b',
        samples: sides.after.samples,
        hasSampleCount: true,
        quality: { word: 'check data', findings: ['12.0 % of the stacks are cut: callers are missing.'] },
      },
      look,
      parts: askDiff(model, 'lookParts', look),
      values: sides.values,
      normalisations: sides.normalisations,
      hasKernel: true,
      differences: ['Frequency governor: performance before, powersave after.'],
      mayMislead: ['One recording of each: what differs from run to run is not known from them.'],
    };
  };
  const host: CompareHost = {
    asked,
    state: undefined,
    get look() {
      return look;
    },
    get model() {
      return model;
    },
    get view() {
      return view();
    },
    handlers: {
      state: () => host.state ?? compared(),
      tree: () => {
        const answer = askDiff(model, 'diffFlameGraph', { view: view(), width: look.width });
        const { file } = answer.tree.functions;
        return {
          ...answer,
          inWorkspace: Uint8Array.from(file, (path) => (path.startsWith('/home/me/render/') ? 1 : 0)),
        };
      },
      table: (ask) => askDiff(model, 'diffTable', { ...ask, view: view() }),
      look: (change) => {
        asked.push({ request: 'look', ask: change });
        look = { ...look, ...change };
        changed('view');
        return null;
      },
      swap: () => {
        asked.push({ request: 'swap', ask: null });
        model = new DiffModel(model.after.profile, model.before.profile);
        titles = titles.toReversed();
        id++;
        changed('state');
        return null;
      },
      addFilter: note('addFilter'),
      choose: note('choose'),
      drop: note('drop'),
      open: note('open'),
      copy: note('copy'),
      save: note('save'),
      cancel: note('cancel'),
      act: note('act'),
      ...overrides,
    },
  };
  return host;
}

/** A program that renders a picture, before and after a change: its intersection is faster, its sorting slower, one way of saving gone, another new. */
export function renderProfile(when: 'before' | 'after'): Profile {
  const builder = new ProfileBuilder();
  const program = builder.module('/home/me/render/build/render');
  const libc = builder.module('/usr/lib/x86_64-linux-gnu/libc.so.6');
  const kernel = builder.module('[kernel.kallsyms]');
  const clock = builder.value('cpu-clock', 'nanoseconds');
  const count = builder.value('samples', 'count');
  const own = (name: string, line: number, inlined = false) =>
    builder.frame({
      function: builder.function({
        name,
        fullName: `${name}(Scene const&)`,
        file: '/home/me/render/src/scene.cpp',
        startLine: line,
        module: program,
      }),
      line: line + 3,
      module: program,
      inlined,
    });
  const library = (name: string, module = libc) =>
    builder.frame({ function: builder.function({ name, module }), module });
  const sys = (name: string) =>
    builder.frame({ function: builder.function({ name, module: kernel }), module: kernel, kind: 'kernel' });
  const start = [library('__libc_start_main'), own('main', 210)];
  const trace = [...start, own('render::Scene::draw', 88), own('render::Ray::trace', 120)];
  const rows: [before: number, after: number, frames: readonly number[]][] = [
    [3000, 1200, [...trace, own('render::Sphere::intersect', 40), own('render::Vector<double, 3>::dot', 12, true)]],
    [900, 880, [...trace, own('render::Sphere::intersect', 40)]],
    [600, 690, [...trace, own('render::Plane::intersect', 60)]],
    [500, 760, [...trace, library('std::sort<render::Hit*>', program), library('memmove')]],
    [400, 420, [...trace, library('malloc')]],
    [350, 0, [...start, own('render::save_png', 180), library('deflate_slow')]],
    [0, 300, [...start, own('render::save_webp', 190), library('encode_frame')]],
    [150, 320, [...start, own('render::load_scene', 150), library('read'), sys('do_syscall_64'), sys('ksys_read')]],
    [3, 0, [...start, own('render::log', 200)]],
    [0, 2, [...start, own('render::trace_log', 205)]],
  ];
  for (let tiny = 0; tiny < 300; tiny++) {
    rows.push([
      tiny % 5,
      (tiny * 7) % 5,
      [...start, own('render::parse', 160), own(`render::Token${tiny}::accept`, 300 + tiny)],
    ]);
  }
  const thread = builder.thread(4242, 4242, 'render');
  const side = when === 'before' ? 0 : 1;
  for (const [at, row] of rows.entries()) {
    if (row[side] === 0) continue;
    const sample = builder.sample(builder.stackOf([...row[2]]), thread, at * 1e6);
    builder.addWeight(sample, clock, row[side] * 1e6);
    builder.addWeight(sample, count, row[side]);
  }
  return builder.finish({ origin: { format: 'drawn', durationNs: when === 'before' ? 6e9 : 5e9 } });
}
