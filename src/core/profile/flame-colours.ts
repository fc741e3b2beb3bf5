import { formatShare } from '../units.ts';
import type { ChangeStep } from './diff/diff-colours.ts';
import { type HeatStep, heatStep, STEP_SHARES } from './heat-step.ts';
import { FRAME_KINDS, type FrameKind, NONE } from './profile.ts';
import type { FlameTree } from './queries/flame-graph.ts';
import { baseName, isWithoutSymbol } from './unknown-name.ts';

/** What the colour of a frame says: which module its function is in, what kind of code it is, or how much it costs itself. */
export type FlameColouring = 'module' | 'kind' | 'heat';

/** The colour of each function, as a row of a legend. */
export interface FlameColours {
  /** By function of the tree: position in `legend`. */
  readonly swatch: Uint8Array;
  /** By node of the tree, where calls of one function differ in colour: the position that counts. */
  readonly ofNode?: Uint8Array;
  readonly legend: readonly Swatch[];
}

export interface Swatch {
  readonly label: string;
  readonly colour: SwatchColour;
  /** What stands before a frame's name, so that its colour isn't all that says it. */
  readonly mark?: string;
  /** What is drawn along a frame's edge, which says it where there's no room for a name. */
  readonly edge?: FrameEdge;
}

/** A line above for what rose, below for what fell; dashes for what is new or gone. */
export type FrameEdge = 'rise' | 'fall' | 'new' | 'gone';

/** A step of the heat ramp or of the ramp of changes, one of HUES by position, grey, or a grey that is hardly there. */
export type SwatchColour =
  | { readonly heat: HeatStep }
  | { readonly change: ChangeStep }
  | { readonly hue: number }
  | 'grey'
  | 'faint';

/**
 * Hues that people with any kind of colour vision tell apart: M. Okabe and K. Ito, "Color Universal Design", 2008. A theme makes them
 * lighter or darker.
 */
export const HUES = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#f0e442'] as const;

export function flameColours(tree: FlameTree, colouring: FlameColouring): FlameColours {
  return COLOURINGS[colouring](tree);
}

const COLOURINGS: Readonly<Record<FlameColouring, (tree: FlameTree) => FlameColours>> = { module, kind, heat };

/** The modules that cost most have a hue each, the rest is grey. */
function module(tree: FlameTree): FlameColours {
  const { functions } = tree;
  const self = selfByFunction(tree);
  const weight = new Map<number, number>();
  functions.module.forEach((at, func) => {
    weight.set(at, (weight.get(at) ?? 0) + self[func]);
  });
  const ranked = [...weight].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([at]) => at);
  const place = new Map(ranked.map((at, rank) => [at, Math.min(rank, HUES.length)]));
  const legend: Swatch[] = ranked.slice(0, HUES.length).map((at, hue) => ({
    label: at === NONE ? 'no module' : baseName(functions.modules[at]),
    colour: { hue },
  }));
  const others = ranked.length - HUES.length;
  if (others > 0) legend.push({ label: others === 1 ? '1 other module' : `${others} other modules`, colour: 'grey' });
  return { swatch: Uint8Array.from(functions.module, (at) => place.get(at)!), legend };
}

function kind(tree: FlameTree): FlameColours {
  const { functions } = tree;
  const kinds = new Uint8Array(functions.index.length);
  for (let node = 1; node < tree.parent.length; node++) kinds[tree.function[node]] = tree.kind[node];
  const swatch = kinds.map((own, func) => {
    const at = functions.module[func];
    return isWithoutSymbol(functions.name[func], at === NONE ? '' : functions.modules[at]) ? FRAME_KINDS.length : own;
  });
  const legend: Swatch[] = [
    ...FRAME_KINDS.map((name) => ({ label: KIND_LABELS[name], colour: { hue: KIND_HUES[name] } })),
    { label: 'no symbol', colour: 'grey' },
  ];
  return { swatch, legend };
}

const KIND_LABELS: Readonly<Record<FrameKind, string>> = {
  native: 'native',
  kernel: 'kernel',
  interpreted: 'interpreted',
  jit: 'compiled at run time',
};
const KIND_HUES: Readonly<Record<FrameKind, number>> = { native: 0, kernel: 1, interpreted: 2, jit: 3 };

/** By what a function costs itself, in all its calls together; grey where that is nothing. */
function heat(tree: FlameTree): FlameColours {
  const self = selfByFunction(tree);
  const steps = STEP_SHARES.map((from, at) => ({
    label: `${percent(from)} or more`,
    colour: { heat: (at + 2) as HeatStep },
  }));
  return {
    swatch: Uint8Array.from(self, (own) => (own === 0 ? 0 : heatStep(own / tree.total[0]))),
    legend: [
      { label: 'no cost of its own', colour: 'grey' },
      { label: `self below ${percent(STEP_SHARES[0])}`, colour: { heat: 1 } },
      ...steps,
    ],
  };
}

const percent = (share: number) => formatShare(share).replace('.0', '');

function selfByFunction({ functions, function: func, self }: FlameTree): Float64Array {
  const sum = new Float64Array(functions.index.length);
  for (let node = 1; node < func.length; node++) sum[func[node]] += self[node];
  return sum;
}
