import { basename } from 'node:path';
import type { Host } from '../../host/host.ts';
import { Problem } from '../../host/problem.ts';
import type { Highlight } from '../../protocol/flame-graph.ts';
import type { WantedPlace } from './wanted-place.ts';

/** The functions of the active recording that a place stands for. */
export async function findHighlight(host: Host, wanted: WantedPlace): Promise<Highlight | undefined> {
  const { current, view } = host.active;
  if (!current || !view)
    throw new Problem('No recording is open. Profile a program, or open a profile.', { isHint: true });
  const { file, line, function: name } = wanted;
  if (name !== undefined) return { label: name, name, functions: [] };
  if (file === undefined) return undefined;
  const recorded = await recordedPath(host, file);
  const label = line === undefined ? basename(file) : `${basename(file)}:${line}`;
  const { functions } = await current.session.ask('fileLines', { view, file: recorded ?? file });
  const around = functions.filter(
    (func) => line === undefined || (firstLine(func.line, func.firstLine) <= line && line <= func.lastLine),
  );
  if (around.length === 0) {
    throw new Problem(`${label} isn't in the flame graph: no sample was taken in a function there.`, { isHint: true });
  }
  return { label, name: null, functions: around.map((func) => func.function) };
}

/** A function starts where it is defined, or where its first line with cost is when that isn't known. */
function firstLine(definition: number, withCost: number): number {
  return definition > 0 ? Math.min(definition, withCost) : withCost;
}

/** The recorded path of a file on this machine. */
async function recordedPath({ active, sources }: Host, path: string): Promise<string | undefined> {
  const files = active.current!.overview.files.map((file) => file.path);
  if (files.includes(path)) return path;
  for (const recorded of files) {
    if (basename(recorded) !== basename(path)) continue;
    const match = await sources.locate(recorded);
    if (match.kind === 'found' && match.path === path) return recorded;
  }
  return undefined;
}
