import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DetectedTool, detectTool } from '../../detect-tool.ts';
import type { Finding } from '../../finding.ts';
import { DEFAULT_FREQUENCY_HZ, type PerfSampling, perf, perfRecordArgv } from '../../perf.ts';
import type { PrepareOptions, RecordWish } from '../../recorder.ts';
import { runToEnd } from '../../run.ts';
import { perfComplaint, unknownComplaint } from './perf-complaint.ts';
import { type PerfRights, readPerfRights } from './perf-rights.ts';

/** The part of a wish that has to be tried. */
export type PerfWish = Pick<RecordWish, 'events' | 'sampling' | 'callGraph'>;

export interface PreflightOptions extends Pick<PrepareOptions, 'path' | 'signal'> {
  /** What perf is looked for and tried in; our own environment by default. */
  readonly env?: NodeJS.ProcessEnv;
  /** What stands before perf on each command line that is tried, such as `setpriv`; for tests. */
  readonly before?: readonly string[];
  readonly rights?: PerfRights;
}

/** What of a wish can be had, tried out on this machine. */
export type Preflight =
  | {
      readonly ok: true;
      readonly perf: { readonly path: string; readonly version: string };
      readonly record: Required<PerfWish>;
      readonly mmapPages?: number;
      /** What had to be changed, and what is good to know; none that stops. */
      readonly findings: readonly Finding[];
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Finds out by trying, with the options of the recording on a program that does nothing, what can be recorded here, and falls back
 * to what works: cpu-clock where there are no hardware counters, user code only where the kernel may not be seen, frame pointers where
 * there are no branch records. Takes some tenths of a second. Rejects with the signal's reason only.
 */
export async function preflight(wish: PerfWish = {}, options: PreflightOptions = {}): Promise<Preflight> {
  const detected = await detectTool(perf, options);
  if (detected.state !== 'found') return { ok: false, findings: [perfMissing(detected)] };
  const { rights = readPerfRights() } = options;
  let folder = '';
  try {
    folder = mkdtempSync(join(tmpdir(), 'perfwright-'));
    // Without room perf ends without a word.
    const trial = join(folder, 'trial');
    writeFileSync(trial, Buffer.alloc(TRIAL_BYTES));
    rmSync(trial);
  } catch (error) {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
    return { ok: false, findings: [noTemporaryFolder(error)] };
  }
  try {
    const findings: Finding[] = [];
    const record: Required<PerfWish> = {
      events: wish.events ?? ['cycles'],
      sampling: limited(wish.sampling ?? { frequencyHz: DEFAULT_FREQUENCY_HZ }, rights, findings),
      callGraph: wish.callGraph ?? 'fp',
    };
    const tries = triesOf(detected, folder, rights, options);
    const settled = await settle(record, tries, rights, findings);
    return settled.ok ? { ...settled, perf: { path: detected.path, version: detected.version } } : settled;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Tries {
  /** Records a program that does nothing; the finding where that fails. */
  record(wish: Required<PerfWish>, mmapPages?: number): Promise<Finding | undefined>;
  /** Counts events; those that are not supported, or the finding where that fails. */
  unsupported(events: readonly string[]): Promise<readonly string[] | Finding>;
}

type Settled = Omit<Extract<Preflight, { ok: true }>, 'perf'> | Extract<Preflight, { ok: false }>;

async function settle(
  wish: Required<PerfWish>,
  tries: Tries,
  rights: PerfRights,
  findings: Finding[],
): Promise<Settled> {
  const plain = { ...wish, callGraph: 'none' } as const;
  let record = wish;
  // The modifiers are explicit, since perf would otherwise leave the kernel out without saying so.
  if ((await tries.record({ ...plain, events: ['cpu-clock:k'] })) === undefined) {
    if (!rights.seesKernelAddresses) findings.push(kernelAddressesHidden(rights));
  } else {
    const complaint = await tries.record({ ...plain, events: ['cpu-clock:u'] });
    if (complaint !== undefined) return { ok: false, findings: [complaint] };
    findings.push(userCodeOnly(rights));
    record = { ...record, events: record.events.map(inUserCode) };
  }
  // perf record takes cpu-clock for cycles that aren't supported, and goes on calling them cycles: perf stat is honest.
  const unsupported = await tries.unsupported(record.events);
  if ('level' in unsupported) return { ok: false, findings: [...findings, withClock(unsupported)] };
  if (unsupported.some(isCycles)) {
    findings.push(noHardwareCounters());
    record = { ...record, events: withoutCycles(record.events) };
  }
  let mmapPages: number | undefined;
  for (let attempt = 0; attempt < 4; attempt++) {
    const complaint = await tries.record(record, mmapPages);
    if (complaint === undefined)
      return { ok: true, record, findings, ...(mmapPages === undefined ? {} : { mmapPages }) };
    if (record.callGraph === 'lbr') {
      findings.push({ ...complaint, level: 'limits', fallback: 'Callers are found by frame pointers instead.' });
      record = { ...record, callGraph: 'fp' };
    } else if (complaint.id === 'event-not-sampled' && record.events.some(isCycles)) {
      findings.push(noHardwareCounters());
      record = { ...record, events: withoutCycles(record.events) };
    } else if (complaint.id === 'perf-mlock' && mmapPages === undefined) {
      findings.push({ ...complaint, level: 'limits', fallback: 'Small buffers are used: samples may be lost.' });
      mmapPages = SMALL_BUFFER_PAGES;
    } else return { ok: false, findings: [...findings, withClock(complaint)] };
  }
  return { ok: false, findings };
}

/** What is wrong with an event, and that another one is known to work. */
function withClock(finding: Finding): Finding {
  const isOfEvent = finding.id.startsWith('event-') || finding.id === 'no-tracepoints';
  return isOfEvent
    ? { ...finding, fallback: 'The event cpu-clock works here: processor time, sampled by a timer.' }
    : finding;
}

/** More than a recording of a program that does nothing has. */
const TRIAL_BYTES = 256 * 1024;

/** 64 kB for each processor. */
const SMALL_BUFFER_PAGES = 16;

function triesOf(
  { path, version }: { path: string; version: string },
  folder: string,
  rights: PerfRights,
  options: PreflightOptions,
): Tries {
  const { before = [], signal } = options;
  const context = { rights, kernel: release() };
  const run = async (argv: readonly string[]) => {
    const env = { ...(options.env ?? process.env), LC_ALL: 'C' };
    const out = await runToEnd([...before, ...argv], { signal, env, timeoutMs: 30_000 });
    return { ...out, exit: out.signal ?? `exit code ${out.exitCode}` };
  };
  const finding = async (argv: readonly string[]) => {
    try {
      const { exitCode, stderr, exit } = await run(argv);
      return exitCode === 0 ? undefined : (perfComplaint(stderr, context) ?? unknownComplaint(stderr, exit));
    } catch (error) {
      signal?.throwIfAborted();
      return unknownComplaint(error instanceof Error ? error.message : String(error), 'an error');
    }
  };
  return {
    record: (wish, mmapPages) => {
      const target = { kind: 'program', argv: ['true'] } as const;
      const output = join(folder, 'perf.data');
      return finding(
        perfRecordArgv(path, {
          ...wish,
          inherit: true,
          compress: false,
          version,
          kernelRelease: release(),
          target,
          output,
          isTrial: true,
          mmapPages,
        }),
      );
    },
    unsupported: async (events) => {
      const output = join(folder, 'stat.csv');
      const argv = [path, 'stat', '-x', ';', '-o', output, ...events.flatMap((event) => ['-e', event]), '--', 'true'];
      const complaint = await finding(argv);
      if (complaint !== undefined) return complaint;
      const rows = readFileSync(output, 'utf8').split('\n');
      return rows.filter((row) => row.startsWith('<not supported>')).map((row) => row.split(';')[2] ?? '');
    },
  };
}

function limited(sampling: PerfSampling, { maxSampleRateHz }: PerfRights, findings: Finding[]): PerfSampling {
  if (!('frequencyHz' in sampling) || maxSampleRateHz === null || sampling.frequencyHz <= maxSampleRateHz)
    return sampling;
  const { frequencyHz } = sampling;
  findings.push({
    id: 'sample-rate-limited',
    level: 'limits',
    what: `The kernel allows ${maxSampleRateHz} samples a second, not ${frequencyHz}.`,
    why: `kernel.perf_event_max_sample_rate is ${maxSampleRateHz}; the kernel lowers it by itself when sampling takes too long.`,
    fix: `sudo sysctl kernel.perf_event_max_sample_rate=${frequencyHz}`,
    fallback: `${maxSampleRateHz} samples a second are taken.`,
  });
  return { frequencyHz: maxSampleRateHz };
}

function isCycles(event: string): boolean {
  return /^(cpu-)?cycles(:|$)/.test(event);
}

function withoutCycles(events: readonly string[]): string[] {
  return [...new Set(events.map(cyclesToClock))];
}

function cyclesToClock(event: string): string {
  return isCycles(event)
    ? event.replace(/^(cpu-)?cycles/, 'cpu-clock').replace(/:.*/, (m) => (m.includes('u') ? ':u' : ''))
    : event;
}

/** The event in user code alone; one with modifiers of its own, or a tracepoint, is left as it is. */
function inUserCode(event: string): string {
  if (event.endsWith('/')) return `${event}u`;
  return /^[\w-]+$/.test(event) ? `${event}:u` : event;
}

function perfMissing(detected: Exclude<DetectedTool, { state: 'found' }>): Finding {
  return {
    id: detected.state === 'missing' ? 'perf-missing' : 'perf-broken',
    level: 'stops',
    what: detected.state === 'missing' ? 'perf is not installed.' : 'perf does not run.',
    why: detected.why,
    fix: detected.fix,
    fallback: 'Recordings made elsewhere can be opened.',
  };
}

function noTemporaryFolder(error: unknown): Finding {
  return {
    id: 'no-temporary-folder',
    level: 'stops',
    what: `Temporary files can't be kept in ${tmpdir()}.`,
    why: `The system says: ${error instanceof Error ? error.message : String(error)}.`,
    fix: process.env['TMPDIR']
      ? 'export TMPDIR=/tmp, or another folder that you may write to.'
      : 'Free some space there, or set TMPDIR to a folder that you may write to.',
    fallback: 'Recordings made elsewhere can be opened.',
  };
}

function userCodeOnly({ paranoid }: PerfRights): Finding {
  return {
    id: 'user-code-only',
    level: 'limits',
    what: 'The kernel’s work for the program is not measured.',
    why: `kernel.perf_event_paranoid is ${paranoid ?? 'not known'}; this user may measure the kernel at 1 or less.`,
    fix: 'sudo sysctl kernel.perf_event_paranoid=1',
    fallback: 'The program’s own code is measured; time in system calls and page faults is left out.',
  };
}

function kernelAddressesHidden({ kptrRestrict }: PerfRights): Finding {
  return {
    id: 'kernel-addresses-hidden',
    level: 'limits',
    what: 'Functions of the kernel have no names.',
    why: `kernel.kptr_restrict is ${kptrRestrict ?? 'not known'}, which hides their addresses from this user.`,
    fix: 'sudo sysctl kernel.kptr_restrict=0',
    fallback: 'Their cost is shown all the same, under the kernel as a whole.',
  };
}

function noHardwareCounters(): Finding {
  return {
    id: 'no-hardware-counters',
    level: 'limits',
    what: 'The processor’s own counters cannot be used here.',
    why: 'perf reports cycles as not supported, as in most virtual machines and containers on them.',
    fix: 'Record on the machine itself, or give the virtual machine a PMU.',
    fallback: 'cpu-clock is used instead: processor time, sampled by a timer.',
  };
}
