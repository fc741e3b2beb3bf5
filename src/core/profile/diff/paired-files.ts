/**
 * By path of one build the path of the same file in the other: the same path; else the only one on either side that ends in the same parts,
 * the more of them the better. A source tree that was built in another folder has other paths, and is still the same.
 */
export function pairedFiles(before: Iterable<string>, after: Iterable<string>): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const left = new Set([...before].filter((path) => path !== ''));
  const right = new Set([...after].filter((path) => path !== ''));
  for (const path of left) {
    if (!right.has(path)) continue;
    pairs.set(path, path);
    left.delete(path);
    right.delete(path);
  }
  for (let parts = MOST_PARTS; parts > 0 && left.size > 0 && right.size > 0; parts--) {
    const [ownLeft, ownRight] = [onlyByEnd(left, parts), onlyByEnd(right, parts)];
    for (const [end, path] of ownLeft) {
      const other = ownRight.get(end);
      if (path === undefined || other === undefined) continue;
      pairs.set(path, other);
      left.delete(path);
      right.delete(other);
    }
  }
  return pairs;
}

/** By the last parts of a path: the path, or undefined where several have them. */
function onlyByEnd(paths: ReadonlySet<string>, parts: number): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const path of paths) {
    const end = path.split('/').slice(-parts).join('/');
    found.set(end, found.has(end) ? undefined : path);
  }
  return found;
}

const MOST_PARTS = 8;
