import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { detectTool } from '../detect-tool.ts';
import { type Finding, stops } from '../finding.ts';
import { NODE_FREQUENCY_HZ, node } from '../node.ts';
import { COLLECTOR, COLLECTOR_SAYS, TARGET_NODE_OPTIONS, THREADS_FOLDER } from '../node-profiler/collector-protocol.ts';
import { isWritten as isThreadWritten, joinProfiles, recordedThreads } from '../node-profiler/thread-profiles.ts';
import { programEnd, WATCHDOG_DIED } from '../program-end.ts';
import type { Ending, Outcome, Prepared, Recorder } from '../recorder.ts';
import { runtimeOfProcess } from '../runtime.ts';
import { isWritten } from '../written-file.ts';

/** V8's profiler in every thread of a Node program; our own collector starts it, or attaches to it. */
export const nodeRecorder: Recorder = {
  tool: node,
  writes: { file: 'profile.trace.json', format: 'Chrome trace' },
  takes: ['program', 'process'],
  follows: ['sampling', 'inherit'],
  whyFor: (_target, runtime) =>
    runtime === 'node' ? 'sees the functions and lines of JavaScript and TypeScript' : undefined,
  takesAnything: false,
  blindTo: 'Native code, of Node itself, of addons and of the kernel, is one frame: (program).',
  async prepare(target, wish, options): Promise<Prepared> {
    const { env = process.env } = options;
    if (target.kind === 'process' && (await runtimeOfProcess(target.pid)) !== 'node') {
      return {
        ok: false,
        findings: [
          stops({
            id: 'not-node',
            what: `The process ${target.pid} is no Node.`,
            why: '',
            fix: 'Choose another tool.',
          }),
        ],
      };
    }
    const found = await detectTool(node, options);
    if (target.kind === 'program' && found.state !== 'found') {
      return {
        ok: false,
        findings: [stops({ id: `node-${found.state}`, what: 'Node can’t be run.', why: found.why, fix: found.fix })],
      };
    }
    const version = found.state === 'found' ? found.version : '';
    if (Number.parseInt(version, 10) < OLDEST) {
      return {
        ok: false,
        findings: [
          stops({
            id: 'node-too-old',
            what: `This is Node ${version}.`,
            why: `Profiling needs ${OLDEST} or later.`,
            fix: 'Take a newer Node.',
          }),
        ],
      };
    }
    const { sampling, inherit = true } = wish;
    if (sampling && 'every' in sampling) {
      return {
        ok: false,
        findings: [stops({ id: 'node-no-events', what: 'V8 samples by time and counts no events.', why: '', fix: '' })],
      };
    }
    const frequencyHz = sampling?.frequencyHz ?? NODE_FREQUENCY_HZ;
    return {
      ok: true,
      version,
      findings: [],
      env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '', [TARGET_NODE_OPTIONS]: env['NODE_OPTIONS'] ?? '' },
      argv: (output) => [
        process.execPath,
        COLLECTOR,
        ...['--output', output, '--interval', String(Math.max(1, Math.round(1e6 / frequencyHz)))],
        ...(inherit ? [] : ['--alone']),
        ...(target.kind === 'process' ? ['--pid', String(target.pid)] : ['--', ...target.argv]),
      ],
      timedFrom: 'start',
      // The collector ends the program itself as soon as it has its profiles.
      finishMs: 30_000,
      messages: { stderr: { beginnings: STDERR_LINES, isSpaced: false } },
      async outcome(ending) {
        await saveThreads(ending.path);
        return outcomeOf(ending);
      },
    };
  },
  holdsSamples: async (path) => isWritten(path),
};

/** The oldest that the preload is written for. */
const OLDEST = 16;

/** What Node says of its inspector, which is opened where the recording is stopped. */
const STDERR_LINES = [
  COLLECTOR_SAYS,
  'Debugger listening on ws://',
  'Debugger attached.',
  'Debugger ending on ws://',
  'For help, see: https://nodejs.org/',
];

/** Does what the collector would have done where it was killed before: joins what the threads have written, and leaves nothing else behind. */
async function saveThreads(path: string): Promise<void> {
  const folder = join(dirname(path), THREADS_FOLDER);
  const written = recordedThreads(folder).filter(isThreadWritten);
  if (written.length > 0 && !isWritten(path)) await joinProfiles(written, path);
  for (const left of [folder, `${path}.part`]) rmSync(left, { recursive: true, force: true });
}

function outcomeOf({ end, stopping, stderr, path }: Ending): Outcome {
  if (stopping === 'cancel') return { state: 'cancelled', findings: [] };
  const said = stderr
    .split('\n')
    .flatMap((line) => (line.startsWith(COLLECTOR_SAYS) ? line.slice(COLLECTOR_SAYS.length) : []));
  if (!isWritten(path)) {
    if (end.watchdogDied) return { state: 'failed', findings: [WATCHDOG_DIED] };
    return { state: 'failed', findings: [failure(said, end.signal ?? `exit code ${end.exitCode}`)] };
  }
  const lost = Number(/^threads lost: (\d+)$/m.exec(said.join('\n'))?.[1] ?? 0);
  return {
    state: 'done',
    findings: [...(lost > 0 ? [threadsLost(lost)] : []), ...(stopping === '' ? programEnd(end, 'Perfwright') : [])],
  };
}

function failure(said: readonly string[], exit: string): Finding {
  const words = said.at(-1) ?? '';
  if (words === 'no Node was seen') {
    return stops({
      id: 'no-node',
      what: 'No Node ran in it.',
      why: `It ended with ${exit} before Node had started, or it starts no Node but a package manager, or one that takes no NODE_OPTIONS.`,
      fix: 'See what it printed, or choose another tool, such as perf.',
    });
  }
  return stops({
    id: 'node-failed',
    what: 'Nothing was recorded.',
    why:
      words === '' || words === 'nothing was written' ? `The program ended with ${exit} and left no profile.` : words,
    fix: '',
  });
}

function threadsLost(count: number): Finding {
  return {
    id: 'node-threads-lost',
    level: 'limits',
    what: `What ${count === 1 ? 'a thread or process' : `${count} threads or processes`} did is not known.`,
    why: 'It was ended from outside, by SIGKILL or Worker.terminate(), before its profile could be written.',
    fix: '',
    fallback: 'The others are here.',
  };
}
