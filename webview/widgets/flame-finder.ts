import type { TextSearch } from '../../src/core/profile/text-search.ts';
import type { FlameView } from './flame-view.ts';
import { found, foundWords, hottestMatch, type Wanted } from './found.ts';
import type { FlamePicture } from './frame-words.ts';

/** Where frames are looked for, and where it is said what was found. */
export interface FinderPlace {
  /** The picture that one is at. */
  view(): FlameView;
  /** Shows every picture with the same boxes and other matches. */
  repaint(change: (picture: FlamePicture) => FlamePicture): void;
  /** `''` where nothing is looked for. */
  showFound(words: string, about: { readonly isError: boolean; readonly hasMatches: boolean }): void;
}

/** Looks for frames in flame graphs, says how many there are, and goes from one to the next. */
export class FlameFinder {
  readonly #place: FinderPlace;
  #wanted: Wanted;
  /** Which of what was found one is at; -1 for none. */
  #match = -1;

  constructor(query: TextSearch, place: FinderPlace) {
    this.#wanted = { query };
    this.#place = place;
  }

  /** A picture with what is looked for marked in it. */
  mark<P extends FlamePicture>(picture: P): P {
    return { ...picture, matches: found(picture, this.#wanted) };
  }

  /** Looks for something else. */
  look(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#place.repaint((picture) => this.mark(picture));
    this.begin();
  }

  /** One is at none of what was found: boxes are others now. */
  begin(): void {
    this.#match = -1;
    this.tell();
  }

  step(step: 1 | -1): void {
    const boxes = this.#place.view().picture?.matches?.boxes;
    if (!boxes || boxes.length === 0) return;
    const from = this.#match === -1 && step === -1 ? 0 : this.#match;
    this.#goTo(boxes, (from + step + boxes.length) % boxes.length);
  }

  /** Goes to the match that costs most: what one came to see. */
  goToHottest(): void {
    const { picture } = this.#place.view();
    if (!picture?.matches || picture.matches.boxes.length === 0) return;
    this.#goTo(picture.matches.boxes, hottestMatch(picture, picture.matches));
  }

  #goTo(boxes: ArrayLike<number>, match: number): void {
    this.#match = match;
    this.#place.view().goTo(boxes[match]);
    this.tell();
  }

  /** Says what was found, as where something else has stood in its place. */
  tell(): void {
    const { picture } = this.#place.view();
    const { matches } = picture ?? {};
    if (matches) {
      const words = foundWords(matches, this.#match, this.#wanted);
      this.#place.showFound(words, { isError: false, hasMatches: matches.boxes.length > 0 });
      return;
    }
    const isBroken = picture !== undefined && 'query' in this.#wanted && this.#wanted.query.text !== '';
    this.#place.showFound(isBroken ? 'Not a regular expression (RE2’s syntax)' : '', {
      isError: isBroken,
      hasMatches: false,
    });
  }
}
