import { MalformedPattern } from '../../src/core/pattern.ts';
import { type FlameMatches, flameMatches, matchingFunctions } from '../../src/core/profile/flame-search.ts';
import type { FlameTree } from '../../src/core/profile/queries/flame-graph.ts';
import type { TextSearch } from '../../src/core/profile/text-search.ts';
import { formatShare } from '../../src/core/units.ts';
import type { Highlight } from '../../src/protocol/flame-graph.ts';
import type { FlamePicture } from './frame-words.ts';

/** What is looked for: what a person typed, or what was asked for from elsewhere. */
export type Wanted = { readonly query: TextSearch } | { readonly highlight: Highlight };

/** What a picture has of it; `undefined` where nothing is looked for, or where a regular expression is none. */
export function found(
  { tree, layout }: Pick<FlamePicture, 'tree' | 'layout'>,
  wanted: Wanted,
): FlameMatches | undefined {
  if ('highlight' in wanted) return flameMatches(tree, layout, highlighted(tree, wanted.highlight));
  if (wanted.query.text === '') return undefined;
  try {
    return flameMatches(tree, layout, matchingFunctions(tree, wanted.query));
  } catch (error) {
    if (error instanceof MalformedPattern) return undefined;
    throw error;
  }
}

/** The match that costs most: what one came to see. -1 where there's none. */
export function hottestMatch({ tree, layout }: FlamePicture, { boxes }: FlameMatches): number {
  let hottest = -1;
  for (let at = 0; at < boxes.length; at++) {
    const total = tree.total[layout.node[boxes[at]]];
    if (hottest === -1 || total > tree.total[layout.node[boxes[hottest]]]) hottest = at;
  }
  return hottest;
}

/** What was found, in words: `2 of 12 frames · 31.2 % of all`. */
export function foundWords(matches: FlameMatches, current: number, wanted: Wanted): string {
  const what = 'highlight' in wanted ? `${wanted.highlight.label}: ` : '';
  const count = matches.boxes.length;
  if (count === 0) return `${what}no match`;
  const frames = count === 1 ? '1 frame' : `${count.toLocaleString('en')} frames`;
  return `${what}${current >= 0 ? `${current + 1} of ${frames}` : frames} · ${formatShare(matches.share)} of all`;
}

function highlighted({ functions }: FlameTree, { name, functions: wanted }: Highlight): Uint8Array {
  const indexes = new Set(wanted);
  return Uint8Array.from(functions.index, (index, at) =>
    indexes.has(index) || (name !== null && (functions.name[at] === name || functions.fullName[at] === name)) ? 1 : 0,
  );
}
