import { getOrMake } from '../../get-or-make.ts';
import { type FileLines, hotLines } from '../hot-lines.ts';
import { operated } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';
import { counted } from '../operations/per.ts';
import type { Profile, ValueIndex, ValueType } from '../profile.ts';
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
  /** What is done to the profile before it is looked at, in order; inlined functions and the kernel are as above by then. */
  readonly operations: readonly Operation[];
}

/** What a view's figures are in. */
export interface Measure {
  readonly value: ValueType;
  /** Weight of everything in view. */
  readonly total: number;
  /** What shares of that are of: it differs where some weights are below zero. */
  readonly size: number;
  /** Weight of that which has no stack: it is in no function. */
  readonly stackless: number;
  /** What shares of everything recorded are of, in the same unit. */
  readonly whole: number;
}

/** A profile as a view shows it. */
export interface Viewed {
  readonly profile: Profile;
  readonly weights: StackWeights;
  readonly measure: Measure;
  /** By recorded path of the file. */
  readonly lines: ReadonlyMap<string, FileLines>;
}

/** A profile with what the last views of it needed, so that one hover after another costs no new pass over the samples. */
export class QueryModel {
  readonly profile: Profile;
  readonly #profiles = new Map<string, Profile>();
  readonly #views = new Map<string, Viewed>();
  readonly #wholes = new Map<string, number>();

  constructor(profile: Profile) {
    this.profile = profile;
  }

  /** The default view: first value, all threads, inlined functions and kernel shown, nothing done to it. */
  get defaultView(): View {
    return { value: this.profile.defaultValue, threads: null, inlines: true, kernel: true, operations: [] };
  }

  viewed(view: View): Viewed {
    const { profile } = this;
    if (!profile.values[view.value]) {
      throw new RangeError(`value type ${view.value} was asked for; this profile has ${profile.values.length}`);
    }
    const key = JSON.stringify([view.value, view.threads, view.inlines, view.kernel, view.operations]);
    const known = this.#views.get(key);
    if (known) return known;
    const shown = this.#shown(view);
    const weights = stackWeights(shown, {
      value: view.value,
      threads: view.threads ? new Set(view.threads) : undefined,
    });
    const isAll = view.threads === null && view.operations.length === 0;
    let lines: ReadonlyMap<string, FileLines> | undefined;
    const viewed: Viewed = {
      profile: shown,
      weights,
      measure: {
        value: shown.values[view.value],
        total: weights.total,
        size: weights.size,
        stackless: weights.stackless,
        whole: isAll ? weights.size : this.#whole(view) / shown.dividedBy,
      },
      get lines() {
        lines ??= new Map(hotLines(shown, weights).map((file) => [shown.strings[file.file], file]));
        return lines;
      },
    };
    keep(this.#views, key, viewed, KEPT_VIEWS);
    return viewed;
  }

  /** What shares of everything recorded are of, of a view's value. */
  #whole({ value, operations }: View): number {
    const isCounted = operations.some(({ op }) => op === 'count');
    return getOrMake(
      this.#wholes,
      `${value} ${isCounted}`,
      () => stackWeights(isCounted ? counted(this.profile) : this.profile, { value }).size,
    );
  }

  /** What was done to the profile, from the longest beginning of the list that is known: one operation more costs one operation. */
  #shown({ inlines, kernel, operations }: View): Profile {
    const keyOf = (count: number) => JSON.stringify([inlines, kernel, operations.slice(0, count)]);
    let done = operations.length;
    while (done > 0 && !this.#profiles.has(keyOf(done))) done--;
    let shown = this.#profiles.get(keyOf(done));
    if (!shown) {
      shown = inlines ? this.profile : withoutInlines(this.profile);
      if (!kernel) shown = withoutKernel(shown);
      keep(this.#profiles, keyOf(0), shown, KEPT_PROFILES);
    }
    for (; done < operations.length; done++) {
      shown = operated(shown, operations.slice(done, done + 1), {
        whole: this.profile,
        earlier: operations.slice(0, done),
      });
      keep(this.#profiles, keyOf(done + 1), shown, KEPT_PROFILES);
    }
    return shown;
  }
}

/** What a view's figures are in. */
export function measure(model: QueryModel, { view }: { view: View }): Measure {
  return model.viewed(view).measure;
}

/** Keeps an answer; the one that was kept first goes where there are too many. */
function keep<T>(known: Map<string, T>, key: string, answer: T, most: number): void {
  const oldest = known.keys().next();
  if (known.size >= most && !oldest.done) known.delete(oldest.value);
  known.set(key, answer);
}

const KEPT_VIEWS = 4;
/** The ways to show inlined functions and the kernel, and the last few steps of operations. */
const KEPT_PROFILES = 8;
