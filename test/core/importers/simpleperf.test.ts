import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { simpleperf } from '../../../src/core/importers/simpleperf.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { stackFacts } from '../../support/stack-facts.ts';

const BYTES = readFileSync(new URL('../../fixtures/simpleperf/frame-pointers.trace', import.meta.url));

describe('reports of simpleperf', () => {
  it('have the samples that `simpleperf report-sample` prints of the same recording', () => {
    const profile = importProfile(bytesInMemory(BYTES));
    const { frames, functions, strings } = profile;
    const { total, self } = stackFacts(profile, undefined, (frame) =>
      frames.function[frame] === NONE ? '' : strings[functions.name[frames.function[frame]]],
    );
    assert.equal(profile.samples.length, 22);
    assert.equal(total, 220_000_000);
    assert.deepEqual([...self].sort(), [
      ['fibonacci', 20_000_000],
      ['fold_block', 40_000_000],
      ['irqentry_exit_to_user_mode', 10_000_000],
      ['parse_product', 20_000_000],
      ['price_of', 130_000_000],
    ]);
  });

  it('have addresses of callers within their calls', () => {
    const { frames, modules, strings } = importProfile(bytesInMemory(BYTES));
    const ofProgram = Array.from(frames.address).filter(
      (_, frame) => frames.module[frame] !== NONE && strings[modules.path[frames.module[frame]]].endsWith('/planted-c'),
    );
    // The call of main_work() in run_rounds() returns to 0x17b0.
    assert.ok(ofProgram.includes(0x17afn));
  });

  it('cut at any byte, give a part or are refused in words', () => {
    for (let end = 0; end < BYTES.length; end++) {
      try {
        const { samples, quality } = simpleperf.read(bytesInMemory(BYTES.subarray(0, end)), { progress() {} });
        assert.ok(samples.length <= 22 && quality.warnings.length > 0, `cut at ${end}`);
      } catch (error) {
        assert.ok(error instanceof MalformedInput, `cut at ${end}: ${error}`);
      }
    }
  });
});
