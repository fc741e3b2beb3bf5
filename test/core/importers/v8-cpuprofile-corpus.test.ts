import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { selfByName } from '../../support/self-by-name.ts';

interface Facts {
  readonly shape?: string;
  readonly samples: number;
  readonly duration_us?: number;
  readonly unknown_sample_ids?: number;
  readonly top_self_hits: readonly (readonly [string, number])[];
  readonly top_self_us_next_delta?: readonly (readonly [string, number])[];
}

describe('CPU profiles of V8 that other people made', { skip: corpusMissing }, () => {
  for (const { file, path, facts: all } of corpusFiles('cpuprofile')) {
    const facts = all as unknown as Facts;
    const source = bytesInMemory(readFileSync(path), file);

    it(`${file} has its samples, hits and times`, () => {
      assert.equal(importerFor(source)?.format, 'V8 cpuprofile');
      const profile = importProfile(source);
      const { samples, values, origin } = profile;
      const count = values.findIndex(({ type }) => type === 'samples');
      assert.equal(
        samples.weights[count].reduce((a, b) => a + b),
        facts.samples,
      );
      if (facts.duration_us !== undefined) assert.equal(origin.durationNs, facts.duration_us * 1000);
      if (facts.unknown_sample_ids === 0) assert.deepEqual(profile.quality.warnings, []);
      // The facts tell functions of a name apart by where they are defined: `d :13`, counted from 0.
      const nameOf = (name: string, startLine: number, fileName: string) =>
        facts.shape ? name : `${name} ${fileName.replace(/^.*\//, '')}:${startLine - 1}`;
      if (facts.top_self_us_next_delta) {
        const wall = selfByName(profile, 0, nameOf);
        for (const [name, microseconds] of facts.top_self_us_next_delta) {
          assert.equal(wall.get(name), microseconds * 1000, name);
        }
      }
      // V8's hits aren't its samples: where there are samples, those count.
      if (JSON.parse(readFileSync(path, 'utf8')).samples) return;
      const hits = selfByName(profile, count, nameOf);
      for (const [name, number] of facts.top_self_hits) assert.equal(hits.get(name), number, name);
    });

    it(`${file} gives each line of a node as many samples as V8 counted there, where they are as many`, () => {
      const profile = importProfile(source);
      const { nodes } = JSON.parse(readFileSync(path, 'utf8'));
      if (!nodes) return;
      const { samples, stacks, frames, functions, strings } = profile;
      const found = new Map<string, number>();
      for (const stack of samples.stack) {
        if (stack === NONE) continue;
        const frame = stacks.frame[stack];
        const func = frames.function[frame];
        const key = `${strings[functions.systemName[func]]} ${frames.line[frame]}`;
        found.set(key, (found.get(key) ?? 0) + 1);
      }
      // By line of a function: what V8 counted, and whether all nodes of the function have as many samples as hits.
      const expected = new Map<string, number>();
      const inexact = new Set<string>();
      const taken = Map.groupBy(JSON.parse(readFileSync(path, 'utf8')).samples as number[], (id) => id);
      for (const { id, callFrame, positionTicks = [] } of nodes) {
        const { functionName, lineNumber, columnNumber } = callFrame;
        const name = functionName || '(anonymous)';
        const systemName = columnNumber > 0 ? `${name}:${lineNumber + 1}:${columnNumber + 1}` : name;
        let sum = 0;
        for (const { line, ticks } of positionTicks) {
          sum += ticks;
          const key = `${systemName} ${line}`;
          expected.set(key, (expected.get(key) ?? 0) + ticks);
        }
        if (sum !== (taken.get(id)?.length ?? 0)) inexact.add(systemName);
      }
      let compared = 0;
      for (const [key, ticks] of expected) {
        if (inexact.has(key.slice(0, key.lastIndexOf(' ')))) continue;
        assert.equal(found.get(key), ticks, key);
        compared++;
      }
      assert.ok(compared > 0 || file === 'cpuprofile/simple.cpuprofile', 'nothing was compared');
    });
  }
});
