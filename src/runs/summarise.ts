import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { QueryAnswer, QueryArguments, QueryName } from '../core/profile/queries/index.ts';
import type { Overview } from '../core/profile/queries/overview.ts';
import type { RunQuality, RunSummary } from './run.ts';

/** Puts a question to an open recording, in this process or through a session. */
export type Ask = <N extends QueryName>(name: N, args: QueryArguments<N>) => QueryAnswer<N> | Promise<QueryAnswer<N>>;

const TOP_ROWS = 10;

/** What a list of runs shows of a recording without opening it, seen from a folder of sources. */
export async function summarise(ask: Ask, folder: string): Promise<{ summary: RunSummary; quality: RunQuality }> {
  const overview = await ask('overview', undefined);
  const { rows } = await ask('top', { view: overview.defaultView, by: 'function', limit: TOP_ROWS });
  return {
    summary: {
      samples: overview.samples,
      values: overview.values.map(({ type, unit, total }) => ({ type, unit, total })),
      top: rows.map(({ name, file, line, self, total }) => ({ function: name, file, line, self, total })),
    },
    quality: await dataQuality(ask, overview, folder),
  };
}

/** What is known against the data, seen from a folder of sources; `null` is "not known". */
export async function dataQuality(ask: Ask, overview: Overview, folder: string): Promise<RunQuality> {
  const files = overview.files.filter(({ path }) => isInside(folder, path)).map(({ path }) => path);
  return {
    lost: known(overview.quality.lostSamples),
    brokenStacks: known(overview.quality.brokenStacks),
    unresolvedShare: known(overview.unresolvedShare),
    workspaceShare: known(await ask('workspaceShare', { view: overview.defaultView, files })),
    warnings: overview.quality.warnings,
  };
}

const known = (value: number) => (Number.isFinite(value) ? value : null);

/** Whether a recorded path is of a file in the folder. One that isn't absolute is relative to wherever it was compiled: it has to be there. */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, resolve(folder, path));
  const isBelow = way !== '' && way !== '..' && !way.startsWith('../');
  return isBelow && (isAbsolute(path) || existsSync(join(folder, way)));
}
