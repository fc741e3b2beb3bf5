import { OPERATION_QUERIES } from '../../queries/operation-queries.ts';
import { diffFlameGraph } from './diff-flame-graph.ts';
import type { DiffModel } from './diff-model.ts';
import { diffSides } from './diff-sides.ts';
import { diffTable } from './diff-table.ts';

/** Everything that can be asked of two profiles. Arguments and answers are plain data, as those of queries of one. */
export const DIFF_QUERIES = { ...OPERATION_QUERIES, diffSides, diffFlameGraph, diffTable };

export type DiffQueryName = keyof typeof DIFF_QUERIES;
export type DiffQueryArguments<N extends DiffQueryName> =
  Parameters<(typeof DIFF_QUERIES)[N]> extends [unknown, infer A] ? A : undefined;
export type DiffQueryAnswer<N extends DiffQueryName> = ReturnType<(typeof DIFF_QUERIES)[N]>;

/** Asks a model in this process. */
export function askDiff<N extends DiffQueryName>(
  model: DiffModel,
  name: N,
  args: DiffQueryArguments<N>,
): DiffQueryAnswer<N> {
  const query = DIFF_QUERIES[name] as unknown as (model: DiffModel, args: DiffQueryArguments<N>) => DiffQueryAnswer<N>;
  return query(model, args);
}
