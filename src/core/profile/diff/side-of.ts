import type { OperationName } from '../operations/operation.ts';
import type { QueryModel, View } from '../queries/query-model.ts';
import type { Side } from './union-profile.ts';

/**
 * One of two that are compared, as it is looked at. What both are scaled by is what they are without filters, as `go tool pprof -normalize`
 * has it: scaled by what a filter leaves, that would cost as much before as after.
 */
export function sideOf(model: QueryModel, view: View): Side {
  const { profile, weights } = model.viewed(view);
  const operations = view.operations.filter(({ op }) => OF_ALL.has(op));
  if (view.threads === null && operations.length === view.operations.length) return { profile, weights };
  return { profile, weights, whole: model.viewed({ ...view, threads: null, operations }).weights };
}

/** What makes a recording a part of itself, or its weights others. */
const OF_ALL: ReadonlySet<OperationName> = new Set(['from', 'to', 'count', 'per', 'per-second']);
