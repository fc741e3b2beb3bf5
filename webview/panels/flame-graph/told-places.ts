import { type FlamePlaces, START } from '../../../src/core/profile/flame-places.ts';
import type { PlacesOf } from '../../widgets/flame-places.ts';

/** Tells the host where one is in the recording that is shown, where it doesn't know: to show a recording is no move in it. */
export class ToldPlaces {
  readonly #say: (places: FlamePlaces) => void;
  #told: PlacesOf | undefined;

  constructor(say: (places: FlamePlaces) => void) {
    this.#say = say;
  }

  tell(recording: PlacesOf): void {
    const { id, ...places } = recording;
    const known = this.#told?.id === id ? this.#told : { id, ...START };
    if (JSON.stringify(known) === JSON.stringify(recording)) return;
    this.#told = recording;
    this.#say(places);
  }

  /** The recording is another, or the same file read anew: of that the host knows nothing. */
  forget(): void {
    this.#told = undefined;
  }
}
