import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { UNWATCHED } from '../../../src/core/importers/importer.ts';
import { pprof } from '../../../src/core/importers/pprof.ts';
import { pprofLegacy } from '../../../src/core/importers/pprof-legacy.ts';
import { bytesInMemory, readBytes } from '../../../src/core/importers/reading/byte-source.ts';
import { gunzipped, isGzip } from '../../../src/core/importers/reading/gunzipped.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { topTable } from '../../../src/core/profile/top-table.ts';
import { type CorpusFile, corpusFiles, corpusFormats, corpusMissing } from '../../support/corpus.ts';
import { type Costs, costsAsNamedByGo, goPeek, goTop, ownPeek } from '../../support/go-pprof.ts';
import { naiveTotals, speltSamples } from '../../support/naive-totals.ts';
import { needTool } from '../../support/need-tool.ts';

interface Facts {
  readonly sample_types: readonly string[];
  readonly samples: number;
  readonly sums: Readonly<Record<string, number>>;
  readonly periodtype: string;
  readonly period: string;
  readonly time?: string;
  readonly top: Readonly<Record<string, { readonly showing: string }>>;
}

/** A name of its function has a line end in it, which tears a row of pprof's table apart. */
const TORN = 'pprof/invalid_utf8.pb.gz';

/** Names no kind of file that pprof reads: what Go prints of goroutines for people. */
const DUMP = 'pprof-legacy/1.net.http.pprof.goroutine.debug2.txt';
/** Stands among the files of the newer format, and is of the older one. */
const OLD_AMONG_NEW = 'pprof/go.crc32.cpu';

const ENTRIES = [...corpusFiles('pprof'), ...corpusFiles('pprof-legacy')].filter(({ file }) => file !== DUMP);

describe('pprof files of other people', { skip: corpusMissing }, () => {
  for (const entry of ENTRIES) {
    it(`${entry.file} has its values, sums, samples, time and period`, () => {
      const facts = entry.facts as unknown as Facts;
      const profile = read(entry);
      const { values, samples, origin } = profile;
      assert.deepEqual(profile.quality.warnings, []);
      const isNamed = facts.sample_types.some((type) => type.endsWith('[dflt]'));
      const types = values.map(
        ({ type, unit }, index) => `${type}/${unit}${isNamed && index === profile.defaultValue ? '[dflt]' : ''}`,
      );
      assert.deepEqual(types, facts.sample_types);
      if (!isNamed) assert.equal(profile.defaultValue, values.length - 1);
      for (const [index, { type, unit }] of values.entries()) {
        const { total, stackless } = stackWeights(profile, { value: index });
        assert.equal(total - stackless, facts.sums[`${type}/${unit}`], type);
        const [, whole] = /of (\d+)\D* total$/.exec(facts.top[`${type}/${unit}`].showing) ?? [];
        assert.equal(total, Number(whole), type);
      }
      const distinct = new Set<string>();
      for (let row = 0; row < samples.length; row++) {
        if (samples.stack[row] === NONE || samples.weights.every((column) => column[row] === 0)) continue;
        distinct.add([samples.stack[row], samples.thread[row], samples.labels[row]].join());
      }
      assert.equal(distinct.size, facts.samples);
      const { type = '', unit = '', amount = 0 } = origin.period ?? {};
      assert.equal(`${type} ${unit} ${amount}`, `${facts.periodtype} ${facts.period}`);
      const time = facts.time?.replace(' +0000 UTC', 'Z').replace(' ', 'T');
      assert.equal(
        Number.isNaN(origin.wallStartMs) ? undefined : Math.floor(origin.wallStartMs),
        time && Date.parse(time.replace(/(\.\d{3})\d*Z/, '$1Z')),
      );
    });

    it(`${entry.file} has the self and total of every function that go tool pprof has`, {
      skip: needTool('go'),
    }, () => {
      const profile = read(entry);
      if (!isNamedByGo(entry, profile)) return;
      for (const [value, { unit, type }] of profile.values.entries()) {
        const expected = goTop(entry.path, value, unit);
        assert.ok(Object.keys(expected).length > 0 || type.startsWith('inuse'), type);
        assert.deepEqual(costsAsNamedByGo(profile, value), expected, type);
        const own = topCosts(profile, value);
        if (own) assert.deepEqual(own, expected, `${type}, by the top table`);
      }
    });

    it(`${entry.file} has the callers and callees of functions that go tool pprof -peek has`, {
      skip: needTool('go'),
    }, () => {
      const profile = read(entry);
      if (!isNamedByGo(entry, profile)) return;
      for (const [value, { unit, type }] of profile.values.entries()) {
        // Dearest first, and the cheapest.
        const expected = [...goPeek(entry.path, value, unit)];
        assert.ok(
          expected.some(([, { callers }]) => Object.keys(callers).length > 0) || type.startsWith('inuse'),
          type,
        );
        for (const [name, peek] of [...expected.slice(0, 30), ...expected.slice(-10)])
          assert.deepEqual(ownPeek(profile, value, name), peek, `${type}, ${name}`);
      }
    });
  }

  for (const entry of ENTRIES.filter(({ file }) => isOld(file) && !file.endsWith('java.heap'))) {
    it(`${entry.file} has the self and total of every address that go tool pprof has`, { skip: needTool('go') }, () => {
      const profile = read(entry);
      for (const [value, { unit, type }] of profile.values.entries()) {
        const byAddress = Object.entries(goTop(entry.path, value, unit, '-addresses'));
        const expected = Object.fromEntries(byAddress.map(([name, costs]) => [name.slice(0, 16), costs]));
        assert.ok(byAddress.length > 5, `${byAddress.length} addresses`);
        assert.deepEqual(costsByAddress(profile, value), expected, type);
      }
    });
  }

  it('stacks of goroutines that Go printed for people have every function, place and state', () => {
    const entry = corpusFiles('pprof-legacy').find(({ file }) => file === DUMP)!;
    const text = readFileSync(entry.path, 'utf8');
    const profile = importProfile(bytesInMemory(readFileSync(entry.path)));
    const { samples, stacks, frames, functions, strings, labelSets } = profile;
    const printed = text
      .trim()
      .split('\n\n')
      .map((block) => {
        const [head, ...lines] = block.split('\n');
        const calls = lines.filter((line) => !line.startsWith('\t'));
        const places = lines
          .filter((line) => line.startsWith('\t'))
          .map((line) => line.trim().replace(/ \+0x\w+$/, ''));
        const stack = calls.map((call, at) => `${call.replace(/\([^()]*\)$/, '')} ${places[at]}`);
        return [/\[([^\],]*)/.exec(head)![1], ...stack.filter((call) => !call.startsWith('created by'))];
      });
    const found = Array.from({ length: samples.length }, (_, row) => {
      const stack: string[] = [strings[labelSets.text[labelSets.start[samples.labels[row]]]]];
      for (let at = samples.stack[row]; at !== NONE; at = stacks.parent[at]) {
        const func = frames.function[stacks.frame[at]];
        stack.push(
          `${strings[functions.name[func]]} ${strings[functions.file[func]]}:${frames.line[stacks.frame[at]]}`,
        );
      }
      return stack;
    });
    assert.equal(printed.length, 10);
    assert.deepEqual(found, printed);
    assert.deepEqual(profile.quality.warnings, []);
  });

  it('no file of another format is taken for one', () => {
    let count = 0;
    for (const format of corpusFormats()) {
      for (const entry of corpusFiles(format)) {
        const head = readBytes(unpacked(entry), 0, 65536);
        assert.equal(pprof.recognises(head), format === 'pprof' && entry.file !== OLD_AMONG_NEW, entry.file);
        assert.equal(pprofLegacy.recognises(head), isOld(entry.file), entry.file);
        count++;
      }
    }
    assert.ok(count > 200, `${count} files`);
  });
});

function isOld(file: string): boolean {
  return file.startsWith('pprof-legacy/') || file === OLD_AMONG_NEW;
}

function unpacked({ path, file }: CorpusFile) {
  const packed = bytesInMemory(readFileSync(path), file);
  return isGzip(readBytes(packed, 0, 16)) ? gunzipped(packed, UNWATCHED).source : packed;
}

function read(entry: CorpusFile): Profile {
  assert.equal(importerFor(unpacked(entry))?.format, isOld(entry.file) ? 'pprof-legacy' : 'pprof');
  return importProfile(bytesInMemory(readFileSync(entry.path), 'unknown'));
}

/** Where the one file with a memory map has its modules: here addresses are places in them. */
const MAPPED: Readonly<Record<string, bigint>> = {
  cppbench_server_main: 0x400000n,
  '/libpthread-2.15.so': 0x7fcdc2feb000n,
};

function costsByAddress(profile: Profile, value: number): Costs {
  const { frames, modules, strings } = profile;
  const totals = naiveTotals(speltSamples(profile, { value }), (frame) => {
    const module = frames.module[frame];
    const start = module === NONE ? 0n : MAPPED[strings[modules.path[module]]];
    return (frames.address[frame] + start).toString(16).padStart(16, '0');
  });
  return Object.fromEntries([...totals].map(([address, { self, total }]) => [address, [self, total]]));
}

/** The top table by function; `undefined` where it has two rows of one name, or code without a function, which pprof adds up. */
function topCosts(profile: Profile, value: number): Costs | undefined {
  if (profile.frames.function.includes(NONE)) return undefined;
  const costs: Costs = {};
  for (const row of topTable(profile, stackWeights(profile, { value }), 'function')) {
    const name = profile.strings[profile.functions.name[row.function]];
    if (costs[name] || name === '(unknown)') return undefined;
    costs[name] = [row.self, row.total];
  }
  return costs;
}

/** Whether pprof's tables have the names that are in the file: it doesn't read those in Go's comments. */
function isNamedByGo({ file }: CorpusFile, { frames }: Profile): boolean {
  return file !== TORN && !/debug1/.test(file) && frames.function.some((func) => func !== NONE);
}
