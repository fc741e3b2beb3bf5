import type { FlameGraphState, Open } from '../../../src/protocol/flame-graph.ts';
import { placeholder } from '../../widgets/placeholder.ts';

/** What stands in the picture's place while there is none. */
export function statePlaceholder(
  state: Exclude<FlameGraphState, Open>,
  { onCancel, onAct }: { onCancel(): void; onAct(id: string): void },
): HTMLElement {
  const actions = () =>
    'actions' in state ? state.actions.map(({ id, title }) => ({ title, run: () => onAct(id) })) : [];
  if (state.status === 'loading') {
    const { title, doing, done } = state;
    return placeholder({ icon: 'flame', title, message: doing, done, actions: [{ title: 'Cancel', run: onCancel }] });
  }
  if (state.status === 'failed') {
    return placeholder({ icon: 'error', title: state.title, message: state.message, actions: actions() });
  }
  return placeholder({
    icon: 'flame',
    title: 'No recording is open',
    message: 'Profile a program, or open a profile that there is.',
    actions: actions(),
  });
}

/** A recording without anything in view. */
export function nothingInView({ values, view }: Open, onAllThreads: () => void): HTMLElement {
  return placeholder({
    icon: 'flame',
    title: `No ${values[view.value].type} in view`,
    message: 'The threads or the value that are looked at have no cost. Choose others above.',
    actions: view.threads ? [{ title: 'Show All Threads', run: onAllThreads }] : [],
  });
}

/** The calls are being added up, which may take seconds for a large recording. */
export function addingUp({ title }: Open, onCancel: () => void): HTMLElement {
  return placeholder({
    icon: 'flame',
    title,
    message: 'Adding up the calls',
    done: null,
    actions: [{ title: 'Cancel', run: onCancel }],
  });
}

/** The host or this page has failed. */
export function failure(message: string, onRetry: () => void): HTMLElement {
  return placeholder({
    icon: 'error',
    title: 'The flame graph can’t be shown',
    message,
    actions: [{ title: 'Try Again', run: onRetry }],
  });
}
