import type { TreePlace } from './tree-place.ts';

/** How many of the parents of what is seen stay in sight. */
export const STICKY_PARENTS = 3;

/**
 * Rows of parents that are out of sight above, from the outermost of the nearest; each hides a row, which may have other parents.
 *
 * @param first row that is in sight, be it in part
 * @param top row at the upper edge, with the part of it that is out of sight
 * @param placeOf undefined where a row isn't there yet
 */
export function parentsOver(
  first: number,
  top: number,
  placeOf: (index: number) => TreePlace | undefined,
): readonly number[] {
  let parents: readonly number[] = [];
  for (let covered = 0; covered <= STICKY_PARENTS; covered++) {
    const way = parentsOf(first + covered, placeOf).filter((parent) => parent < first + covered);
    const nearest = way.slice(-STICKY_PARENTS);
    // A parent that is in sight itself needs no second row.
    parents = nearest.filter((parent) => parent < top + covered);
    if (parents.length <= covered) break;
  }
  return parents;
}

function parentsOf(index: number, placeOf: (index: number) => TreePlace | undefined): readonly number[] {
  const way: number[] = [];
  let place = placeOf(index);
  while (place !== undefined && way.length < STICKY_PARENTS) {
    const { parentRow } = place;
    if (parentRow < 0) break;
    way.unshift(parentRow);
    place = placeOf(parentRow);
  }
  return way;
}
