import { type SeenGroups, seenGroups } from '../../../src/core/profile/flame-colours.ts';
import type { Open } from '../../../src/protocol/flame-graph.ts';

/** Groups of the code that is shown, in the order in which they have their colours: in whatever is shown of a recording one group has one. */
export class ShownGroups {
  #of = '';
  #groups: SeenGroups | undefined;

  /** Of a recording as it is looked at. What is counted in other units is no measure for them. */
  of({ id, view, codeGroups }: Open): SeenGroups {
    const key = `${id} ${view.value}`;
    if (!this.#groups || this.#of !== key) {
      this.#of = key;
      this.#groups = seenGroups(codeGroups);
    }
    return this.#groups;
  }

  /** The recording is another, or the same file read anew. */
  forget(): void {
    this.#groups = undefined;
  }
}
