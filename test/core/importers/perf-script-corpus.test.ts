import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { perfScript } from '../../../src/core/importers/perf-script.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';
import { type FoldedOptions, foldedStacks } from '../../../src/core/writers/folded.ts';
import { type CorpusFile, corpusFiles, corpusMissing } from '../../support/corpus.ts';

interface Facts {
  readonly event_header_lines: number;
  readonly events: Readonly<Record<string, number>>;
  readonly period_sum_by_event?: Readonly<Record<string, number>>;
  readonly comms: Readonly<Record<string, number>>;
  readonly stackcollapse_perf_pl: { readonly distinct_stacks: number; readonly total: number };
}

const OPTIONS: Readonly<Record<string, FoldedOptions>> = {
  all: { marksKernel: true, marksJit: true },
  kernel: { marksKernel: true },
  jit: { marksJit: true },
  pid: { threadNumbers: 'pid' },
  tid: { threadNumbers: 'tid' },
};

/**
 * No samples with a stack on lines of its own: the facts were counted by a program that reads no others. Of two events, which its golden
 * adds up.
 */
const ON_ONE_LINE = 'perf-script/inferno-single-line-stacks.txt';

/** Text that is read by lines, too. */
const OTHER_FORMATS = [
  'folded',
  'async-profiler-collapsed',
  'austin',
  'callgrind',
  'gc-go',
  'gc-java-unified',
  'smaps',
  'sysstat-text',
  'wrk',
  'hey',
  'fio-log',
  'blktrace',
  'gobench',
  'pprof-legacy',
  'simpleperf',
  'perf-data',
];

describe('perf script files of other people', { skip: corpusMissing }, () => {
  for (const entry of corpusFiles('perf-script')) {
    const { file } = entry;
    const bytes = contentOf(entry);
    const facts = entry.facts as unknown as Facts;
    if (bytes.length === 0) continue;

    it(`${file} has its samples, events and threads`, () => {
      assert.ok(perfScript.recognises(bytes.subarray(0, 65536)));
      const profile = read(bytes);
      assert.deepEqual(invalidities(profile), []);
      if (file === ON_ONE_LINE) return;
      const { samples, values, threads, strings } = profile;
      assert.equal(samples.length, facts.event_header_lines);
      const totalOf = (type: string) =>
        samples.weights[values.findIndex((value) => value.type === type)]?.reduce((a, b) => a + b, 0);
      const isOne = Object.keys(facts.events).length === 1;
      for (const [event, count] of Object.entries(facts.events))
        assert.equal(totalOf(isOne ? 'samples' : `${event} samples`), count, event);
      for (const [event, sum] of Object.entries(facts.period_sum_by_event ?? {})) {
        // Old versions of perf print no period.
        if (totalOf(event) !== undefined) assert.equal(totalOf(event), sum, event);
      }
      const byName: Record<string, number> = {};
      for (const thread of samples.thread)
        byName[strings[threads.name[thread]]] = (byName[strings[threads.name[thread]]] ?? 0) + 1;
      for (const [name, count] of Object.entries(facts.comms)) assert.equal(byName[name], count, name);
    });

    it(`${file} folds into as many stacks, of the same weight, as stackcollapse-perf.pl makes of it`, () => {
      if (file === ON_ONE_LINE || endedSamples(bytes).length === 0) return;
      const lines = folded(endedSamples(bytes), {}).split('\n').slice(0, -1);
      const total = lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
      assert.deepEqual({ distinct_stacks: lines.length, total }, pick(facts.stackcollapse_perf_pl));
    });

    for (const golden of goldensOf(entry)) {
      const variant = /-(all|kernel|jit|pid|tid)\.txt$/.exec(golden)?.[1] ?? '';
      it(`${file} folds into ${basename(golden)}, byte for byte`, () => {
        const expected = readFileSync(new URL(golden, `file://${entry.path.slice(0, -file.length)}`), 'utf8');
        // The goldens of stackcollapse-perf.pl lack the last sample where no empty line ends it; inferno's have it.
        const content = file.includes('inferno-') ? bytes : endedSamples(bytes);
        assert.equal(folded(content, OPTIONS[variant] ?? {}), withUnnamed(expected));
      });
    }
  }

  it('samples on one line fold, with both events together, into what inferno makes of them', () => {
    const entry = corpusFiles('perf-script').find(({ file }) => file === ON_ONE_LINE)!;
    const profile = read(contentOf(entry));
    const values = [...profile.values.keys()].filter((value) => profile.values[value].type.endsWith(' samples'));
    const lines = values.map((value) => Buffer.from(foldedStacks(profile, { value })).toString());
    const golden = new URL('golden/single-line-stacks-collapsed.txt', `file://${entry.path}`);
    assert.equal(lines.join(''), readFileSync(golden, 'utf8'));
  });

  it('no file of another format is taken for one', () => {
    for (const format of OTHER_FORMATS) {
      const files = corpusFiles(format);
      assert.ok(files.length > 0, format);
      for (const entry of files)
        assert.equal(perfScript.recognises(contentOf(entry).subarray(0, 65536)), false, entry.file);
    }
  });
});

function contentOf({ path }: CorpusFile): Uint8Array {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

function read(bytes: Uint8Array) {
  return perfScript.read(bytesInMemory(bytes), { progress() {} });
}

function folded(bytes: Uint8Array, options: FoldedOptions): string {
  return Buffer.from(foldedStacks(read(bytes), options)).toString();
}

/** The text up to its last empty line: stackcollapse-perf.pl drops a sample that no empty line ends. */
function endedSamples(bytes: Uint8Array): Uint8Array {
  const end = Buffer.from(bytes).lastIndexOf('\n\n');
  return bytes.subarray(0, end === -1 ? 0 : end + 2);
}

/**
 * perf 3.2 prints nothing for a name it doesn't know, which stackcollapse-perf.pl makes a frame of a blank; here it is
 * its module.
 */
function withUnnamed(golden: string): string {
  if (!/; {2}\d+$/m.test(golden)) return golden;
  const lines = golden
    .replace(/; {2}(\d+)$/gm, ';[libc-2.15.so] $1')
    .split('\n')
    .slice(0, -1);
  const stackOf = (line: string) => line.slice(0, line.lastIndexOf(' '));
  return lines
    .sort((a, b) => (stackOf(a) < stackOf(b) ? -1 : 1))
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * Where the project that the file is from ships its own result for it; those with addresses are of options that aren't
 * offered.
 */
function goldensOf(entry: CorpusFile): string[] {
  if (entry.file === ON_ONE_LINE) return [];
  const { golden = [] } = entry as CorpusFile & { golden?: readonly { file: string }[] };
  return golden.map(({ file }) => file).filter((file) => !file.endsWith('-addrs.txt'));
}

function pick({ distinct_stacks, total }: Facts['stackcollapse_perf_pl']) {
  return { distinct_stacks, total };
}
