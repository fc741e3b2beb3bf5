import { formatShare } from '../units.ts';
import { type CodeGrouping, type CodeGroups, codeGrouping, groupOfEach, pathOfModule } from './code-group.ts';
import type { ChangeStep } from './diff/diff-colours.ts';
import { type HeatStep, heatStep, STEP_SHARES } from './heat-step.ts';
import { kindOfEach } from './kind-of-each.ts';
import { FRAME_KINDS, type FrameKind } from './profile.ts';
import type { FlameTree } from './queries/flame-graph.ts';
import { baseName, isWithoutSymbol } from './unknown-name.ts';

/** What the colour of a frame says: which module, or package, its function is in, what kind of code it is, or how much it costs itself. */
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
  /** The label in full, where that is longer. */
  readonly title?: string;
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

/** `seen` are the groups of code of what is shown together, or one after the other: a group has one colour in all of it. */
export function flameColours(
  tree: FlameTree,
  colouring: FlameColouring,
  seen = seenGroups(groupsOf(tree)),
): FlameColours {
  return COLOURINGS[colouring](tree, seen);
}

const COLOURINGS: Readonly<Record<FlameColouring, (tree: FlameTree, seen: SeenGroups) => FlameColours>> = {
  module,
  kind,
  heat,
};

/** Groups of code in the order in which colours are given out. */
export interface SeenGroups {
  readonly by: CodeGrouping;
  readonly names: Set<string>;
}

export function seenGroups({ by, names }: CodeGroups): SeenGroups {
  return { by, names: new Set(names) };
}

/** Adds what a tree has that wasn't seen, the costliest first. */
export function seeGroups(tree: FlameTree, { by, names }: SeenGroups): void {
  const self = selfByFunction(tree);
  const here = new Map<string, number>();
  for (const [func, group] of groupOfEach(tree.functions, by).entries())
    here.set(group, (here.get(group) ?? 0) + self[func]);
  for (const group of byWeight(here)) names.add(group);
}

/** What weighs most comes first. */
export function byWeight(weights: ReadonlyMap<string, number>): string[] {
  return [...weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([group]) => group);
}

/** Modules of a tree, or of what is written of one to a file: by function, its position in the paths. */
interface PlainModules {
  readonly module: ArrayLike<number>;
  readonly modules: readonly string[];
}

/** Of a tree that is all there is: they are given colours as they are met. */
export function groupsOf({ functions }: { readonly functions: PlainModules }): CodeGroups {
  const paths = Array.from(functions.module, (at) => pathOfModule(functions, at));
  return { by: codeGrouping(paths), names: [] };
}

/** The groups that cost most have a hue each, the rest is grey. */
function module(tree: FlameTree, seen: SeenGroups): FlameColours {
  seeGroups(tree, seen);
  const ranked = [...seen.names];
  const place = new Map(ranked.map((group, rank) => [group, Math.min(rank, HUES.length)]));
  const swatch = Uint8Array.from(groupOfEach(tree.functions, seen.by), (group) => place.get(group)!);
  const legend: Swatch[] = ranked.slice(0, HUES.length).map((group, hue) => ({
    label: group === '' ? `no ${seen.by}` : LABEL_OF[seen.by](group),
    title: group,
    colour: { hue },
  }));
  if (ranked.length > HUES.length) legend.push({ label: `other ${seen.by}s`, colour: 'grey' });
  return { swatch, legend };
}

const LABEL_OF: Readonly<Record<CodeGrouping, (group: string) => string>> = {
  module: baseName,
  // Of an import path what tells it from others: `storage/tree`.
  package: (name) => name.split('/').slice(-2).join('/'),
};

function kind(tree: FlameTree): FlameColours {
  const { functions, function: func } = tree;
  const isUnnamed = Array.from(functions.name, (name, at) =>
    isWithoutSymbol(name, pathOfModule(functions, functions.module[at])),
  );
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
