import { operationWords } from '../operations/index.ts';
import { threadLabel } from '../thread-label.ts';
import type { QueryModel, View } from './query-model.ts';

/** Something that a view does to a recording before it is shown, in words: `thread render (4242)`, `only with /parse/`. */
export interface ViewPart {
  readonly of: 'threads' | 'inlines' | 'kernel' | 'operation';
  readonly words: string;
}

/** What a view does to a recording, in order; one part for each operation. */
export function viewParts({ profile }: QueryModel, { view }: { view: View }): readonly ViewPart[] {
  const { threads, strings } = profile;
  const parts = lookParts(undefined, view);
  if (view.threads === null) return parts;
  const chosen = view.threads.map((thread) =>
    threadLabel({ name: strings[threads.name[thread]], tid: threads.tid[thread] }),
  );
  const named = chosen.length > MOST_NAMED ? `${chosen.length} threads` : chosen.join(', ');
  return [{ of: 'threads', words: chosen.length === 1 ? `thread ${named}` : named || 'no thread' }, ...parts];
}

/** The parts that don't depend on what is looked at: those of a comparison, too. */
export function lookParts(
  _: unknown,
  { inlines, kernel, operations }: Pick<View, 'inlines' | 'kernel' | 'operations'>,
): readonly ViewPart[] {
  return [
    ...(inlines ? [] : [{ of: 'inlines', words: 'inlined functions as part of their caller' } as const]),
    ...(kernel ? [] : [{ of: 'kernel', words: 'kernel as part of the system call' } as const]),
    ...operations.map((operation) => ({ of: 'operation', words: operationWords(operation) }) as const),
  ];
}

/** Of threads that are each named; of more it is said how many there are. */
const MOST_NAMED = 5;
