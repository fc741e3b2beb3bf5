import assert from 'node:assert/strict';
import { copyFileSync, existsSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { IMPORTERS } from '../../src/core/importers/index.ts';
import { formatAmount } from '../../src/core/units.ts';
import { askCli, comparedTotals } from '../support/bench/built-cli.ts';
import { EXPLORER_SETTINGS, explorer } from '../support/bench/explorer.ts';
import { REPOSITORY } from '../support/bench/repository.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { must } from '../support/compiled-program.ts';
import { corpusFiles, corpusMissing } from '../support/corpus.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';

/** A format that is read, and what is done with a file of it. */
interface Family {
  readonly format: string;
  /** A file of the corpus, or a fixture where the corpus has none. */
  readonly file: string;
  /** What it is called in the workspace. */
  readonly name: string;
  /** A file with such a name may be anything: it opens as a profile only where one says so. */
  readonly isOption?: true;
  /** Leaves a part of it. */
  readonly filter: readonly [operation: 'focus' | 'ignore', pattern: string];
  /** Another file of the format that measures the same; without it, what was exported is compared. */
  readonly other?: string;
}

const FAMILIES: readonly Family[] = [
  {
    format: 'perf.data',
    file: 'perf-data/sleep.data',
    name: 'sleep.perf.data',
    filter: ['focus', 'ld-linux'],
  },
  { format: 'jfr', file: 'jfr/example.jfr.gz', name: 'example.jfr.gz', filter: ['focus', 'App\\.lambda'] },
  {
    format: 'simpleperf',
    file: 'simpleperf/simpleperf-cpu-clock.trace.gz',
    name: 'clock.trace.gz',
    isOption: true,
    filter: ['focus', 'loopOnce'],
  },
  {
    format: 'austin mojo',
    file: 'austin-mojo/austinp.mojo',
    name: 'austinp.mojo',
    filter: ['focus', '_Py_HashBytes'],
  },
  {
    format: 'pprof',
    file: 'pprof/simple.prof',
    name: 'simple.pprof',
    filter: ['ignore', 'main\\.alpha'],
    other: 'pprof/pprof.samples.cpu.001.pb.gz',
  },
  {
    format: 'speedscope',
    file: 'speedscope/simple-sampled.speedscope.json',
    name: 'simple.speedscope.json',
    filter: ['focus', '^c$'],
    other: 'speedscope/two-sampled.speedscope.json',
  },
  {
    format: 'dhat',
    file: 'dhat/dhat.json.gz',
    name: 'dhat.json.gz',
    isOption: true,
    filter: ['focus', 'DateTimeFormat'],
  },
  {
    format: 'pyinstrument',
    file: 'pyinstrument/django_template_render.json',
    name: 'render.json',
    isOption: true,
    filter: ['ignore', 'get_code'],
    other: 'pyinstrument/wikipedia_article_word_count.json',
  },
  {
    format: 'scalene',
    file: 'scalene/profile.json',
    name: 'scalene.json',
    isOption: true,
    filter: ['focus', 'doit1'],
  },
  {
    format: 'Firefox profile',
    file: 'firefox-profile/simple-firefox.json',
    name: 'firefox.json',
    isOption: true,
    filter: ['focus', 'gamma'],
  },
  {
    format: 'V8 heapprofile',
    file: 'heapprofile/Heap-20181005T144546.heapprofile',
    name: 'page.heapprofile',
    isOption: true,
    filter: ['ignore', 'V8 API'],
  },
  {
    format: 'V8 cpuprofile',
    file: 'cpuprofile/simple.cpuprofile',
    name: 'simple.cpuprofile',
    isOption: true,
    filter: ['focus', '^c$'],
    other: 'cpuprofile/test.cpuprofile',
  },
  {
    format: 'Chrome trace',
    file: 'chrome-trace/simple.json',
    name: 'trace.json',
    isOption: true,
    filter: ['focus', 'gamma'],
    other: 'chrome-trace/multiprocess.json',
  },
  {
    format: 'callgrind',
    file: 'callgrind/callgrind.example.log',
    name: 'callgrind.out.4711',
    filter: ['focus', 'func1'],
  },
  {
    format: 'austin',
    file: 'austin/diff_a.austin',
    name: 'stacks.austin',
    filter: ['ignore', '^pop$'],
    other: 'austin/diff_b.austin',
  },
  {
    format: 'perf script',
    file: 'perf-script/perf-dd-stacks-01.txt',
    name: 'dd.perf.txt',
    isOption: true,
    filter: ['ignore', 'sys_write'],
    other: 'perf-script/one-sample.linux-perf.txt',
  },
  {
    format: 'async-profiler collapsed',
    file: 'async-profiler-collapsed/sample1.collapsed',
    name: 'sample.collapsed',
    filter: ['focus', 'implRead'],
    other: 'async-profiler-collapsed/async-profiler-collapsed-part.txt',
  },
  {
    format: 'py-spy raw',
    file: 'test/fixtures/py-spy-raw/files.txt',
    name: 'py-spy.stacks',
    isOption: true,
    filter: ['ignore', 'squares'],
    other: 'test/fixtures/py-spy-raw/lines.txt',
  },
  {
    format: 'pprof-legacy',
    file: 'pprof-legacy/java.heap',
    name: 'java.heap',
    isOption: true,
    filter: ['ignore', 'function02b'],
    other: 'pprof-legacy/gobench.heap',
  },
  {
    format: 'folded',
    file: 'folded/diff-before.txt',
    name: 'dd.folded',
    filter: ['ignore', 'fsnotify'],
    other: 'folded/diff-after.txt',
  },
];

const bench = useWorkbench({ settings: EXPLORER_SETTINGS });
const files: string[] = [];

afterEach(async () => {
  await bench.workbench.runCommand('View: Close All Editors');
  // What is left would push the next out of the explorer's sight.
  for (const file of files.splice(0)) rmSync(file, { force: true });
});

test('there is a file of every format that is read', () => {
  assert.deepEqual(
    FAMILIES.map(({ format }) => format),
    IMPORTERS.map(({ format }) => format),
  );
});

// What extensions open comes a while after the window: until then the files below would be texts.
test('the palette offers to open a profile', async () => {
  const offered = await bench.workbench.offeredCommands('Perfwright: Open');
  assert.ok(offered.includes('Perfwright: Open Profile…'), offered.join(' · '));
});

for (const family of FAMILIES) {
  const { format, name, filter } = family;
  const skip = existsSync(join(REPOSITORY, family.file)) ? false : corpusMissing;
  test(`a file of ${format} is opened, cut, exported and compared with the command line’s figures`, {
    skip,
  }, async () => {
    place(family.file, name, 1);
    if (family.other) place(family.other, `later ${name}`, 2);
    const panel = await open(family);
    const whole = askCli(bench.folder, 'top', name);
    await shows(panel, whole);

    await addFilter(panel, filter);
    const cut = askCli(bench.folder, 'top', name, `--${filter[0]}`, filter[1]);
    assert.ok(cut.total > 0 && cut.total < whole.total, `the filter leaves ${cut.total} of ${whole.total}`);
    await shows(panel, cut);

    const exported = await exportAsPprof(name);
    assert.deepEqual(inPprof(askCli(bench.folder, 'top', exported)), inPprof(cut));
    if (!needTool('go')) assert.equal(totalByPprof(exported, cut.value.unit), Math.round(cut.total));

    const other = family.other ? `later ${name}` : exported;
    await explorer(bench.workbench).appears(exported);
    await explorer(bench.workbench).chooseFromMenu('Compare Profiles', name, other);
    await compares(name, other);
  });
}

/** Puts a file into the workspace, as if it had been recorded in that second of 1970. */
function place(file: string, name: string, second: number): void {
  const own = join(REPOSITORY, file);
  const from = existsSync(own) ? own : corpusFiles('*').find((one) => one.file === file)?.path;
  assert.ok(from, `${file} is there`);
  const to = join(bench.folder, name);
  files.push(to);
  copyFileSync(from, to);
  utimesSync(to, second, second);
}

/** Opens a file from the explorer as its flame graph. */
async function open({ name, isOption }: Family): Promise<FrameLocator> {
  const { workbench } = bench;
  const { file, appears, chooseFromMenu } = explorer(workbench);
  await appears(name);
  if (isOption) {
    await chooseFromMenu('Open With...', name);
    await workbench.pick('Profile (Perfwright)');
  } else {
    await file(name).dblclick();
  }
  return workbench.webview(name);
}

/** Waits until the flame graph has the total that the command line printed. */
async function shows(panel: FrameLocator, { total, value }: TopAnswer): Promise<void> {
  const expected = formatAmount(total, value.unit, value.type);
  await eventually(async () => {
    const figures = await panel.locator('.status-frame').innerText({ timeout: 1000 });
    assert.equal(figures.split(' · ').at(-1), expected);
  });
}

async function addFilter(panel: FrameLocator, [operation, pattern]: Family['filter']): Promise<void> {
  const { workbench } = bench;
  await panel.getByRole('button', { name: 'Add a filter…' }).click();
  await workbench.pick(`--${operation}`);
  await workbench.sees('A regular expression, found anywhere in the name of a function');
  await workbench.enter(pattern);
  await panel.locator('.chip').filter({ hasText: pattern }).waitFor();
}

/** Exports what is shown, under the name that is suggested. */
async function exportAsPprof(name: string): Promise<string> {
  const { workbench, folder } = bench;
  await workbench.choose('Perfwright: Export Profile…', 'For go tool pprof');
  const exported = `${name}.pb.gz`;
  files.push(join(folder, exported));
  const path = workbench.page.locator('.quick-input-widget input[type="text"]').first();
  await eventually(async () => assert.equal(await path.inputValue(), join(folder, exported)));
  await path.press('Enter');
  await eventually(() => assert.ok(existsSync(join(folder, exported)), `${exported} is there`));
  return exported;
}

/** Waits until both are compared, with the totals that the command line prints. */
async function compares(before: string, after: string): Promise<void> {
  const panel = await bench.workbench.webview('Compare');
  const expected = comparedTotals(bench.folder, before, after);
  await eventually(async () => {
    assert.deepEqual(await panel.locator('.side-title').allInnerTexts(), [before, after]);
    const figures = (await panel.locator('.status-frame').innerText({ timeout: 1000 })).replace(/\s+/g, ' ');
    assert.ok(figures.includes(`${expected} `), `${figures} isn't ${expected}`);
  });
}

interface TopAnswer {
  readonly value: { readonly type: string; readonly unit: string };
  readonly total: number;
  readonly stackless: number;
  readonly rows: readonly { readonly fullName: string; readonly self: number; readonly total: number }[];
}

/** pprof has no fractions, and no parameters of functions. */
function inPprof({ total, stackless, rows, ...answer }: TopAnswer) {
  return {
    ...answer,
    total: Math.round(total),
    stackless: Math.round(stackless),
    rows: rows.map(({ fullName: _, self, total, ...place }) => ({
      ...place,
      self: Math.round(self),
      total: Math.round(total),
    })),
  };
}

/** The total of a file's default value, in its own unit, by `go tool pprof`. */
function totalByPprof(name: string, unit: string): number {
  const ofUnit = unit === 'count' ? [] : [`-unit=${unit}`];
  const text = must(['go', 'tool', 'pprof', '-symbolize=none', '-top', ...ofUnit, join(bench.folder, name)]);
  return Number(/ of (\d+)[a-zA-Z]* total$/m.exec(text)?.[1]);
}
