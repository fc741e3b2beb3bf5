import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { generatePerfData } from '../../../scripts/bench/perf-data-generator.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { imported } from '../../support/perf-data/perf-file.ts';

describe('the generator of recordings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-generator-'));
  after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'perf.data');
  const generate = (seed: number) => {
    generatePerfData(path, { samples: 3000, binaries: [process.execPath], threads: 3, contexts: 2000, seed });
    return readFileSync(path);
  };

  it('writes as many samples as it was asked for, 10 to 60 frames deep, all in the files it was given', () => {
    const profile = imported(generate(1));
    const { samples, stacks, frames, threads, modules, strings } = profile;
    assert.deepEqual([samples.length, threads.length, profile.quality.warnings.length], [3000, 3, 0]);
    const depths = Array.from(samples.stack, (top) => {
      let depth = 0;
      for (let stack = top; stack !== NONE; stack = stacks.parent[stack]) depth++;
      return depth;
    });
    assert.deepEqual([Math.min(...depths), Math.max(...depths)], [10, 60]);
    assert.deepEqual(
      new Set(Array.from(frames.module, (module) => strings[modules.path[module]])),
      new Set([process.execPath]),
    );
  });

  it('writes the same for the same seed, and another for another', () => {
    assert.ok(generate(7).equals(generate(7)));
    assert.ok(!generate(7).equals(generate(8)));
  });
});
