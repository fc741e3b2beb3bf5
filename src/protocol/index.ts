import type { CompareContract } from './compare.ts';
import type { Contract } from './contract.ts';
import type { FlameGraphContract } from './flame-graph.ts';
import type { OverTimeContract } from './over-time.ts';
import type { SpeedscopeContract } from './speedscope.ts';
import type { TablesContract } from './tables.ts';

/** Every panel, by the name of its folder in `webview/panels/`. */
export const PANELS = {
  'flame-graph': panel<FlameGraphContract>({ viewType: 'perfwright.flameGraph', title: 'Flame Graph', icon: 'flame' }),
  speedscope: panel<SpeedscopeContract>({
    viewType: 'perfwright.speedscope',
    title: 'Speedscope',
    icon: 'graph',
    compilesWasm: true,
  }),
  'over-time': panel<OverTimeContract>({ viewType: 'perfwright.overTime', title: 'Over Time', icon: 'graph-line' }),
  tables: panel<TablesContract>({ viewType: 'perfwright.tables', title: 'Tables', icon: 'table' }),
  compare: panel<CompareContract>({ viewType: 'perfwright.compare', title: 'Compare', icon: 'diff' }),
};

export type PanelName = keyof typeof PANELS;
export type ContractOf<N extends PanelName> = (typeof PANELS)[N] extends Panel<infer C> ? C : never;

/** How VS Code knows a panel. `contract` is there for its type only. */
export interface Panel<C extends Contract> {
  readonly viewType: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Whether its page may compile WebAssembly that its own script holds. No page may fetch any. */
  readonly compilesWasm?: boolean;
  readonly contract?: C;
}

function panel<C extends Contract>(row: Panel<C>): Panel<C> {
  return row;
}
