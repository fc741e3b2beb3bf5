import * as vscode from 'vscode';
import type { Operation, OperationName } from '../core/profile/operations/operation.ts';
import type { OperationChoice, ReadOperation } from '../core/profile/queries/operation-choices.ts';
import { chooseFirst } from './choose-first.ts';
import { isCancelled, Problem } from './problem.ts';

/** What knows the operations: the worker of a recording, or of two. */
export interface KnowsOperations {
  choices(): Promise<readonly OperationChoice[]>;
  read(typed: { name: OperationName; text: string }): Promise<ReadOperation>;
  /** Rejects where it can't be done to what is shown, such as a range of time to a recording without times. */
  attempt(operation: Operation): Promise<unknown>;
}

/**
 * Asks for something to be done to a recording before it is shown; undefined where the person would rather not. Throws a Problem where it
 * can't be done: what can't be shown has no chip to take it away again.
 */
export async function askOperation(worker: KnowsOperations): Promise<Operation | undefined> {
  const choices = await worker.choices();
  const operation = await chooseFirst(
    choices.map((choice) => ({ label: title(choice), description: `--${choice.name}`, detail: choice.help, choice })),
    { title: 'Add a Filter', placeHolder: 'What to do to the profile before it is shown' },
    ({ choice }) => readValue(worker, choice),
  );
  if (operation) await attempt(worker, operation);
  return operation;
}

async function attempt(worker: KnowsOperations, operation: Operation): Promise<void> {
  try {
    await worker.attempt(operation);
  } catch (error) {
    if (isCancelled(error)) throw error;
    throw new Problem(error instanceof Error ? error.message : String(error));
  }
}

/** Asks for the value of an operation, where it has one. */
async function readValue(
  worker: KnowsOperations,
  { name, value, help, choices }: OperationChoice,
): Promise<Operation | undefined> {
  const read = (text: string) => worker.read({ name, text });
  let text: string | undefined = '';
  if (choices) {
    const items = choices.map((choice) => ({ label: choice.value, description: choice.words }));
    text = (await vscode.window.showQuickPick(items, { title: help, placeHolder: 'Which' }))?.label;
  } else if (value !== '') {
    text = await vscode.window.showInputBox({
      title: help,
      prompt: PROMPTS[value] ?? value,
      validateInput: async (typed) => {
        const answer = await read(typed);
        return 'problem' in answer ? answer.problem : undefined;
      },
    });
  }
  if (text === undefined) return undefined;
  const answer = await read(text);
  return 'operation' in answer ? answer.operation : undefined;
}

/** What is typed, by what stands for it on the command line. */
const PROMPTS: Readonly<Record<string, string>> = {
  RE: 'A regular expression, found anywhere in the name of a function, its file or its module',
  TIME: 'Since the start: 1.5s, 200ms, or 10%',
  FILTER: 'A regular expression for labels, KEY=RE, or a range such as 1kb:2kb',
  KEY: 'The key of a label',
  PID: 'The number of a process',
  'N[,NAME]': 'How many there were, and of what: 1200,request',
};

/** `show-from` → `Show from`. */
function title({ name }: OperationChoice): string {
  const words = name.replaceAll('-', ' ');
  return words[0].toUpperCase() + words.slice(1);
}
