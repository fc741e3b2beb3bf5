import { operationWords } from '../operations/index.ts';
import { threadLabel } from '../thread-label.ts';
import type { QueryModel, View } from './query-model.ts';

/** What of a recording a view shows, in words, what is counted first: `cpu-clock`, `thread render (4242)`, `only with /parse/`. */
export function viewWords({ profile }: QueryModel, { view }: { view: View }): readonly string[] {
  const { values, threads, strings } = profile;
  const chosen = (view.threads ?? []).map((thread) =>
    threadLabel({ name: strings[threads.name[thread]], tid: threads.tid[thread] }),
  );
  const named = chosen.length > MOST_NAMED ? `${chosen.length} threads` : chosen.join(', ');
  return [
    values[view.value].type,
    ...(view.threads === null ? [] : [chosen.length === 1 ? `thread ${named}` : named || 'no thread']),
    ...(view.inlines ? [] : ['inlined functions as part of their caller']),
    ...(view.kernel ? [] : ['kernel as part of the system call']),
    ...view.operations.map(operationWords),
  ];
}

/** Of threads that are each named; of more it is said how many there are. */
const MOST_NAMED = 5;
