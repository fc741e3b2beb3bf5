import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { operated } from '../../../../src/core/profile/operations/index.ts';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import { NONE, type Profile } from '../../../../src/core/profile/profile.ts';
import { corpusFiles, corpusMissing } from '../../../support/corpus.ts';
import { type Costs, costsAsNamedByGo, goPeek, goTop, ownPeek } from '../../../support/go-pprof.ts';
import { needTool } from '../../../support/need-tool.ts';

/** A name of its function has a line end in it, which tears a row of pprof's table apart. */
const TORN = 'pprof/invalid_utf8.pb.gz';
/** Has no names. */
const NAMELESS = 'pprof/go.crc32.cpu';

describe('filters, on files of other people,', { skip: corpusMissing || needTool('go') }, () => {
  for (const { file, path } of corpusFiles('pprof').filter((entry) => ![TORN, NAMELESS].includes(entry.file))) {
    it(`leave of ${file} what go tool pprof leaves, in its top and peek tables`, () => {
      const profile = importProfile(bytesInMemory(readFileSync(path)));
      const value = profile.defaultValue;
      const { unit } = profile.values[value];
      const whole = goTop(path, value, unit);
      let changed = 0;
      for (const { operations, args } of casesFor(profile, whole)) {
        const shown = operated(profile, operations);
        const expected = goTop(path, value, unit, '-functions', args);
        assert.deepEqual(costsAsNamedByGo(shown, value), expected, args.join(' '));
        if (JSON.stringify(expected) !== JSON.stringify(whole)) changed++;
        for (const [name, peek] of [...goPeek(path, value, unit, args)].slice(0, 8))
          assert.deepEqual(ownPeek(shown, value, name), peek, `${args.join(' ')}: ${name}`);
      }
      assert.ok(changed > 2, `${changed} filters change something`);
    });
  }
});

interface Case {
  readonly operations: readonly Operation[];
  readonly args: readonly string[];
}

/** Filters that some of a file's samples pass: by functions that cost much, in the middle of stacks, and by a label. */
function casesFor(profile: Profile, top: Costs): Case[] {
  const byTotal = Object.entries(top).sort(([, [, a]], [, [, b]]) => b - a);
  const names = byTotal.map(([name]) => name).filter((name) => !name.startsWith('['));
  const pattern = (at: number) => `^${names[Math.min(at, names.length - 1)].replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
  const [often, half, seldom] = [1, Math.floor(names.length / 4), Math.floor(names.length / 2)].map(pattern);
  const cases: Case[] = [
    { operations: [{ op: 'focus', pattern: half }], args: [`-focus=${half}`] },
    { operations: [{ op: 'focus', pattern: seldom }], args: [`-focus=${seldom}`] },
    { operations: [{ op: 'ignore', pattern: half }], args: [`-ignore=${half}`] },
    { operations: [{ op: 'hide', pattern: often }], args: [`-hide=${often}`] },
    { operations: [{ op: 'show-from', pattern: half }], args: [`-show_from=${half}`] },
    {
      operations: [
        { op: 'focus', pattern: often },
        { op: 'ignore', pattern: seldom },
        { op: 'hide', pattern: half },
      ],
      args: [`-focus=${often}`, `-ignore=${seldom}`, `-hide=${half}`],
    },
  ];
  const filter = labelFilter(profile);
  if (filter) cases.push({ operations: [{ op: 'tagfocus', filter }], args: [`-tagfocus=${filter}`] });
  return cases;
}

/** A label with a text that some samples have, `undefined` where there's none. */
function labelFilter({ samples, labelSets, strings }: Profile): string | undefined {
  for (const set of samples.labels) {
    if (set === NONE) continue;
    for (let row = labelSets.start[set]; row < labelSets.start[set + 1]; row++) {
      const text = strings[labelSets.text[row]];
      if (/^[\w ./-]+$/.test(text)) return `${strings[labelSets.key[row]]}=^${text.replace(/[.]/g, '\\.')}$`;
    }
  }
  return undefined;
}
