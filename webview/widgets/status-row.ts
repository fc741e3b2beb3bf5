import { element } from '../lib/dom.ts';
import { qualityNote } from './quality-note.ts';

export interface StatusParts {
  /** What the row says before what went wrong. */
  readonly first: readonly HTMLElement[];
  /** And after it, before how good the data are. */
  readonly last?: readonly HTMLElement[];
  readonly mayMisleadTitle?: string;
}

/** The row at the foot of a panel: what the panel says there, what went wrong or was done, and how good the data are. */
export function statusRow({ first, last = [], mayMisleadTitle = 'What the picture may mislead about' }: StatusParts) {
  const notice = element('div', { className: 'status-notice' });
  const quality = qualityNote(mayMisleadTitle);
  return {
    element: element('footer', { className: 'status-row' }, ...first, notice, ...last, ...quality.elements),
    showNotice(text: string, { isError = true } = {}): void {
      notice.textContent = text;
      notice.title = text;
      notice.classList.toggle('error', isError);
    },
    /** What was done is no news any more where one has gone on; what went wrong stays. */
    endNews(): void {
      if (!notice.classList.contains('error')) notice.textContent = '';
    },
    showQuality: quality.show,
  };
}
