import type { View } from './queries/query-model.ts';

/** What shares are of: everything in the recording, or only what is in view. */
export type ShareOf = 'all' | 'view';

type Part = Pick<View, 'threads' | 'operations'>;

/** Whether everything is in view, so that shares of it are shares of all. */
export function isAllInView({ threads, operations }: Part): boolean {
  return threads === null && operations.length === 0;
}

/** What shares are of, for a person: `all`, `this thread` or `what is in view`. */
export function wholeName(view: Part, shareOf: ShareOf): string {
  if (shareOf === 'all' || isAllInView(view)) return 'all';
  return view.threads?.length === 1 && view.operations.length === 0 ? 'this thread' : 'what is in view';
}
