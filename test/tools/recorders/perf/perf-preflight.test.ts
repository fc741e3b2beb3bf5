import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  type Preflight,
  type PreflightOptions,
  preflight,
} from '../../../../src/tools/recorders/perf/perf-preflight.ts';
import { readPerfRights } from '../../../../src/tools/recorders/perf/perf-rights.ts';
import { runToEnd } from '../../../../src/tools/run.ts';
import { needTool } from '../../../support/need-tool.ts';

const ids = (result: Preflight) => result.findings.map(({ id }) => id);
/** Without what limits this user on this machine. */
const otherIds = (result: Preflight) =>
  ids(result).filter((id) => id !== 'user-code-only' && id !== 'kernel-addresses-hidden');

describe('preflight', { skip: needTool('perf', 'cc', 'setpriv') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
  const filter = join(folder, 'without-perf-events');
  before(async () => {
    const source = fileURLToPath(new URL('without-perf-events.c', import.meta.url));
    const out = await runToEnd(['cc', '-o', filter, source]);
    assert.equal(out.exitCode, 0, out.stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  /** As in a container whose filter answers with this error number. */
  const filtered = (error: number, paranoid = 2): PreflightOptions => ({
    before: [filter, String(error)],
    rights: { ...readPerfRights(), privileged: false, filtered: true, paranoid },
  });
  const counters = async () => (await runToEnd(['perf', 'stat', '-x', ';', '-e', 'cycles', 'true'])).stderr;

  test('chooses cycles where they are counted, else the processor’s time, and says so', async () => {
    const result = await preflight();
    assert.ok(result.ok, JSON.stringify(result));
    const hasCounters = !(await counters()).includes('<not supported>');
    assert.equal(result.record.events[0]?.split(':')[0], hasCounters ? 'cycles' : 'cpu-clock');
    assert.equal(ids(result).includes('no-hardware-counters'), !hasCounters);
    assert.deepEqual([result.record.sampling, result.record.callGraph], [{ frequencyHz: 999 }, 'fp']);
    assert.match(result.perf.version, /^\d+\.\d+/);
  });

  test('an event that perf does not know stops it', async () => {
    const result = await preflight({ events: ['cpu-clock', 'nonsense'] });
    assert.deepEqual([result.ok, otherIds(result)], [false, ['event-unknown']]);
  });

  test('an event that the processor lacks stops it, rather than being replaced unasked', async (t) => {
    if (!(await counters()).includes('<not supported>')) return t.skip('this processor has its counters');
    const result = await preflight({ events: ['cache-misses'] });
    assert.deepEqual([result.ok, otherIds(result)], [false, ['event-not-supported']]);
  });

  test('without branch records it finds callers by frame pointers', async (t) => {
    const result = await preflight({ events: ['cpu-clock'], callGraph: 'lbr' });
    if (result.ok && result.record.callGraph === 'lbr') return t.skip('this processor has branch records');
    assert.ok(result.ok);
    assert.deepEqual([result.record.callGraph, otherIds(result)], ['fp', ['no-lbr']]);
  });

  test('keeps to the kernel’s limit of samples a second', async () => {
    const limit = readPerfRights().maxSampleRateHz ?? 0;
    const result = await preflight({ events: ['cpu-clock'], sampling: { frequencyHz: limit * 2 } });
    assert.ok(result.ok);
    assert.deepEqual(result.record.sampling, { frequencyHz: limit });
    assert.match(result.findings[0]?.fix ?? '', new RegExp(`perf_event_max_sample_rate=${limit * 2}`));
  });

  test('a container’s filter is told from the kernel’s own refusal', async () => {
    assert.deepEqual(ids(await preflight({}, filtered(1))), ['perf-seccomp']);
    assert.deepEqual(ids(await preflight({}, filtered(13, 4))), ['perf-paranoid']);
    assert.deepEqual(ids(await preflight({}, filtered(38))), ['no-perf-events']);
  });

  test('a user without rights measures their own code', {
    skip: process.getuid?.() !== 0 && 'needs root to become another user',
  }, async () => {
    // May write the trial's file, and has no other right.
    const right = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
    const before = ['setpriv', '--reuid', '65534', '--clear-groups', ...right];
    const rights = { ...readPerfRights(), privileged: false, seesKernelAddresses: false };
    const result = await preflight({}, { before, rights });
    if ((rights.paranoid ?? 2) > 2) return assert.deepEqual(ids(result), ['perf-paranoid']);
    assert.ok(result.ok, JSON.stringify(result));
    const isLimited = rights.paranoid === 2;
    assert.equal(result.record.events[0]?.endsWith(':u'), isLimited);
    assert.equal(ids(result).includes('user-code-only'), isLimited);
  });

  test('a missing perf comes with the line that installs it, a wrong path with the setting', async () => {
    const missing = await preflight({}, { env: { PATH: '/nowhere' } });
    assert.deepEqual(ids(missing), ['perf-missing']);
    assert.match(missing.findings[0]?.fix ?? '', /install|pacman/);
    const wrong = await preflight({}, { path: '/no/such/perf' });
    assert.match(wrong.findings[0]?.fix ?? '', /perfwright\.tools\.perf\.path/);
  });

  test('a perf that only looks for another is told apart', async () => {
    const wrapper = join(folder, 'perf');
    writeFileSync(wrapper, '#!/bin/sh\necho "WARNING: perf not found for kernel 5.15.0-86" >&2\nexit 2\n');
    chmodSync(wrapper, 0o755);
    const result = await preflight({}, { path: wrapper });
    assert.deepEqual(ids(result), ['perf-broken']);
    assert.match(result.findings[0]?.why ?? '', /not found for kernel/);
  });

  test('an abort ends it, and nothing is left behind', async () => {
    const scratch = join(folder, 'scratch');
    mkdirSync(scratch);
    const { TMPDIR } = process.env;
    process.env['TMPDIR'] = scratch;
    try {
      await assert.rejects(preflight({}, { signal: AbortSignal.timeout(40) }), { name: 'TimeoutError' });
      assert.ok((await preflight()).ok);
      assert.deepEqual(readdirSync(scratch), []);
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = TMPDIR;
    }
  });
});
