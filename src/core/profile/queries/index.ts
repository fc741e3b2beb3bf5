import { callRows, callText } from './call-rows.ts';
import { callExpansion, callMatch, callNames, callNodes } from './call-steps.ts';
import { codeGroups } from './code-groups.ts';
import { commandLine } from './command-line.ts';
import { fileLines } from './file-lines.ts';
import { flameGraph } from './flame-graph.ts';
import { functionNeighbours, lineNeighbours } from './neighbours-of.ts';
import { OPERATION_QUERIES } from './operation-queries.ts';
import { overview } from './overview.ts';
import { measure, type QueryModel } from './query-model.ts';
import { sandwich } from './sandwich.ts';
import { speedscopeFile } from './speedscope-file.ts';
import { stackChart } from './stack-chart.ts';
import { subsecondHeatmap } from './subsecond-heatmap.ts';
import { summary } from './summary.ts';
import { threadTracks } from './thread-tracks.ts';
import { top } from './top.ts';
import { topRows, topText } from './top-rows.ts';
import { viewParts } from './view-parts.ts';
import { viewWords } from './view-words.ts';
import { workspaceShare } from './workspace-share.ts';

/**
 * Everything that can be asked of a profile. Arguments and answers are plain data, so that the same question is put in the command
 * line's own process and, through a worker, from the editor, and gets the same answer.
 */
export const QUERIES = {
  ...OPERATION_QUERIES,
  overview,
  measure,
  codeGroups,
  top,
  fileLines,
  functionNeighbours,
  lineNeighbours,
  flameGraph,
  sandwich,
  workspaceShare,
  speedscopeFile,
  viewParts,
  viewWords,
  commandLine,
  summary,
  threadTracks,
  stackChart,
  subsecondHeatmap,
  topRows,
  topText,
  callRows,
  callText,
  callExpansion,
  callMatch,
  callNames,
  callNodes,
};

export type QueryName = keyof typeof QUERIES;
export type QueryArguments<N extends QueryName> =
  Parameters<(typeof QUERIES)[N]> extends [unknown, infer A] ? A : undefined;
export type QueryAnswer<N extends QueryName> = ReturnType<(typeof QUERIES)[N]>;

/** Asks a model in this process. */
export function ask<N extends QueryName>(model: QueryModel, name: N, args: QueryArguments<N>): QueryAnswer<N> {
  const query = QUERIES[name] as unknown as (model: QueryModel, args: QueryArguments<N>) => QueryAnswer<N>;
  return query(model, args);
}
