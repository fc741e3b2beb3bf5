import { formatShare } from '../units.ts';
import type { ChangeStep } from './diff/diff-colours.ts';
import { type HeatStep, heatStep, STEP_SHARES } from './heat-step.ts';
import { kindOfEach } from './kind-of-each.ts';
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
  /** Whether the root's colour says something, as where two are compared. */
  readonly isOfRoot?: boolean;
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

/** `seen` are the modules of what is shown together, or one after the other: a module has one colour in all of it. */
export function flameColours(tree: FlameTree, colouring: FlameColouring, seen: SeenModules = new Set()): FlameColours {
  return COLOURINGS[colouring](tree, seen);
}

const COLOURINGS: Readonly<Record<FlameColouring, (tree: FlameTree, seen: SeenModules) => FlameColours>> = {
  module,
  kind,
  heat,
};

/** Paths of modules in the order in which colours are given out; `''` is no module. */
export type SeenModules = Set<string>;

/** Adds what a tree has that wasn't seen, the costliest first. */
export function seeModules(tree: FlameTree, seen: SeenModules): void {
  const self = selfByFunction(tree);
  const here = new Map<string, number>();
  tree.functions.module.forEach((at, func) => {
    const path = pathOf(tree, at);
    here.set(path, (here.get(path) ?? 0) + self[func]);
  });
  for (const path of byWeight(here)) seen.add(path);
}

/** What weighs most comes first. */
export function byWeight(weights: ReadonlyMap<string, number>): string[] {
  return [...weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([path]) => path);
}

/** The modules that cost most have a hue each, the rest is grey. */
function module(tree: FlameTree, seen: SeenModules): FlameColours {
  seeModules(tree, seen);
  const ranked = [...seen];
  const place = new Map(ranked.map((path, rank) => [path, Math.min(rank, HUES.length)]));
  const { module: modules } = tree.functions;
  const swatch = Uint8Array.from(modules, (at) => place.get(pathOf(tree, at))!);
  const legend: Swatch[] = ranked.slice(0, HUES.length).map((path, hue) => ({
    label: path === '' ? 'no module' : baseName(path),
    colour: { hue },
  }));
  if (ranked.length > HUES.length) legend.push({ label: 'other modules', colour: 'grey' });
  return { swatch, legend };
}

function pathOf({ functions }: FlameTree, module: number): string {
  return module === NONE ? '' : functions.modules[module];
}

function kind(tree: FlameTree): FlameColours {
  const { functions, function: func } = tree;
  const isUnnamed = Array.from(functions.name, (name, at) => isWithoutSymbol(name, pathOf(tree, functions.module[at])));
  const swatchOf = (kind: number, func: number) => (isUnnamed[func] ? FRAME_KINDS.length : kind);
  const kinds = kindOfEach(functions.index.length, func.subarray(1), tree.kind.subarray(1), tree.self.subarray(1));
  const swatch = kinds.map(swatchOf);
  // Code that was compiled at run time was interpreted before, in other calls.
  const ofNode = tree.kind.map((own, node) => (node === 0 ? 0 : swatchOf(own, func[node])));
  const legend: Swatch[] = [
    ...FRAME_KINDS.map((name) => ({ label: KIND_LABELS[name], colour: { hue: KIND_HUES[name] } })),
    { label: 'no symbol', colour: 'grey' },
  ];
  return { swatch, ofNode, legend };
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
