import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { importProfile } from '../../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { NONE, type Profile } from '../../../../src/core/profile/profile.ts';
import { foldedStacks } from '../../../../src/core/writers/folded.ts';
import { type CorpusFile, corpusFiles, corpusMissing } from '../../../support/corpus.ts';

/** With what its project keeps beside it: what `go tool pprof -raw` printed, or its stacks folded. */
type Golden = CorpusFile & { readonly golden?: readonly { readonly file: string }[] };

/** Where the one file with a memory map has its modules: here addresses are places in them. */
const MAPPED: Readonly<Record<string, bigint>> = {
  cppbench_server_main: 0x400000n,
  '/libpthread-2.15.so': 0x7fcdc2feb000n,
};

const GOLDENS = [...corpusFiles('pprof'), ...corpusFiles('pprof-legacy')].flatMap((entry) =>
  ((entry as Golden).golden ?? []).map(({ file }) => ({
    entry,
    name: basename(file),
    path: entry.path.replace(entry.file, file),
  })),
);

describe('pprof files of other people, and what their projects say is in them', { skip: corpusMissing }, () => {
  it('are eight', () => assert.equal(GOLDENS.length, 8));

  for (const { entry, name, path } of GOLDENS) {
    it(`${entry.file} has what is in ${name}, exactly`, () => {
      const profile = importProfile(bytesInMemory(readFileSync(entry.path)));
      const text = readFileSync(path, 'utf8');
      if (!text.includes('\nSamples:\n')) {
        assert.deepEqual(lines(Buffer.from(foldedStacks(profile, {})).toString()), lines(text));
        return;
      }
      const expected = printedSamples(text);
      assert.ok(expected.length > 3, `${expected.length} samples`);
      assert.deepEqual(ownSamples(profile), expected);
    });
  }
});

function lines(text: string): string[] {
  return text.trim().split('\n').sort();
}

/** Samples of the text, each with its values, places and label; equal ones added up. */
function printedSamples(text: string): string[] {
  const [, rest] = text.split('\nSamples:\n');
  const [samples, places] = rest.split('\nLocations\n');
  const locations = printedLocations(places.split('\nMappings\n')[0]);
  const sums = new Sums();
  const rows = samples.split('\n').slice(1);
  for (const [at, row] of rows.entries()) {
    const [, values, ids] = /^((?: +-?\d+)+): ([\d ]*)$/.exec(row) ?? [];
    if (values === undefined) continue;
    const [, label = ''] = /^ +bytes:\[(\d+)\]$/.exec(rows[at + 1] ?? '') ?? [];
    const stack = ids.trim() === '' ? [] : ids.trim().split(' ');
    sums.add(values.trim().split(/ +/).map(Number), [...stack.flatMap((id) => locations.get(id)!), label]);
  }
  return sums.sorted();
}

/** By id: the address with each function that is there, what was inlined first. */
function printedLocations(text: string): Map<string, readonly string[]> {
  const locations = new Map<string, string[]>();
  let own: string[] = [];
  let address = '';
  for (const line of text.split('\n')) {
    const start = /^ *(\d+): 0x([0-9a-f]+) (?:M=\d+ )?(.*)$/.exec(line);
    if (start) {
      own = [];
      address = start[2];
      locations.set(start[1], own);
    }
    own.push(`${address} ${(start ? start[3] : line).trim().replace(/(:0)? s=\d+$/, '')}`.trim());
  }
  return locations;
}

/** The same of ours. */
function ownSamples(profile: Profile): string[] {
  const { samples, stacks, labelSets } = profile;
  const sums = new Sums();
  for (let sample = 0; sample < samples.length; sample++) {
    const places: string[] = [];
    for (let at = samples.stack[sample]; at !== NONE; at = stacks.parent[at])
      places.push(ownPlace(profile, stacks.frame[at]));
    const set = samples.labels[sample];
    const label = set === NONE ? '' : String(labelSets.number[labelSets.start[set]]);
    sums.add(
      samples.weights.map((column) => column[sample]),
      [...places, label],
    );
  }
  return sums.sorted();
}

function ownPlace({ frames, functions, modules, strings }: Profile, frame: number): string {
  const module = frames.module[frame];
  const start = (module === NONE ? undefined : MAPPED[strings[modules.path[module]]]) ?? 0n;
  const address = (frames.address[frame] + start).toString(16);
  const func = frames.function[frame];
  if (func === NONE) return address;
  return `${address} ${strings[functions.name[func]]} ${strings[functions.file[func]]}:${frames.line[frame]}`;
}

/** Values by what they are of. */
class Sums {
  readonly #values = new Map<string, readonly number[]>();

  add(values: readonly number[], of: readonly string[]): void {
    const key = of.join(' < ');
    this.#values.set(key, this.#values.get(key)?.map((sum, at) => sum + values[at]) ?? values);
  }

  sorted(): string[] {
    const kept = [...this.#values].filter(([, values]) => values.some((value) => value !== 0));
    return kept.map(([key, values]) => `${values.join(' ')}: ${key}`).sort();
  }
}
