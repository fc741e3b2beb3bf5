import { spawnSync } from 'node:child_process';

/** Rows of `perf report`: function and module, `main [planted-c]`, and number of samples. */
export type Rows = readonly (readonly [key: string, count: number])[];

/** Samples whose innermost function is the row's, as `perf report --no-children --no-inline` counts them. */
export function reportedSelf(recording: string): Rows {
  const rows = reportRows(recording, ['--no-children', '-F', 'sample,dso,sym']);
  return rows.map(([count, module, symbol]) => [key(symbol, module), Number(count)]);
}

/**
 * Samples that have the row's function anywhere in their stack, as `perf report --children` counts them. perf prints shares with two
 * decimals only; with samples of one weight and fewer than 5000 of them that gives the count.
 */
export function reportedTotal(recording: string, samples: number): Rows {
  if (samples >= 5000)
    throw new RangeError(`${samples} samples: too many to work out counts from shares with two decimals`);
  const rows = reportRows(recording, ['--children', '-F', 'overhead_children,dso,sym']);
  return rows.map(([share, module, symbol]) => [
    key(symbol, module),
    Math.round((Number.parseFloat(share) / 100) * samples),
  ]);
}

/**
 * What is not the same, in words. perf report has a row for each symbol; a function whose code is in a program several times, as what a
 * header defines may be, is one row of ours: so we may have fewer rows of a name, never more.
 */
export function differences(own: Rows, reported: Rows): string[] {
  // perf before 6.3 has no name for the stub of a function that is chosen when the program starts.
  const keyOf = (key: string) => key.replace(/^offset_0x[0-9a-f]+@plt /, '@plt ');
  const [ours, theirs] = [own, reported].map((rows) => Map.groupBy(rows, ([key]) => keyOf(key)));
  const told = (rows: Rows = []) => rows.map(([, count]) => count).join(' + ') || 'nothing';
  const sum = (rows: Rows = []) => rows.reduce((all, [, count]) => all + count, 0);
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((key) => {
      const [mine, its] = [ours.get(key), theirs.get(key)];
      const isSplit = !key.startsWith('? ') && (mine?.length ?? 0) > (its?.length ?? 0);
      return isSplit || sum(mine) !== sum(its);
    })
    .map((key) => `${key}: ${told(ours.get(key))}, perf report ${told(theirs.get(key))}`)
    .sort();
}

function reportRows(recording: string, options: readonly string[]): string[][] {
  const fixed = ['report', '-i', recording, '--stdio', '--no-inline', '-g', 'none', '-t', '\t', '--percent-limit', '0'];
  const { status, stdout, stderr } = spawnSync('perf', [...fixed, ...options], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`perf report: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t').map((cell) => cell.trim()));
}

/** `[.] main` and `planted-c` → `main [planted-c]`. What has no symbol is one row a module in what we compare. */
function key(symbol: string, module: string): string {
  const name = symbol.replace(/^\[[.kgu]\] /, '');
  return /^(0x[0-9a-f]+|[0-9a-f]{16})$/.test(name) ? `? [${module}]` : `${name} [${module}]`;
}
