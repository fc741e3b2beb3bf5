import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { SpeedscopeContract, SpeedscopeOpen, SpeedscopeState } from '../../../src/protocol/speedscope.ts';
import { element } from '../../lib/dom.ts';
import { placeholder } from '../../widgets/placeholder.ts';
import { type StatusRow, statusRow } from './status-row.ts';
import { startViewer, type Viewer } from './viewer.ts';

type Host = HostConnection<SpeedscopeContract>;

/** speedscope, a row that says what it shows, and what stands over it while it shows nothing. */
export class SpeedscopePanel {
  readonly #host: Host;
  readonly #folder: URL;
  readonly #cover = element('main', { className: 'cover' });
  readonly #status: StatusRow;
  #viewer: Promise<Viewer> | undefined;
  /** Of what is shown or on its way; what comes late for another one is dropped. */
  #version: number | undefined;

  constructor(host: Host, folder: URL) {
    this.#host = host;
    this.#folder = folder;
    this.#status = statusRow(() => void host.ask('reload', null));
    document.body.append(this.#status.element, this.#cover);
    host.onChange(
      (what) => void (what === 'recording' ? this.#show() : this.#tell().catch((error) => this.#fail(error))),
    );
    void this.#show();
  }

  async #show(): Promise<void> {
    try {
      const state = await this.#host.ask('state', null);
      if (state.status === 'open') {
        if (state.version !== this.#version) await this.#load(state);
        return;
      }
      this.#version = undefined;
      this.#status.show(undefined);
      this.#coverWith(this.#nothing(state));
    } catch (error) {
      this.#fail(error);
    }
  }

  async #load(state: SpeedscopeOpen): Promise<void> {
    this.#version = state.version;
    const isLast = () => this.#version === state.version;
    try {
      this.#status.show(undefined);
      this.#coverWith(waiting(state, 'Writing the profile for Speedscope'));
      const { name, bytes, losses } = await this.#host.ask('file', null);
      if (!isLast()) return;
      this.#coverWith(waiting(state, 'Speedscope reads the profile'));
      this.#viewer ??= startViewer(this.#folder, element('div'));
      const viewer = await this.#viewer;
      if (!isLast()) return;
      await viewer.load(name, bytes);
      if (!isLast()) return;
      this.#cover.hidden = true;
      this.#status.show(state, losses);
      await this.#tell();
    } catch (error) {
      if (isLast()) this.#fail(error);
    }
  }

  /** Says anew what is said about the picture, which stays. */
  async #tell(): Promise<void> {
    const state = await this.#host.ask('state', null);
    if (this.#cover.hidden && state.status === 'open') this.#status.show(state);
    else if (!this.#cover.hidden && state.status === 'loading') this.#coverWith(this.#nothing(state));
  }

  #coverWith(shown: HTMLElement): void {
    this.#cover.replaceChildren(shown);
    this.#cover.hidden = false;
  }

  #nothing(state: Exclude<SpeedscopeState, SpeedscopeOpen>): HTMLElement {
    if (state.status === 'loading') {
      const { title, doing: message, done } = state;
      const cancel = { title: 'Cancel', run: () => void this.#host.ask('cancel', null) };
      return placeholder({ icon: 'graph', title, message, done, actions: [cancel] }).element;
    }
    return placeholder({
      icon: 'graph',
      title: 'No recording is open',
      message: 'Profile a program, or open a profile that there is.',
      actions: state.actions.map(({ id, title }) => ({ title, run: () => void this.#host.ask('act', id) })),
    }).element;
  }

  #fail(error: unknown): void {
    this.#status.show(undefined);
    this.#coverWith(
      placeholder({
        icon: 'error',
        title: 'Speedscope can’t show this',
        message: error instanceof Error ? error.message : String(error),
        actions: [
          { title: 'Try Again', run: () => void this.#host.ask('reload', null) },
          { title: 'Open Flame Graph', run: () => void this.#host.ask('act', 'perfwright.flameGraph.open') },
        ],
      }).element,
    );
  }
}

function waiting({ title }: SpeedscopeOpen, message: string): HTMLElement {
  return placeholder({ icon: 'graph', title, message, done: null, actions: [] }).element;
}
