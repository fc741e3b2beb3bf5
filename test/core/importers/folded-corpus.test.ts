import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { FRAME_KINDS, type Profile } from '../../../src/core/profile/profile.ts';
import { type CorpusFile, corpusFiles, corpusMissing } from '../../support/corpus.ts';
import { functionName, stackFacts } from '../../support/stack-facts.ts';

interface Facts {
  readonly lines: number;
  readonly invalid_lines: number;
  readonly total: number;
  readonly distinct_stacks: number;
  readonly max_depth: number;
  readonly top_self: readonly (readonly [string, number])[];
  readonly top_inclusive: readonly (readonly [string, number])[];
}

/** The facts leave out its line that ends in `20.`, a number to flamegraph.pl and here. */
const WITH_A_DOT_AT_THE_END = 'folded/diff-before_fractionals.txt';
/** Two numbers a line: its facts are checked with the files it was made of. */
const DIFFERENTIAL = 'folded/diff-golden-default.txt';

describe('folded stacks of other people', { skip: corpusMissing }, () => {
  for (const entry of corpusFiles('folded')) {
    if (entry.file === DIFFERENTIAL) continue;
    it(`${entry.file} has its total, stacks and costs`, () => {
      const facts = entry.facts as unknown as Facts;
      const extra = entry.file === WITH_A_DOT_AT_THE_END ? 1 : 0;
      const profile = read(entry);
      assert.equal(profile.origin.format, 'folded');
      const found = stackFacts(profile, 0, (frame) => asWritten(profile, frame));
      assert.equal(round(found.total), round(facts.total + 20 * extra));
      assert.equal(found.distinctStacks, facts.distinct_stacks + extra);
      assert.equal(found.maxDepth, facts.max_depth + extra);
      assert.equal(leftOut(profile), facts.invalid_lines - extra);
      if (extra > 0) return;
      for (const [name, weight] of facts.top_self) assert.equal(round(found.self.get(name)), round(weight), name);
      for (const [name, weight] of facts.top_inclusive)
        assert.equal(round(found.inclusive.get(name)), round(weight), name);
    });
  }

  it('a differential file has the totals of both files it was made of, as two values', () => {
    const [difference, before, after] = [DIFFERENTIAL, 'folded/diff-before.txt', 'folded/diff-after.txt'].map((file) =>
      read(corpusFiles('folded').find((entry) => entry.file === file)!),
    );
    assert.deepEqual(
      difference.values.map(({ type }) => type),
      ['before', 'after'],
    );
    assert.equal(difference.defaultValue, 1);
    for (const [value, one] of [before, after].entries()) {
      const [found, expected] = [stackFacts(difference, value), stackFacts(one)];
      assert.equal(found.total, expected.total);
      for (const [name, weight] of expected.inclusive) assert.equal(found.inclusive.get(name), weight, name);
    }
  });

  it('no file of another format is taken for one', () => {
    for (const entry of corpusFiles('*')) {
      if (TEXT_OF_STACKS.has(entry.format) || entry.path.endsWith('.gz')) continue;
      const format = importerFor(bytesInMemory(readFileSync(entry.path)))?.format;
      assert.notEqual(format, 'folded', entry.file);
    }
  });
});

/** Formats whose files are read as folded stacks of some kind. */
const TEXT_OF_STACKS = new Set(['folded', 'async-profiler-collapsed', 'austin']);

function read({ path }: CorpusFile): Profile {
  return importProfile(bytesInMemory(readFileSync(path), basename(path)));
}

/** A frame's name with its mark. */
function asWritten(profile: Profile, frame: number): string {
  const kind = FRAME_KINDS[profile.frames.kind[frame]];
  const mark = kind === 'kernel' ? '_[k]' : kind === 'jit' ? (profile.frames.inlined[frame] ? '_[i]' : '_[j]') : '';
  return `${functionName(profile, frame)}${mark}`;
}

/** Lines that were left out or taken for comments. */
function leftOut({ quality, origin }: Profile): number {
  const warning = quality.warnings.find((text) => text.startsWith('Lines left out, for'));
  return origin.comments.length + Number(/number: (\d+)/.exec(warning ?? 'number: 0')?.[1]);
}

/** The facts are rounded to six places. */
function round(weight: number | undefined): number {
  return Math.round(weight! * 1e6) / 1e6;
}
