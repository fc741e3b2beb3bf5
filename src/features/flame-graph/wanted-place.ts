import type { FlamePlaces } from '../../core/profile/flame-places.ts';

/** What someone wants to see in the flame graph: a function, a line of a file, or what a link leads to. */
export interface WantedPlace {
  /** Name, with or without parameters. */
  readonly function?: string;
  /** As recorded, or as it is on this machine. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly places?: FlamePlaces;
}

/** The place that a command was given; undefined where it is something else, as the row that has the focus when a view's button is pressed. */
export function wantedPlace(given: unknown): WantedPlace | undefined {
  const { function: name, file, places } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const isPlace = typeof name === 'string' || typeof file === 'string' || (typeof places === 'object' && places);
  return isPlace ? (given as WantedPlace) : undefined;
}
