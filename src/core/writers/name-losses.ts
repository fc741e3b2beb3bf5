import type { Profile } from '../profile/profile.ts';

/** What is said by formats that write the short name of a function: overloads look alike. */
export function nameLosses({ functions: { fullName, name } }: Profile): string[] {
  const hasParameters = Array.from(fullName).some((full, index) => full !== name[index]);
  return hasParameters ? ['Functions are named without parameters.'] : [];
}
