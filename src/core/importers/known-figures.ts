import type { Profile } from '../profile/profile.ts';

/**
 * The profile without figures about its recording that are infinite: a file may say more than fits into a number, or than does in
 * nanoseconds. They become those that stand for "not known", and a warning names them.
 */
export function withKnownFigures(profile: Profile): Profile {
  const { origin, quality } = profile;
  const { durationNs, startTimeNs, wallStartMs, period } = origin;
  const figures: Readonly<Record<string, number>> = {
    'how long it took': durationNs,
    'its start': startTimeNs,
    'its date': wallStartMs,
    'its period': period?.amount ?? 0,
    'its frequency': quality.requestedHz,
    'lost samples': quality.lostSamples,
    'times it was throttled': quality.throttled,
  };
  const infinite = Object.keys(figures).filter((name) => isInfinite(figures[name]));
  if (infinite.length === 0) return profile;
  return {
    ...profile,
    origin: {
      ...origin,
      durationNs: orNaN(durationNs),
      startTimeNs: isInfinite(startTimeNs) ? 0 : startTimeNs,
      wallStartMs: orNaN(wallStartMs),
      period: isInfinite(period?.amount ?? 0) ? null : period,
    },
    quality: {
      ...quality,
      requestedHz: orNaN(quality.requestedHz),
      lostSamples: orNaN(quality.lostSamples),
      throttled: orNaN(quality.throttled),
      warnings: [...quality.warnings, `Too large for a number, so it isn't known: ${infinite.join(', ')}.`],
    },
  };
}

function isInfinite(figure: number): boolean {
  return Math.abs(figure) === Number.POSITIVE_INFINITY;
}

function orNaN(figure: number): number {
  return isInfinite(figure) ? Number.NaN : figure;
}
