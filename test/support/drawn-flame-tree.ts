import type { FlameTree } from '../../src/core/profile/queries/flame-graph.ts';
import { flameGraph } from '../../src/core/profile/queries/flame-graph.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { drawnProfile } from './drawn-profile.ts';

/** The call tree of a drawn profile (see drawnProfile). */
export function drawnFlameTree(drawing: string): FlameTree {
  const model = new QueryModel(drawnProfile(drawing));
  return flameGraph(model, { view: model.defaultView });
}
