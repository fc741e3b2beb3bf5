import { type Diff, diff } from '../../diff.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Profile, ValueIndex, ValueType } from '../../profile.ts';
import { QueryModel } from '../../queries/query-model.ts';
import type { Normalisation, Requests } from '../normalisation.ts';
import { sideOf } from '../side-of.ts';
import type { Side } from '../union-profile.ts';

/** How two profiles are compared: plain data, so that it can cross to a worker. */
export interface DiffView {
  /** Position in `DiffModel.values`. */
  readonly value: number;
  readonly inlines: boolean;
  readonly kernel: boolean;
  /** What is done to both before they are compared. */
  readonly operations: readonly Operation[];
  readonly normalise: Normalisation;
  /** How many there were; where it is normalised by them. */
  readonly requests: Requests | null;
}

/** What both profiles measure, and where each has it. */
export interface ComparedValue extends ValueType {
  readonly before: ValueIndex;
  readonly after: ValueIndex;
}

/** Two profiles, with what the last questions about them needed. */
export class DiffModel {
  readonly before: QueryModel;
  readonly after: QueryModel;
  /** In order of the later profile's values. */
  readonly values: readonly ComparedValue[];
  /** Whether both are of one recording, and a sample may be in both. */
  readonly sharesSamples: boolean;
  readonly #diffs = new Map<string, Diff>();

  constructor(before: Profile, after: Profile, sharesSamples = false) {
    this.sharesSamples = sharesSamples;
    this.before = new QueryModel(before);
    this.after = new QueryModel(after);
    this.values = after.values.flatMap(({ type, unit }, index) => {
      const other = before.values.findIndex((value) => value.type === type && value.unit === unit);
      return other === -1 ? [] : [{ type, unit, before: other, after: index }];
    });
  }

  /** Throws UnusableOperation where what the view goes by isn't known. */
  diff(view: DiffView): Diff {
    const { value: _, inlines, kernel, operations, normalise, requests } = view;
    const value = this.#value(view);
    const key = JSON.stringify([value.after, inlines, kernel, operations, normalise, requests]);
    const known = this.#diffs.get(key);
    if (known) return known;
    const { before, after } = this.sides(view);
    const { type, unit } = after.profile.values[value.after];
    const { sharesSamples } = this;
    const found = diff(before, after, { type, unit }, { normalise, sharesSamples, ...(requests ? { requests } : {}) });
    const oldest = this.#diffs.keys().next();
    if (this.#diffs.size >= KEPT && !oldest.done) this.#diffs.delete(oldest.value);
    this.#diffs.set(key, found);
    return found;
  }

  /** Both as the view shows them, not yet made comparable. */
  sides(view: Omit<DiffView, 'normalise' | 'requests'>): { readonly before: Side; readonly after: Side } {
    const { inlines, kernel, operations } = view;
    const value = this.#value(view);
    const look = { threads: null, inlines, kernel, operations };
    return {
      before: sideOf(this.before, { ...look, value: value.before }),
      after: sideOf(this.after, { ...look, value: value.after }),
    };
  }

  #value({ value: index }: Pick<DiffView, 'value'>): ComparedValue {
    const value = this.values[index];
    if (!value)
      throw new RangeError(`value ${index} was asked for; the two profiles have ${this.values.length} in common`);
    return value;
  }
}

/** The tables of both are in each. */
const KEPT = 2;
