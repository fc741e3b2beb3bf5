import type { View } from './queries/query-model.ts';

/** What of a recording there is to choose from. */
export interface Choices {
  /** Of all of the recording, whatever is in view. */
  readonly samples: number;
  readonly values: { readonly length: number };
  readonly threads: { readonly length: number };
  readonly view: Pick<View, 'threads' | 'operations'>;
}

/** Why nothing in view costs anything, and what to choose otherwise; it names only what there is to choose from. `where` is said after it. */
export function whyNothing({ samples, values, threads, view }: Choices, where = ''): string {
  if (samples === 0) return 'The recording holds no samples.';
  const choices = [
    ...(threads.length > 1 || view.threads ? ['the threads'] : []),
    ...(values.length > 1 ? ['the value'] : []),
    ...(view.operations.length > 0 ? ['the filters'] : []),
  ];
  if (choices.length === 0) return 'All that the recording holds has a cost of 0.';
  const named = choices.length === 1 ? choices[0] : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  return `What was chosen leaves nothing to show. Change ${named}${where}.`;
}
