import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { SpeedscopeContract, SpeedscopeOpen, SpeedscopeState } from '../../../src/protocol/speedscope.ts';
import { element } from '../../lib/dom.ts';
import { messageOf } from '../../lib/message-of.ts';
import { LoadingPlaceholder } from '../../widgets/loading-placeholder.ts';
import { placeholder } from '../../widgets/placeholder.ts';
import { nothingOpen, working } from '../../widgets/state-placeholders.ts';
import { type StatusRow, statusRow } from './status-row.ts';
import { startViewer, type Viewer } from './viewer.ts';

type Host = HostConnection<SpeedscopeContract>;

/** speedscope, a row that says what it shows, and what stands over it while it shows nothing. */
export class SpeedscopePanel {
  readonly #host: Host;
  readonly #folder: URL;
  readonly #cover = element('main', { className: 'cover' });
  readonly #status: StatusRow;
  readonly #loading = new LoadingPlaceholder('graph', () => void this.#host.ask('cancel', null));
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
      this.#showNothing(state);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #load(state: SpeedscopeOpen): Promise<void> {
    this.#version = state.version;
    const isLast = () => this.#version === state.version;
    try {
      this.#status.show(undefined);
      this.#coverWith(working('graph', state.title, 'Writing the profile for Speedscope'));
      const { name, bytes, losses } = await this.#host.ask('file', null);
      if (!isLast()) return;
      this.#coverWith(working('graph', state.title, 'Speedscope reads the profile'));
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
    else if (!this.#cover.hidden && state.status === 'loading') this.#showNothing(state);
  }

  #coverWith(shown: HTMLElement): void {
    this.#cover.replaceChildren(shown);
    this.#cover.hidden = false;
  }

  #showNothing(state: Exclude<SpeedscopeState, SpeedscopeOpen>): void {
    if (state.status === 'empty') {
      this.#coverWith(nothingOpen('graph', state, (id) => void this.#host.ask('act', id)));
      return;
    }
    const cover = this.#loading.show(state);
    if (cover) this.#coverWith(cover);
    this.#cover.hidden = false;
  }

  #fail(error: unknown): void {
    this.#status.show(undefined);
    this.#coverWith(
      placeholder({
        icon: 'error',
        title: 'Speedscope can’t show this',
        message: messageOf(error),
        actions: [
          { title: 'Try Again', run: () => void this.#host.ask('reload', null) },
          { title: 'Open Flame Graph', run: () => void this.#host.ask('act', 'perfwright.flameGraph.open') },
        ],
      }).element,
    );
  }
}
