import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { importProfile } from '../../src/core/importers/import-profile.ts';
import { FRAME_KINDS, type Profile } from '../../src/core/profile/profile.ts';
import { stackWeights } from '../../src/core/profile/stack-weights.ts';
import { topTable } from '../../src/core/profile/top-table.ts';
import { baseName, isUnknownName } from '../../src/core/profile/unknown-name.ts';
import { withoutInlines } from '../../src/core/profile/without-frames.ts';
import { openFileBytes } from '../../src/symbols/file-bytes.ts';
import { symbolize } from '../../src/symbols/symbolize.ts';
import { startProcess } from '../../src/tools/run.ts';
import { compiled, must } from '../support/compiled-program.ts';
import { needTool } from '../support/need-tool.ts';
import { differences, type Rows, reportedSelf } from '../support/perf-report.ts';

const STANDARD_LIBRARY = `\
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>
namespace { template <typename T> __attribute__((noinline)) T mean(const std::vector<T> &v) { T s = 0; for (T x : v) s += std::sin(x); return s / v.size(); } }
int main(int argc, char **) {
  std::map<std::string, int> words;
  double sum = 0;
  for (int round = 0; round < 600 * argc; round++) {
    for (int i = 0; i < 200; i++) words["key" + std::to_string(i * round)]++;
    std::vector<int> order(2000);
    for (int i = 0; i < 2000; i++) order[i] = i * 7919 % 2003;
    std::sort(order.begin(), order.end(), [](int a, int b) { return a > b; });
    sum += mean(std::vector<double>(order.begin(), order.end()));
  }
  return sum == words.size();
}
`;

const SYSTEM_CALLS = `\
#include <fcntl.h>
#include <time.h>
#include <unistd.h>
int main(int argc, char **argv) {
  (void)argv;
  static char buffer[65536];
  int zero = open("/dev/zero", O_RDONLY);
  struct timespec now;
  long sum = 0;
  for (long i = 0; i < 3000000L * argc; i++) {
    clock_gettime(CLOCK_MONOTONIC, &now);
    sum += now.tv_nsec;
    if (i % 60 == 0) sum += read(zero, buffer, sizeof buffer);
  }
  return sum == 3;
}
`;

/** Faults in the kernel: what it is asked to write to isn't there yet. */
const PAGE_FAULTS = `\
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void) {
  int zero = open("/dev/zero", O_RDONLY);
  long sum = 0;
  for (int i = 0; i < 100; i++) {
    char *pages = mmap(0, 1 << 22, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    madvise(pages, 1 << 22, MADV_NOHUGEPAGE);
    sum += read(zero, pages, 1 << 22);
    munmap(pages, 1 << 22);
  }
  return sum == 3;
}
`;

const SCRIPT = `
require('fs').writeFileSync(process.argv[2], String(process.pid));
function hot(n) { let sum = 0; for (let i = 0; i < n; i++) sum += Math.sqrt(i) * ((i * 7) % 3); return sum; }
let total = 0;
for (let k = 0; k < 400; k++) total += hot(100000);
console.log(total);
`;

describe('the functions of a recording are those of perf report', {
  skip: needTool('perf', 'gcc', 'g++', 'llvm-symbolizer', 'c++filt'),
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-recorded-'));
  after(() => rmSync(folder, { recursive: true }));

  it('for a C++ program and the libraries it uses', async () => {
    const program = compiled(folder, 'standard-library', STANDARD_LIBRARY, [
      'g++',
      '-O2',
      '-g',
      '-fno-omit-frame-pointer',
    ]);
    const { functions, recording } = await recorded([program]);
    assert.ok(functions.some(([name]) => name.startsWith('std::__introsort_loop<')));
    assert.deepEqual(differences(functions, reportedSelf(recording)), []);
  });

  it('for a stripped one', async () => {
    const program = compiled(folder, 'stripped', STANDARD_LIBRARY, ['g++', '-O2', '-s', '-rdynamic']);
    const { functions, recording } = await recorded([program]);
    assert.deepEqual(differences(functions, reportedSelf(recording)), []);
  });

  it('for the kernel and the vDSO', { skip: process.getuid?.() !== 0 && 'needs root' }, async () => {
    const program = compiled(folder, 'system-calls', SYSTEM_CALLS, ['gcc', '-O1', '-g', '-fno-omit-frame-pointer']);
    const { functions, recording } = await recorded([program]);
    // perf before 6.3 lets _init, which has no size, reach over the first stubs of the linkage table.
    const [own, reported] = [functions, reportedSelf(recording)].map((rows) => rows.filter(inKernel));
    assert.ok(
      own.some(([name]) => name.endsWith('[[kernel.kallsyms]]')) && own.some(([name]) => name.endsWith('[[vdso]]')),
    );
    assert.deepEqual(differences(own, reported), []);
  });

  it('for the kernel, in what perf leaves without a table of build-ids', {
    skip: process.getuid?.() !== 0 && 'needs root',
  }, async () => {
    const program = compiled(folder, 'zeros', SYSTEM_CALLS, ['gcc', '-O1', '-g', '-fno-omit-frame-pointer']);
    const compressed = await recorded([program], { options: ['-z'] });
    const [own, reported] = [compressed.functions, reportedSelf(compressed.recording)].map((rows) =>
      rows.filter(inKernel),
    );
    assert.deepEqual(differences(own, reported), []);
    assert.ok(own.some(([name]) => /^\w+ \[\[kernel/.test(name)));

    const long = [program, ...Array(100).fill('longer')];
    const cutOff = await recorded(long, { options: ['--buildid-mmap', '-m', '4'], killedAtBytes: 50_000 });
    assert.ok(cutOff.functions.some(([name]) => /^\w+ \[\[kernel/.test(name)));
    assert.ok(
      cutOff.warnings.some((warning) => warning.includes('stopped before it could finish')),
      cutOff.warnings.join(),
    );
  });

  it('for what was interrupted in the kernel, at the addresses that perf script tells', {
    skip: process.getuid?.() !== 0 && 'needs root',
  }, async () => {
    const program = compiled(folder, 'page-faults', PAGE_FAULTS, ['gcc', '-O1', '-g', '-fno-omit-frame-pointer']);
    const { functions, recording, profile } = await recorded([program]);
    assert.deepEqual(differences(functions.filter(inKernel), reportedSelf(recording).filter(inKernel)), []);
    const script = must(['perf', 'script', '-i', recording, '-F', 'ip,sym']);
    const told = new Set(Array.from(script.matchAll(/\basm_exc_page_fault\n\s*(f[0-9a-f]{15}) /g), ([, at]) => at));
    assert.ok(told.size > 0, 'perf saw none');
    const { stacks, frames, strings } = profile;
    const nameOf = (stack: number) => strings[profile.functions.name[frames.function[stacks.frame[stack]]]];
    const own = new Set<string>();
    for (let stack = 0; stack < stacks.length; stack++) {
      const up = stacks.parent[stack];
      if (up >= 0 && nameOf(stack) === 'asm_exc_page_fault' && frames.kind[stacks.frame[up]] === KERNEL)
        own.add(frames.address[stacks.frame[up]].toString(16));
    }
    assert.deepEqual(own, told);
  });

  it('for code that was compiled while it ran', async () => {
    const script = join(folder, 'script.cjs');
    writeFileSync(script, SCRIPT);
    const pid = join(folder, 'pid');
    try {
      const { functions, recording } = await recorded([process.execPath, '--perf-basic-prof', script, pid]);
      assert.ok(functions.some(([name]) => /^JS:\*hot .*\[\[JIT\] tid \d+\]$/.test(name)));
      assert.deepEqual(differences(functions, reportedSelf(recording)), []);
    } finally {
      rmSync(`/tmp/perf-${readFileSync(pid, 'utf8')}.map`);
    }
  });

  async function recorded(argv: readonly string[], { options = [], killedAtBytes }: Recorded = {}) {
    const recording = join(folder, 'perf.data');
    rmSync(recording, { force: true });
    const perf = ['perf', 'record', '-q', '-F', '1999', '-g', '-e', 'cpu-clock', ...options, '-o', recording];
    if (killedAtBytes === undefined) must([...perf, '--', ...argv]);
    else
      await killed(
        [...perf, '--', ...argv],
        () => (statSync(recording, { throwIfNoEntry: false })?.size ?? 0) >= killedAtBytes,
      );
    const bytes = openFileBytes(recording)!;
    const tools = { llvmSymbolizer: 'llvm-symbolizer', cxxFilt: 'c++filt' };
    const profile = await symbolize(importProfile(bytes), { launch: startProcess, tools });
    bytes.close();
    assert.ok(profile.samples.length > 50, `${profile.samples.length} samples`);
    return { functions: selfByFunction(profile), profile, recording, warnings: profile.quality.warnings };
  }
});

interface Recorded {
  readonly options?: readonly string[];
  /** At which size of its file perf is killed, so that it can't bring it to an end. */
  readonly killedAtBytes?: number;
}

/** Runs a program in a process group of its own, and kills that as soon as it may be. */
async function killed(argv: readonly string[], mayBe: () => boolean): Promise<void> {
  const child = spawn(argv[0], argv.slice(1), { detached: true, stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (child.exitCode === null && !mayBe()) await delay(20);
  process.kill(-child.pid!, 'SIGKILL');
  const [, signal] = await ended;
  assert.equal(signal, 'SIGKILL', `${argv.join(' ')} ended by itself`);
}

const KERNEL = FRAME_KINDS.indexOf('kernel');
const inKernel = ([name]: readonly [string, number]) => /\[(?:\[|kernel)/.test(name);

/** Number of samples by function and module, in the words of `reportedSelf`. */
function selfByFunction(symbolized: Profile): Rows {
  const profile = withoutInlines(symbolized);
  const { strings, functions, modules } = profile;
  const value = profile.values.findIndex(({ type }) => type === 'samples');
  const rows: [string, number][] = [];
  for (const row of topTable(profile, stackWeights(profile, { value }), 'function')) {
    if (row.self === 0) continue;
    const path = row.module < 0 ? '' : strings[modules.path[row.module]];
    const name = strings[functions.name[row.function]];
    const module = path === '' ? '[unknown]' : baseName(path).replace(/^perf-(\d+)\.map$/, '[JIT] tid $1');
    rows.push([`${isUnknownName(name, path) ? '?' : name} [${module}]`, row.self]);
  }
  return rows;
}
