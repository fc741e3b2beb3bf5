import { importProfile } from '../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import { GROUPINGS } from '../../src/core/profile/frame-keys.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';

/** What came of an input: all of them are right, but for a fault. */
export type Outcome = 'unknown' | 'refused' | 'read' | 'warned' | { readonly fault: string };

/** Reads an input as the product does, and asks of the profile, if wanted, what the views ask. */
export function readInput(bytes: Uint8Array, isAsked: boolean): Outcome {
  try {
    const profile = importProfile(bytesInMemory(bytes, 'input'));
    if (isAsked) askAll(profile);
    return profile.quality.warnings.length > 0 ? 'warned' : 'read';
  } catch (error) {
    if (error instanceof UnrecognisedInput) return 'unknown';
    if (error instanceof MalformedInput && !isInconsistent(error)) return 'refused';
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/**
 * Whether an importer made tables that refer to nothing, which only the check behind it found. A sum beyond what a number can be is no fault
 * of an importer.
 */
function isInconsistent({ message }: MalformedInput): boolean {
  return message.includes("tables don't agree") && !message.includes('expected a finite number');
}

function askAll(profile: Profile): void {
  const model = new QueryModel(profile);
  const view = model.defaultView;
  ask(model, 'overview', undefined);
  for (const by of GROUPINGS) ask(model, 'top', { view, by });
  ask(model, 'flameGraph', { view });
}
