import assert from 'node:assert/strict';
import { importProfile } from '../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * Cuts a packed file at random places, and changes a bit in half of what is left: what comes of it is the whole, or has a warning, or is refused
 * in words. Gives how often each.
 */
export function readDamagedPacking(
  packed: Uint8Array,
  whole: Profile,
): { whole: number; warned: number; refused: number } {
  const random = seededRandom(3);
  const outcomes = { whole: 0, warned: 0, refused: 0 };
  for (let round = 0; round < 300; round++) {
    const bytes = Buffer.from(packed.subarray(0, 1 + Math.floor(random() * packed.length)));
    if (random() < 0.5) bytes[Math.floor(random() * bytes.length)] ^= 1 << Math.floor(random() * 8);
    try {
      const { samples, quality } = importProfile(bytesInMemory(bytes));
      const isWhole = samples.length === whole.samples.length;
      assert.ok(isWhole || quality.warnings.length > 0, `round ${round}: ${samples.length} samples, and no warning`);
      outcomes[quality.warnings.length > 0 ? 'warned' : 'whole']++;
    } catch (error) {
      assert.ok(error instanceof MalformedInput || error instanceof UnrecognisedInput, String(error));
      outcomes.refused++;
    }
  }
  return outcomes;
}
