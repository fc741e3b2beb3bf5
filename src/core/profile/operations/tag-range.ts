import type { Profile } from '../profile.ts';
import { inUnit } from './tag-unit.ts';
import { UnusableOperation } from './unusable-operation.ts';

/**
 * Whether a number label lies in the range that a filter names: `64`, `64kb`, `64kb:`, `:1s`, `10ms:20ms`, ends included. Undefined where the
 * text is no range. (`parseTagFilterRange` in https://github.com/google/pprof/blob/main/internal/driver/driver_focus.go)
 */
export function tagRange(
  profile: Profile,
  filter: string,
): ((tag: { readonly key: string; readonly number: number }) => boolean) | undefined {
  const [first, second] = filter.matchAll(/([+-]?[0-9]+)([A-Za-z]+)?/g);
  if (!first) return undefined;
  const low = inUnit(whole(first[1]), first[2] ?? '', first[2] ?? '');
  let isWithin: (amount: number) => boolean;
  if (second) {
    if (filter !== `${first[0]}:${second[0]}`) return undefined;
    const high = inUnit(whole(second[1]), second[2] ?? '', low.unit);
    if (high.unit !== low.unit) return undefined;
    isWithin = (amount) => amount >= low.amount && amount <= high.amount;
  } else if (filter === first[0]) isWithin = (amount) => amount === low.amount;
  else if (filter === `${first[0]}:`) isWithin = (amount) => amount >= low.amount;
  else if (filter === `:${first[0]}`) isWithin = (amount) => amount <= low.amount;
  else return undefined;
  const units = unitsByKey(profile);
  return ({ key, number }) => {
    const { amount, unit } = inUnit(number, units.get(key) ?? DEFAULT_UNITS[key] ?? key, low.unit);
    return unit === low.unit && isWithin(amount);
  };
}

function whole(digits: string): number {
  const number = Number(digits);
  if (Number.isSafeInteger(number)) return number;
  throw new UnusableOperation(`${digits} is too large a number for a label to be compared with.`);
}

/** By key: the unit that its labels are in, the first where they differ. Where none says it, the key itself is taken for the unit. */
function unitsByKey({ labelSets, strings }: Profile): Map<string, string> {
  const units = new Map<string, string>();
  for (let at = 0; at < labelSets.number.length; at++) {
    const key = strings[labelSets.key[at]];
    const unit = strings[labelSets.unit[at]];
    if (unit !== '' && !units.has(key)) units.set(key, unit);
  }
  return units;
}

const DEFAULT_UNITS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  alignment: 'bytes',
  request: 'bytes',
});
