import type { FlameWindow } from './flame-visible.ts';

/** Where one is in a call tree, by the functions on the way down: that holds in another view of the recording too. */
export interface FlamePlaces {
  readonly zoom: { readonly path: readonly string[]; readonly window: FlameWindow };
  /** Empty where nothing is selected. */
  readonly selected: readonly string[];
}

/** Everything, and nothing selected. */
export const START: FlamePlaces = { zoom: { path: [], window: { left: 0, right: 1 } }, selected: [] };

export function isStart({ zoom, selected }: FlamePlaces): boolean {
  const { left, right } = zoom.window;
  return zoom.path.length === 0 && selected.length === 0 && left === 0 && right === 1;
}

/** Places from data that may be anything; undefined where it is none. */
export function flamePlacesFrom(data: unknown): FlamePlaces | undefined {
  const { zoom, selected } = fieldsOf(data);
  const { path, window } = fieldsOf(zoom);
  const { left, right } = fieldsOf(window);
  if (!isPath(path) || !isPath(selected) || typeof left !== 'number' || typeof right !== 'number') return undefined;
  return left >= 0 && left < right && right <= 1 ? { zoom: { path, window: { left, right } }, selected } : undefined;
}

function isPath(data: unknown): data is readonly string[] {
  return Array.isArray(data) && data.every((name) => typeof name === 'string');
}

function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
}
