import type { Profile } from '../core/profile/profile.ts';

/** The profile with one more thing said of its quality. */
export function withWarning(profile: Profile, warning: string): Profile {
  const { quality } = profile;
  return { ...profile, quality: { ...quality, warnings: [...quality.warnings, warning] } };
}
