import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { pprof } from '../../../src/core/importers/pprof.ts';
import { bytesInMemory, readBytes } from '../../../src/core/importers/reading/byte-source.ts';
import { gunzipped, isGzip } from '../../../src/core/importers/reading/gunzipped.ts';
import { neighbours } from '../../../src/core/profile/neighbours.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { topTable } from '../../../src/core/profile/top-table.ts';
import { type CorpusFile, corpusFiles, corpusFormats, corpusMissing } from '../../support/corpus.ts';
import { type Costs, costsAsNamedByGo, goPprof, goTop } from '../../support/go-pprof.ts';
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

describe('pprof files of other people', { skip: corpusMissing }, () => {
  for (const entry of corpusFiles('pprof')) {
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
        const { total } = stackWeights(profile, { value: index });
        assert.equal(total, facts.sums[`${type}/${unit}`], type);
        const [, whole] = /of (\d+)\D* total$/.exec(facts.top[`${type}/${unit}`].showing) ?? [];
        assert.equal(total, Number(whole), type);
      }
      const distinct = new Set<string>();
      for (let row = 0; row < samples.length; row++) {
        if (samples.weights.every((column) => column[row] === 0)) continue;
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
      if (entry.file === TORN) return;
      const profile = read(entry);
      for (const [value, { unit, type }] of profile.values.entries()) {
        const expected = goTop(entry.path, value, unit);
        assert.ok(Object.keys(expected).length > 0 || type.startsWith('inuse'), type);
        assert.deepEqual(costsAsNamedByGo(profile, value), expected, type);
        const own = topCosts(profile, value);
        if (own) assert.deepEqual(own, expected, `${type}, by the top table`);
      }
    });
  }

  it('a function has the callers and callees that go tool pprof -peek has', { skip: needTool('go') }, () => {
    for (const [file, name] of [
      ['pprof/pprof.samples.cpu.001.pb.gz', 'main.computeSum'],
      ['pprof/simple.prof', 'main.delta'],
      ['pprof/labels.pb.gz', 'runtime.mallocgc'],
    ]) {
      const entry = corpusFiles('pprof').find((one) => one.file === file)!;
      const profile = read(entry);
      const value = profile.values.length - 1;
      assert.deepEqual(ownPeek(profile, value, name), goPeek(entry.path, value, name), `${file}, ${name}`);
    }
  });

  it('no file of another format is taken for one', () => {
    let count = 0;
    for (const format of corpusFormats()) {
      if (format === 'pprof') continue;
      for (const entry of corpusFiles(format)) {
        const source = unpacked(entry);
        assert.equal(pprof.recognises(readBytes(source, 0, 65536)), false, entry.file);
        count++;
      }
    }
    assert.ok(count > 200, `${count} files`);
  });
});

function unpacked({ path, file }: CorpusFile) {
  const packed = bytesInMemory(readFileSync(path), file);
  return isGzip(readBytes(packed, 0, 16)) ? gunzipped(packed).source : packed;
}

function read(entry: CorpusFile): Profile {
  assert.equal(importerFor(unpacked(entry))?.format, 'pprof');
  return importProfile(bytesInMemory(readFileSync(entry.path), 'unknown'));
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

interface Peek {
  readonly callers: Readonly<Record<string, number>>;
  readonly callees: Readonly<Record<string, number>>;
}

function ownPeek(profile: Profile, value: number, name: string): Peek {
  const { frames, functions, strings } = profile;
  const nameOf = (func: number) => strings[functions.name[func]];
  const isFocus = (frame: number) => nameOf(frames.function[frame]) === name;
  const found = neighbours(profile, stackWeights(profile, { value }), isFocus);
  const byName = (list: typeof found.callers) => {
    const known = list.filter((one) => one.function !== NONE && nameOf(one.function) !== name);
    return Object.fromEntries(known.map((one) => [nameOf(one.function), one.weight]));
  };
  return { callers: byName(found.callers), callees: byName(found.callees) };
}

/** Callers and callees but itself: pprof counts calls of itself otherwise. */
function goPeek(file: string, value: number, name: string): Peek {
  const escaped = name.replace(/[.*()[\]]/g, '\\$&');
  const all = ['-nodecount=100000', '-nodefraction=0', '-edgefraction=0', '-unit=nanoseconds'];
  const text = goPprof(file, [`-peek=^${escaped}$`, `-sample_index=${value}`, ...all]);
  const callers: Record<string, number> = {};
  const callees: Record<string, number> = {};
  let side = callers;
  for (const line of text.split('\n')) {
    const [, weight, other] = /^ +(\d+)ns +\S+ \| {3}(.*?)(?: \((?:partial-)?inline\))?$/.exec(line) ?? [];
    if (/ \| \S/.test(line)) side = callees;
    else if (other !== undefined && other !== name) side[other] = Number(weight);
  }
  return { callers, callees };
}
