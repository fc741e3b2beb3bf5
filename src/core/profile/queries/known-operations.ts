import { operationsFrom } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';

/** The operations in a list that may be anything; without what is none. It is a question so that only the worker knows the operations. */
export function knownOperations(_: unknown, { data }: { data: unknown }): readonly Operation[] {
  return operationsFrom(data);
}
