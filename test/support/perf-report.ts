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
  return unequal(own, reported).map(({ words }) => words);
}

/**
 * The same of totals, but for what a call counts for that is the last instruction of its function: perf looks return addresses up as they
 * are, so that is the function after it. What perf reports for such calls alone is known exactly; we must not have it there, and have no
 * more than that elsewhere.
 */
export function totalDifferences(own: Rows, recording: string, samples: number): string[] {
  const ofCallBefore = countedForCallBefore(recording);
  const most = [...ofCallBefore.values()].reduce((sum, count) => sum + count, 0);
  const reported = reportedTotal(recording, samples).flatMap(([key, count]): Rows => {
    const rest = count - (ofCallBefore.get(key) ?? 0);
    ofCallBefore.delete(key);
    return rest === 0 ? [] : [[key, rest]];
  });
  const isNamed = ([key]: readonly [string, number]) => !key.startsWith('? ');
  const found = unequal(own.filter(isNamed), reported.filter(isNamed));
  const more = found.reduce((sum, { mine, its }) => sum + mine - its, 0);
  const isExplained = more <= most && found.every(({ mine, its, isSplit }) => mine > its && !isSplit);
  return isExplained ? [] : found.map(({ words }) => words);
}

interface Unequal {
  readonly mine: number;
  readonly its: number;
  readonly isSplit: boolean;
  readonly words: string;
}

function unequal(own: Rows, reported: Rows): readonly Unequal[] {
  // perf before 6.3 has no name for the stub of a function that is chosen when the program starts.
  const keyOf = (key: string) => key.replace(/^offset_0x[0-9a-f]+@plt /, '@plt ');
  const [ours, theirs] = [own, reported].map((rows) => Map.groupBy(rows, ([key]) => keyOf(key)));
  const told = (rows: Rows = []) => rows.map(([, count]) => count).join(' + ') || 'nothing';
  const sum = (rows: Rows = []) => rows.reduce((all, [, count]) => all + count, 0);
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .sort()
    .map((key) => {
      const [mine, its] = [ours.get(key), theirs.get(key)];
      const isSplit = !key.startsWith('? ') && (mine?.length ?? 0) > (its?.length ?? 0) && its !== undefined;
      const words = `${key}: ${told(mine)}, perf report ${told(its)}`;
      return { mine: sum(mine), its: sum(its), isSplit, words };
    })
    .filter(({ mine, its, isSplit }) => isSplit || mine !== its);
}

/** By row: samples whose stack has the function only as what follows a call, at its very start. */
function countedForCallBefore(recording: string): Map<string, number> {
  const options = ['script', '-i', recording, '--no-inline', '-F', 'ip,sym,symoff,dso'];
  const { status, stdout, stderr } = spawnSync('perf', options, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`perf script: ${stderr}`);
  const counts = new Map<string, number>();
  for (const sample of stdout.split('\n\n')) {
    const atStart = new Set<string>();
    const elsewhere = new Set<string>();
    let isKernel = false;
    const lines = sample.split('\n').filter((line) => line.trim() !== '');
    for (const [at, line] of lines.entries()) {
      const [, address, symbol, offset, path] = /^\s*([0-9a-f]+) (.*?)(?:\+0x([0-9a-f]+))? \((.*)\)$/.exec(line) ?? [];
      if (symbol === undefined) continue;
      const row = `${symbol} [${path.slice(path.lastIndexOf('/') + 1)}]`;
      // Where the processor was, in the program as in the kernel, is no return address.
      const wasKernel = isKernel;
      isKernel = address.length === 16 && address.startsWith('ffff');
      const isReturn = at > 0 && !(wasKernel && !isKernel);
      if (isReturn && offset === '0') atStart.add(row);
      else elsewhere.add(row);
    }
    for (const row of atStart) if (!elsewhere.has(row)) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return counts;
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
