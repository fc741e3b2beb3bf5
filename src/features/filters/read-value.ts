import * as vscode from 'vscode';
import type { Operation } from '../../core/profile/operations/operation.ts';
import type { OperationChoice } from '../../core/profile/queries/operation-choices.ts';
import type { ProfileSession } from '../../runs/profile-session.ts';

/** Asks for the value of an operation, where it has one; undefined where the person would rather not. */
export async function readValue(
  session: ProfileSession,
  { name, value, help, choices }: OperationChoice,
): Promise<Operation | undefined> {
  const read = (text: string) => session.ask('readOperation', { name, text });
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
