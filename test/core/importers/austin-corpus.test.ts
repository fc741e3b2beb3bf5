import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { stackFacts } from '../../support/stack-facts.ts';

interface Facts {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data_lines: number;
  readonly total_last_column: number;
  readonly distinct_stacks: number;
  readonly top_self: readonly (readonly [string, number])[];
  readonly threads: number;
}

/** Not of Austin's own format: frames are `function (file:line)`, as py-spy has them. */
const RESOLVED = 'austin/diff_a-b.austin';

/** The facts count its line `P82848;T82848 21`, a thread without a stack, as one more thread. */
const STACKLESS = 'austin/austin.out';

describe('Austin files of other people', { skip: corpusMissing }, () => {
  for (const { file, path, facts: unknownFacts } of corpusFiles('austin')) {
    if (file === RESOLVED) continue;
    it(`${file} has its samples, threads and costs`, () => {
      const facts = unknownFacts as unknown as Facts;
      const profile = read(path);
      assert.equal(profile.origin.format, 'austin');
      const { samples, threads, values, origin } = profile;
      assert.equal(samples.length, facts.data_lines);
      assert.equal(threads.length, facts.threads - (file === STACKLESS ? 1 : 0));
      const scale = facts.metadata['mode'] === undefined ? 1 : 1000;
      assert.equal(
        samples.weights[profile.defaultValue].reduce((a, b) => a + b, 0),
        facts.total_last_column * scale,
      );
      assert.equal(values[profile.defaultValue].type, facts.metadata['mode'] ?? 'metric');
      assert.equal(origin.producer, facts.metadata['austin'] ? `austin ${facts.metadata['austin']}` : 'austin');
      if (facts.metadata['duration']) assert.equal(origin.durationNs, Number(facts.metadata['duration']) * 1000);
      const stacks = new Set(Array.from(samples.stack, (stack, sample) => `${samples.thread[sample]} ${stack}`));
      assert.equal(stacks.size, facts.distinct_stacks);
      const { self } = stackFacts(profile, undefined, (frame) => placeText(profile, frame));
      for (const [place, cost] of facts.top_self) assert.equal(self.get(place), cost * scale, place);
    });
  }

  it(`${RESOLVED} is read as what its frames look like`, () => {
    const { path, facts } = corpusFiles('austin').find(({ file }) => file === RESOLVED)!;
    const profile = read(path);
    const text = (frame: number) => {
      const [file, name, line] = placeText(profile, frame).split(':');
      return `${name} (${file}:${line})`;
    };
    const found = stackFacts(profile, 0, text);
    assert.equal(found.total, facts['total']);
    assert.equal(found.distinctStacks, facts['distinct_stacks']);
    assert.equal(found.maxDepth, facts['max_depth']);
    for (const [name, cost] of facts['top_self'] as [string, number][]) assert.equal(found.self.get(name), cost);
    for (const [name, cost] of facts['top_inclusive'] as [string, number][])
      assert.equal(found.inclusive.get(name), cost);
  });

  it('austinp.mojo has the samples, stacks and costs that austin-python reads', () => {
    const [{ path, facts }] = corpusFiles('austin-mojo');
    const bytes = readFileSync(path);
    assert.equal(bytes.subarray(0, 3).toString(), facts['magic']);
    assert.equal(bytes[3], facts['version']);
    const profile = read(path);
    assert.equal(profile.origin.format, 'austin mojo');
    const found = stackFacts(profile);
    assert.equal(profile.samples.length, 1323);
    assert.equal(found.total, 230_146_000);
    assert.equal(found.self.get('_Py_HashBytes'), 93_767_000);
    assert.equal(found.inclusive.get('PyObject_IsTrue'), 212_414_000);
    assert.equal(profile.strings[profile.modules.path[0]], '/usr/bin/python3.8');
  });
});

function read(path: string): Profile {
  return importProfile(bytesInMemory(readFileSync(path)));
}

function placeText({ frames, functions, strings }: Profile, frame: number): string {
  const index = frames.function[frame];
  return `${strings[functions.file[index]]}:${strings[functions.name[index]]}:${frames.line[frame]}`;
}
