import { OPERATION_NAMES, rowOf } from '../operations/index.ts';
import type { Operation, OperationName } from '../operations/operation.ts';

/** An operation that a person may choose. */
export interface OperationChoice {
  readonly name: OperationName;
  /** What stands for its value: `RE`; `''` where it has none. */
  readonly value: string;
  readonly help: string;
  /** The values there are, each with what it means; undefined where it is a text. */
  readonly choices: readonly { readonly value: string; readonly words: string }[] | undefined;
}

/** Everything that can be done to a profile, to choose from. */
export function operationChoices(_: unknown): readonly OperationChoice[] {
  return OPERATION_NAMES.map((name) => {
    const row = rowOf(name);
    const choices = row.choices?.map((value) => ({ value, words: row.words(row.read(value)) }));
    return { name, value: row.value, help: row.help, choices };
  });
}

export type ReadOperation = { readonly operation: Operation } | { readonly problem: string };

/** The operation that a name and a value say, or why there is none. */
export function readOperation(_: unknown, { name, text }: { name: OperationName; text: string }): ReadOperation {
  try {
    return { operation: rowOf(name).read(text) as Operation };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
