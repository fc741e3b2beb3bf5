import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Profile } from '../../src/core/profile/profile.ts';
import { openRecording } from '../../src/runs/open-recording.ts';
import { compiled, must } from '../support/compiled-program.ts';
import { needTool } from '../support/need-tool.ts';

/** Spends its time in one function, into which another is inlined. */
const PROGRAM = (slow: string) => `#include <time.h>
volatile unsigned long sum;
static inline __attribute__((always_inline)) void add(int i) { sum += i; }
namespace work { __attribute__((noinline)) void ${slow}(int most) { for (int i = 0; i < most; i++) add(i); } }
int main() { while (clock() < CLOCKS_PER_SEC / 2) work::${slow}(100000); }
`;

describe('a recording whose program was rebuilt since', { skip: needTool('perf', 'g++') }, () => {
  for (const [what, flags] of Object.entries({
    'with a build-id': [],
    'without a build-id': ['-Wl,--build-id=none'],
  })) {
    describe(what, () => {
      const folder = mkdtempSync(join(tmpdir(), 'kept symbols '));
      const recording = join(folder, 'perf.data');
      const keptFile = `${recording}.symbols.gz`;
      const build = (slow: string) =>
        compiled(folder, 'program', PROGRAM(slow), ['g++', '-g', '-O1', '-fno-omit-frame-pointer', ...flags]);
      let whole: Profile;
      before(async () => {
        must([...'perf record -q -N -g -F 999 -e cpu-clock -o'.split(' '), recording, '--', build('slow')]);
        whole = await openRecording(recording, { keepsSymbols: true });
        build('quite_another_name_that_is_longer');
      });
      after(() => rmSync(folder, { recursive: true, force: true }));

      test('has the names, lines and inlined functions that it had', async () => {
        assert.ok(whole.strings.includes('work::slow') && whole.strings.includes('add'));
        assert.ok(whole.frames.inlined.includes(1) && whole.frames.line.some((line) => line > 0));
        const again = await openRecording(recording);
        const { mayMislead } = again.origin;
        assert.match(mayMislead.at(-1)!, /Built again .*program\. Functions and lines are named as they were then/);
        const origin = { ...again.origin, mayMislead: mayMislead.slice(0, -1) };
        assert.deepEqual({ ...again, origin }, whole);
      });

      test('says so where nothing was kept', async () => {
        const kept = readFileSync(keptFile);
        rmSync(keptFile);
        const { strings, quality } = await openRecording(recording);
        writeFileSync(keptFile, kept);
        assert.match(quality.warnings.join('\n'), /program w.*(rebuilt or replaced|written after)/);
        assert.ok(!strings.includes('work::slow'));
      });

      test('says so where what was kept is damaged, of another recording, or too large, and opens', async () => {
        const kept = readFileSync(keptFile);
        const json = JSON.parse(gunzipSync(kept).toString());
        const [module] = json.modules;
        const damaged: Record<string, Buffer> = {
          cut: kept.subarray(0, kept.length / 2),
          'no JSON': gzipSync('{'),
          'another thing': gzipSync('null'),
          'of another recording': gzipSync(JSON.stringify({ ...json, recordingBytes: 1 })),
          'no list of texts': gzipSync(JSON.stringify({ ...json, texts: 'text' })),
          'no symbols': gzipSync(JSON.stringify({ ...json, modules: [{ ...module, symbols: [[1, []]] }] })),
          'no places': gzipSync(JSON.stringify({ ...json, modules: [{ ...module, places: [[[1, 2]]] }] })),
        };
        for (const [name, bytes] of Object.entries(damaged)) {
          writeFileSync(keptFile, bytes);
          const { samples, quality } = await openRecording(recording);
          assert.equal(samples.length, whole.samples.length, name);
          assert.match(
            quality.warnings.join('\n'),
            /What is kept of the names of its functions .* can't be used/,
            name,
          );
        }
        // Numbers that lead nowhere are only not known.
        const astray = { ...module, symbol: module.symbol.map(() => 1e9), places: [[[1e9, -1, 0, 0, 0, 0]]] };
        writeFileSync(keptFile, gzipSync(JSON.stringify({ ...json, modules: [astray] })));
        assert.equal((await openRecording(recording)).samples.length, whole.samples.length);
        writeFileSync(keptFile, kept);
      });
    });
  }

  test('nothing is kept of a recording that is only opened', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kept symbols '));
    const recording = join(folder, 'perf.data');
    must(['perf', 'record', '-q', '-g', '-e', 'cpu-clock', '-o', recording, '--', 'true']);
    assert.ok(statSync(recording).size > 0);
    await openRecording(recording);
    assert.ok(!existsSync(`${recording}.symbols.gz`));
    rmSync(folder, { recursive: true, force: true });
  });
});
