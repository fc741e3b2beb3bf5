import type { CompareContract } from './compare.ts';
import type { Contract } from './contract.ts';
import type { FlameGraphContract } from './flame-graph.ts';

/** Every panel, by the name of its folder in `webview/panels/`. */
export const PANELS = {
  'flame-graph': panel<FlameGraphContract>({ viewType: 'perfwright.flameGraph', title: 'Flame Graph', icon: 'flame' }),
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
  readonly contract?: C;
}

function panel<C extends Contract>(row: Panel<C>): Panel<C> {
  return row;
}
