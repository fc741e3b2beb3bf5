import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';

export function imported(bytes: Uint8Array): Profile {
  return importProfile(bytesInMemory(bytes));
}

/** The profile, or undefined where the input is refused as it should be. Any other error is the test's. */
export function importedOrRefused(bytes: Uint8Array): Profile | undefined {
  try {
    return imported(bytes);
  } catch (error) {
    if (error instanceof MalformedInput || error instanceof UnrecognisedInput) return undefined;
    throw error;
  }
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** Of each sample `function:line …`, outermost first. */
export function stacksOf({ samples, stacks, frames, functions, strings }: Profile): string[] {
  return Array.from(samples.stack, (stack) => {
    const names: string[] = [];
    for (let at = stack; at !== NONE; at = stacks.parent[at]) {
      const frame = stacks.frame[at];
      names.push(`${strings[functions.name[frames.function[frame]]]}:${frames.line[frame]}`);
    }
    return names.reverse().join(' ');
  });
}
