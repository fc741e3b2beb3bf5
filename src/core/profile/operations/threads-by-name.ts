import { exactPattern } from '../../exact-pattern.ts';
import type { Operation } from './operation.ts';

/** What leaves only samples of threads that are called as some are. */
export interface ThreadsByName {
  readonly names: readonly string[];
  readonly operation: Operation;
  /** Threads that are called so, too, and weren't meant. */
  readonly others: number;
}

/** Threads of a recording by their names, which those of another have, too; undefined where one has none. */
export function threadsByName(
  threads: readonly { readonly name: string }[],
  chosen: readonly number[],
): ThreadsByName | undefined {
  const names = [...new Set(chosen.map((thread) => threads[thread].name))];
  if (names.length === 0 || names.includes('')) return undefined;
  // A comma stands between two patterns.
  const patterns = names.map((name) => exactPattern(name).replaceAll(',', '\\x2c'));
  const others = threads.filter(({ name }, thread) => names.includes(name) && !chosen.includes(thread)).length;
  return { names, operation: { op: 'tagfocus', filter: `comm=${patterns.join(',')}` }, others };
}
