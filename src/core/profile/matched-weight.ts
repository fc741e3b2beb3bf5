import type { CallTree } from './call-tree.ts';

/** Weight that has one of these functions anywhere in its stack: a sample counts once, however often it has. */
export function matchedWeight({ length, parent, function: func, total }: CallTree, isMatch: Uint8Array): number {
  const covered = new Uint8Array(length);
  let weight = 0;
  for (let node = 1; node < length; node++) {
    const isBelow = covered[parent[node]] === 1;
    if (!isBelow && isMatch[func[node]] !== 1) continue;
    covered[node] = 1;
    if (!isBelow) weight += total[node];
  }
  return weight;
}
