/**
 * A sampled allocation scaled up to what it stands for. Allocations are sampled one in `rate` bytes on average, at random, so that one of
 * a size is in the profile with a probability of 1 - exp(-size / rate). (scaleHeapSample in profile/legacy_profile.go of
 * https://github.com/google/pprof)
 */
export function scaledSample(count: number, bytes: number, rate: number): { count: number; bytes: number } {
  if (count === 0 || bytes === 0) return { count: 0, bytes: 0 };
  if (rate <= 1) return { count, bytes };
  const scale = 1 / (1 - Math.exp(-bytes / count / rate));
  return { count: Math.trunc(count * scale), bytes: Math.trunc(bytes * scale) };
}
