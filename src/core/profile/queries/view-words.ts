import type { QueryModel, View } from './query-model.ts';
import { viewParts } from './view-parts.ts';

/** What of a recording a view shows, in words, what is counted first: `cpu-clock`, `thread render (4242)`, `only with /parse/`. */
export function viewWords(model: QueryModel, { view }: { view: View }): readonly string[] {
  return [model.profile.values[view.value].type, ...viewParts(model, { view }).map(({ words }) => words)];
}
