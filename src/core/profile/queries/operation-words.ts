import { operationWords as wordsOf } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';

/** What the chips of operations say. */
export function operationWords(_: unknown, { operations }: { operations: readonly Operation[] }): readonly string[] {
  return operations.map(wordsOf);
}
