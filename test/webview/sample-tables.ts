import type { Profile } from '../../src/core/profile/profile.ts';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel, type View } from '../../src/core/profile/queries/query-model.ts';
import type { Handlers } from '../../src/protocol/contract.ts';
import type { TablesContract, TablesState } from '../../src/protocol/tables.ts';
import { sampleProfile } from './sample-host.ts';

/** A mocked host of the tables: real queries over a profile made here, no VS Code. */
export interface SampleTables {
  readonly handlers: Handlers<TablesContract>;
  /** Every request that asks for something to be done, in order. */
  readonly asked: { readonly request: string; readonly ask: unknown }[];
  /** What was copied last. */
  readonly clipboard: string;
  /** What the next answers are taken from. */
  state: TablesState;
  view: View;
  /** Lets go of what was worked out so far, as a worker does after a few other views. */
  forget(): void;
}

export function sampleTables({
  profile = sampleProfile(),
  ...overrides
}: Partial<Handlers<TablesContract>> & { profile?: Profile } = {}): SampleTables {
  let model = new QueryModel(profile);
  let view = model.defaultView;
  let clipboard = '';
  let state: TablesState | undefined;
  const asked: SampleTables['asked'] = [];
  const note =
    <A>(request: string) =>
    (what: A) => {
      asked.push({ request, ask: what });
      return null;
    };
  const inWorkspace = <R extends { readonly file: string }>(rows: readonly R[]) =>
    rows.map((row) => ({ ...row, inWorkspace: row.file.startsWith('/home/me/render/') }));
  const open = (): TablesState => ({
    status: 'open',
    id: 'sample',
    title: 'render · 23 Nov 10:02',
    view,
    value: profile.values[view.value],
    looked: `${profile.values[view.value].type} · all 2 threads`,
    parts: ask(model, 'viewParts', { view }),
    samples: profile.samples.length,
    hasSampleCount: true,
    quality: { word: 'check data', findings: ['12.0 % of the stacks are cut: callers are missing.'] },
    mayMislead: ['Time off the processor is not in it.'],
  });
  const sample: SampleTables = {
    asked,
    get clipboard() {
      return clipboard;
    },
    get state() {
      return state ?? open();
    },
    set state(to) {
      state = to;
    },
    get view() {
      return view;
    },
    set view(to) {
      view = to;
    },
    forget() {
      model = new QueryModel(profile);
    },
    handlers: {
      state: () => state ?? open(),
      top: (page) => {
        const answer = ask(model, 'topRows', { ...page, view });
        return { ...answer, whole: answer.whole, rows: inWorkspace(answer.rows) };
      },
      calls: (page) => {
        const answer = ask(model, 'callRows', { ...page, view });
        return { ...answer, whole: answer.whole, rows: inWorkspace(answer.rows) };
      },
      expansion: (from) => ask(model, 'callExpansion', { ...from, view }),
      match: (from) => ask(model, 'callMatch', { ...from, view }),
      names: (calls) => ask(model, 'callNames', { ...calls, view }),
      nodes: (names) => ask(model, 'callNodes', { ...names, view }),
      copy: ({ from, count, format, ...table }) => {
        const page = { view, from, count, format, whole: null };
        const copied =
          'top' in table
            ? ask(model, 'topText', { ...table.top, ...page })
            : ask(model, 'callText', { ...table.calls, ...page, locate: -1 });
        clipboard = copied.text;
        return { rows: copied.rows, of: copied.of };
      },
      copyText: (text) => {
        clipboard = text;
        return null;
      },
      look: (change) => {
        asked.push({ request: 'look', ask: change });
        view = { ...view, ...change };
        return null;
      },
      open: note('open'),
      show: note('show'),
      wanted: () => null,
      cancel: note('cancel'),
      act: note('act'),
      ...overrides,
    },
  };
  return sample;
}
