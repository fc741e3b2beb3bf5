import { type FileLines, hotLines } from '../hot-lines.ts';
import type { Profile, ValueIndex } from '../profile.ts';
import { type StackWeights, stackWeights } from '../stack-weights.ts';
import { withoutInlines, withoutKernel } from '../without-frames.ts';

/** What of a profile is looked at: plain data, so that it can cross to a worker or a webview. */
export interface View {
  readonly value: ValueIndex;
  /** Only samples of these threads; `null` for all. */
  readonly threads: readonly number[] | null;
  /** Whether inlined functions are frames of their own, or part of the function they were inlined into. */
  readonly inlines: boolean;
  /** Whether kernel frames are shown, or their cost is a cost of the code that made the system call. */
  readonly kernel: boolean;
}

/** A profile as a view shows it. */
export interface Viewed {
  readonly profile: Profile;
  readonly weights: StackWeights;
  /** By recorded path of the file. */
  readonly lines: ReadonlyMap<string, FileLines>;
}

/** A profile with what the last views of it needed, so that one hover after another costs no new pass over the samples. */
export class QueryModel {
  readonly profile: Profile;
  readonly #profiles = new Map<string, Profile>();
  readonly #views = new Map<string, Viewed>();

  constructor(profile: Profile) {
    this.profile = profile;
  }

  /** The default view: first value, all threads, inlined functions and kernel shown. */
  get defaultView(): View {
    return { value: this.profile.defaultValue, threads: null, inlines: true, kernel: true };
  }

  viewed(view: View): Viewed {
    const { profile } = this;
    if (!profile.values[view.value]) {
      throw new RangeError(`value type ${view.value} was asked for; this profile has ${profile.values.length}`);
    }
    const key = JSON.stringify([view.value, view.threads, view.inlines, view.kernel]);
    const known = this.#views.get(key);
    if (known) return known;
    const shown = this.#shown(view);
    const weights = stackWeights(shown, {
      value: view.value,
      threads: view.threads ? new Set(view.threads) : undefined,
    });
    let lines: ReadonlyMap<string, FileLines> | undefined;
    const viewed: Viewed = {
      profile: shown,
      weights,
      get lines() {
        lines ??= new Map(hotLines(shown, weights).map((file) => [shown.strings[file.file], file]));
        return lines;
      },
    };
    const oldest = this.#views.keys().next();
    if (this.#views.size >= KEPT_VIEWS && !oldest.done) this.#views.delete(oldest.value);
    this.#views.set(key, viewed);
    return viewed;
  }

  #shown({ inlines, kernel }: View): Profile {
    const key = `${inlines} ${kernel}`;
    let shown = this.#profiles.get(key);
    if (!shown) {
      shown = inlines ? this.profile : withoutInlines(this.profile);
      if (!kernel) shown = withoutKernel(shown);
      this.#profiles.set(key, shown);
    }
    return shown;
  }
}

const KEPT_VIEWS = 4;
