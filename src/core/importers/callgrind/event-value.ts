import type { ValueType } from '../../profile/profile.ts';

/** What an event's costs are in the profile: `weight` of one of them. */
export interface EventValue extends ValueType {
  readonly weight: number;
}

/**
 * What an event is called and counts. Xdebug puts the unit into the name: `Time_(10ns)`, `Memory_(bytes)`; for others a cost is a count.
 */
export function eventValue(name: string): EventValue {
  const match = /^(.+)_\((\d*)(ns|[uµ]s|ms|bytes)\)$/.exec(name);
  if (!match) return { type: name, unit: 'count', weight: 1 };
  const [, type, factor, unit] = match;
  const times = factor === '' ? 1 : Number(factor);
  if (unit === 'bytes') return { type, unit: 'bytes', weight: times };
  return { type, unit: 'nanoseconds', weight: times * (unit === 'ns' ? 1 : unit === 'ms' ? 1e6 : 1e3) };
}
