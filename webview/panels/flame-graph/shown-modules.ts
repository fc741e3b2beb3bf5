import type { SeenModules } from '../../../src/core/profile/flame-colours.ts';
import type { Open } from '../../../src/protocol/flame-graph.ts';

/** Modules of the recording that is shown, in the order in which they have their colours: in whatever is shown of it one module has one. */
export class ShownModules {
  #of = '';
  #modules: SeenModules = new Set();

  /** Of a recording as it is looked at. What is counted in other units is no measure for them. */
  of({ id, view, modules }: Open): SeenModules {
    const key = `${id} ${view.value}`;
    if (this.#of !== key) {
      this.#of = key;
      this.#modules = new Set(modules);
    }
    return this.#modules;
  }

  /** The recording is another, or the same file read anew. */
  forget(): void {
    this.#of = '';
  }
}
