import * as vscode from 'vscode';
import type { Requests } from '../../core/profile/diff/normalisation.ts';

/** Asks how many requests there were before and after. Undefined where the person doesn't say. */
export async function askRequests(known: Requests | null): Promise<Requests | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'How many requests were there, before and after?',
    prompt: 'Two numbers, as the load test counted them while each profile was taken. Costs are then told per request.',
    placeHolder: '1200, 1350',
    ...(known ? { value: `${known.before}, ${known.after}` } : {}),
    validateInput: (typed) => (requestsOf(typed) ? undefined : 'Expected two numbers above 0: 1200, 1350'),
  });
  return text === undefined ? undefined : requestsOf(text);
}

function requestsOf(text: string): Requests | undefined {
  const counts = text
    .split(/[,\s]+/)
    .filter((part) => part !== '')
    .map(Number);
  if (counts.length !== 2 || !counts.every((count) => count > 0 && Number.isFinite(count))) return undefined;
  return { before: counts[0], after: counts[1], name: 'request' };
}
