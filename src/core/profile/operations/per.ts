import { endlessValue } from '../endless-value.ts';
import type { Profile } from '../profile.ts';
import { UnusableOperation } from './unusable-operation.ts';

/** Every weight divided by a number of things: by 1200, called `request`, nanoseconds become nanoseconds/request. */
export function per(profile: Profile, amount: number, name: string): Profile {
  if (!(amount > 0) || !Number.isFinite(amount)) {
    throw new UnusableOperation(`Weights can't be divided by ${amount}: expected a number above 0.`);
  }
  checkUndivided(profile, name);
  const values = profile.values.map(({ type, unit }) => ({ type, unit: `${unit}/${name}` }));
  return { ...divided(profile, amount), values };
}

/** Throws UnusableOperation where weights are told per something already: a second per request, or per second of a second, says nothing. */
export function checkUndivided({ values }: Profile, name: string): void {
  // So they may have been recorded, or written to the file.
  const [, already] = /\/(.+)/.exec(values[0].unit) ?? [];
  if (already === undefined || !values.every(({ unit }) => unit.includes('/'))) return;
  throw new UnusableOperation(
    `Weights are per ${already} already, so they can't be told per ${name}: leave one of the two out.`,
  );
}

/** Every weight by second of the recording, or of the range of it that is shown. */
export function perSecond(profile: Profile): Profile {
  return per(profile, seconds(profile), 's');
}

/** What a range of time left of a profile that was told per second: by second of that range, as if the range had come first. */
export function perSecondOfRange(profile: Profile, whole: Profile): Profile {
  return divided(profile, seconds(profile) / seconds(whole));
}

function seconds({ origin: { durationNs } }: Profile): number {
  if (durationNs > 0) return durationNs / 1e9;
  if (durationNs === 0)
    throw new UnusableOperation('What is left of the recording has no length, so nothing is known per second.');
  throw new UnusableOperation("This recording doesn't say how long it took, so nothing is known per second.");
}

function divided(profile: Profile, amount: number): Profile {
  const quotients = {
    ...profile,
    dividedBy: profile.dividedBy * amount,
    samples: {
      ...profile.samples,
      weights: profile.samples.weights.map((column) => column.map((weight) => weight / amount)),
    },
  };
  if (endlessValue(quotients)) {
    throw new UnusableOperation(`Weights divided by ${amount} are more than fits into a number: divide by more.`);
  }
  return quotients;
}

/**
 * Every entry that weighs something counts as one, whatever it weighs. That is how many samples there were where each was recorded by itself; a
 * format that adds up samples, as pprof's does, has one entry for many.
 */
export function counted(profile: Profile): Profile {
  return {
    ...profile,
    values: profile.values.map(({ type }) => ({ type: `${type} entries`, unit: 'count' })),
    dividedBy: 1,
    samples: {
      ...profile.samples,
      weights: profile.samples.weights.map((column) => column.map((weight) => (weight === 0 ? 0 : 1))),
    },
  };
}
