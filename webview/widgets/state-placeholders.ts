import type { Failed, NextStep, NothingOpen } from '../../src/protocol/panel-state.ts';
import { type PlaceholderText, placeholder } from './placeholder.ts';

type Act = (id: string) => void;

/** What stands in the picture's place while nothing is open. */
export function nothingOpen(
  icon: string,
  { actions }: NothingOpen,
  onAct: Act,
  words: Pick<PlaceholderText, 'title' | 'message'> = {
    title: 'No recording is open',
    message: 'Profile a program, or open a profile that there is.',
  },
): HTMLElement {
  return placeholder({ icon, ...words, actions: offered(actions, onAct) }).element;
}

/** What was to be shown could not be read. */
export function notRead({ title, message, actions }: Failed, onAct: Act): HTMLElement {
  return placeholder({ icon: 'error', title, message, actions: offered(actions, onAct) }).element;
}

/** Something is being done, and nobody knows for how long. */
export function working(icon: string, title: string, message: string, onCancel?: () => void): HTMLElement {
  const actions = onCancel ? [{ title: 'Cancel', run: onCancel }] : [];
  return placeholder({ icon, title, message, done: null, actions }).element;
}

/** The host or this page has failed. */
export function failure(title: string, message: string, onRetry: () => void): HTMLElement {
  return placeholder({ icon: 'error', title, message, actions: [{ title: 'Try Again', run: onRetry }] }).element;
}

function offered(actions: readonly NextStep[], onAct: Act): PlaceholderText['actions'] {
  return actions.map(({ id, title }) => ({ title, run: () => onAct(id) }));
}
