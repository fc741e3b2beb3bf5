import type { ValueType } from '../../profile.ts';
import { type Overview, overview } from '../../queries/overview.ts';
import { NORMALISATIONS, type Normalisation, scaleOf } from '../normalisation.ts';
import type { DiffModel } from './diff-model.ts';

/** What is compared, in figures. */
export interface DiffSides {
  readonly before: Overview;
  readonly after: Overview;
  /** Whether a sample may be in both: then it isn't known what chance makes of a change. */
  readonly sharesSamples: boolean;
  /** What both measure: a position is a `DiffView.value`. Nothing where they have nothing in common. */
  readonly values: readonly ValueType[];
  /** Of `values`: what is shown first. */
  readonly defaultValue: number;
  /** By what the two can be made comparable: what that goes by is known of both. */
  readonly normalisations: readonly Normalisation[];
}

export function diffSides(model: DiffModel): DiffSides {
  const shown = model.values.findIndex(({ after }) => after === model.after.profile.defaultValue);
  const defaultValue = Math.max(0, shown);
  return {
    before: overview(model.before),
    after: overview(model.after),
    sharesSamples: model.sharesSamples,
    values: model.values.map(({ type, unit }) => ({ type, unit })),
    defaultValue,
    normalisations: model.values.length === 0 ? [] : NORMALISATIONS.filter((by) => isPossible(model, defaultValue, by)),
  };
}

/** Requests are possible with any recording: a person says how many there were. */
function isPossible(model: DiffModel, value: number, by: Normalisation): boolean {
  const { before, after } = model.sides({ value, inlines: true, kernel: true, operations: [] });
  try {
    scaleOf(by, before, after, { before: 1, after: 1, name: '' });
    return true;
  } catch {
    return false;
  }
}
