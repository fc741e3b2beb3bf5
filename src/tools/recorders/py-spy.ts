import { detectTool } from '../detect-tool.ts';
import { stops } from '../finding.ts';
import { WATCHDOG_DIED } from '../program-end.ts';
import { PY_SPY_FREQUENCY_HZ, pySpy, pySpyRecordArgv } from '../py-spy.ts';
import { withoutShim } from '../real-program.ts';
import type { Ending, Outcome, Prepared, Recorder, RecordTarget, RecordWish } from '../recorder.ts';
import { isWritten } from '../written-file.ts';
import { ptraceProblem } from './ptrace-right.ts';
import { pySpyComplaint } from './py-spy/py-spy-complaint.ts';

/** py-spy record: Python programs from outside, by their own functions and lines. */
export const pySpyRecorder: Recorder = {
  tool: pySpy,
  writes: { file: 'profile.speedscope.json', format: 'speedscope' },
  takes: ['program', 'process'],
  follows: ['sampling', 'inherit', 'idle', 'native'],
  whyFor: (_target, runtime) => (runtime === 'python' ? 'sees the functions and lines of Python' : undefined),
  takesAnything: false,
  blindTo:
    'Time in extensions and in the interpreter itself is that of the Python line that called them, and the kernel is not seen.',
  async prepare(target, wish, options): Promise<Prepared> {
    const { path, cwd = process.cwd(), env = process.env, signal } = options;
    const found = await detectTool(pySpy, { path, signal });
    if (found.state !== 'found') {
      const what = found.state === 'missing' ? 'py-spy is not installed.' : 'py-spy does not run.';
      return { ok: false, findings: [stops({ id: `py-spy-${found.state}`, what, why: found.why, fix: found.fix })] };
    }
    const problem = ptraceProblem(target.kind === 'process');
    if (problem) return { ok: false, findings: [problem] };
    if (wish.sampling && 'every' in wish.sampling) {
      return {
        ok: false,
        findings: [
          stops({
            id: 'py-spy-no-events',
            what: 'py-spy samples by time and counts no events.',
            why: '',
            fix: '',
          }),
        ],
      };
    }
    const real: RecordTarget =
      target.kind === 'program' ? { ...target, argv: await withoutShim(target.argv, cwd, env, signal) } : target;
    return {
      ok: true,
      version: found.version,
      findings: [],
      argv: (output) => pySpyRecordArgv(found.path, { ...optionsOf(wish), target: real, output }),
      timedFrom: 'start',
      messages: { stdout: { beginnings: ['py-spy> '], isSpaced: true } },
      outcome: async (ending) => outcomeOf(ending),
    };
  },
  holdsSamples: async (path) => isWritten(path),
};

function optionsOf({ sampling, inherit = true, idle = false, native = false }: RecordWish) {
  const frequencyHz = sampling && 'frequencyHz' in sampling ? sampling.frequencyHz : PY_SPY_FREQUENCY_HZ;
  return { frequencyHz, inherit, idle, native };
}

/** py-spy writes its file at its end, whatever becomes of its program, of whose exit code it says nothing. */
function outcomeOf({ end, stopping, stderr, said, path }: Ending): Outcome {
  if (stopping === 'cancel') return { state: 'cancelled', findings: [] };
  if (isWritten(path)) return { state: 'done', findings: [], quality: qualityOf(said) };
  if (end.watchdogDied) return { state: 'failed', findings: [WATCHDOG_DIED] };
  // Stopped before py-spy had found the interpreter.
  if (stopping !== '' && stderr.trim() === '') return { state: 'cancelled', findings: [] };
  return { state: 'failed', findings: [pySpyComplaint(stderr, end.signal ?? `exit code ${end.exitCode}`)] };
}

/** `Samples: 194 Errors: 0`, as it says at its end: an error is a sample that couldn't be taken. */
function qualityOf(said: string): Outcome['quality'] {
  const errors = /Samples: \d+ Errors: (\d+)/.exec(said)?.[1];
  return errors === undefined ? {} : { lost: Number(errors) };
}
