import type { ValueType } from '../core/profile/profile.ts';
import type { Measure } from '../core/profile/queries/query-model.ts';
import { wholeName } from '../core/profile/share-of.ts';
import { formatAmount, formatShare } from '../core/units.ts';
import type { ActiveRecording } from './active-recording.ts';
import { setting } from './settings.ts';

/** Writes costs of one view as a person reads them. Amounts are in the unit of the view's value type. */
export interface CostText {
  /** Weight that shares are of. */
  readonly whole: number;
  /** What that is: `all`, `this thread` or `what is in view`. */
  readonly wholeName: string;
  readonly value: ValueType;
  share(amount: number): string;
  amount(amount: number): string;
  /** Share, amount or both, as the setting says: `31.2 % · 1.18 s`. */
  cost(amount: number): string;
  /** The one figure there's room for beside another: the share, or the amount where no shares are wanted. */
  brief(amount: number): string;
}

/** How costs of the current view are written, which are in the measure that the answer with them gives. */
export function costText(
  { view, shareOf }: ActiveRecording,
  { value, size, whole: all }: Measure,
): CostText | undefined {
  if (!view) return undefined;
  const whole = shareOf === 'all' ? all : size;
  const units = setting('units');
  const share = (amount: number) => formatShare(amount / whole);
  const amount = (cost: number) => formatAmount(cost, value.unit, value.type);
  return {
    whole,
    wholeName: wholeName(view, shareOf),
    value,
    share,
    amount,
    cost: (cost) =>
      ({ share: share(cost), amount: amount(cost), shareAndAmount: `${share(cost)} · ${amount(cost)}` })[units],
    brief: (cost) => (units === 'amount' ? amount(cost) : share(cost)),
  };
}
