import { exactly } from '../../pattern.ts';
import type { Operation } from '../operations/operation.ts';
import type { QueryModel } from './query-model.ts';

export type ExactOperation = Extract<Operation['op'], 'focus' | 'ignore' | 'hide' | 'merge'>;

/** The operation that means exactly what is called so, and nothing whose name only begins alike. It is a question so that only the worker knows patterns. */
export function exactOperation(_: QueryModel, { op, name }: { op: ExactOperation; name: string }): Operation {
  return { op, pattern: exactly(name) };
}
