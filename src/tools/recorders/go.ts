import { rmSync } from 'node:fs';
import { detectTool } from '../detect-tool.ts';
import { type Finding, stops } from '../finding.ts';
import { go, goTestArgv, goTestCommand } from '../go.ts';
import { programEnd, WATCHDOG_DIED } from '../program-end.ts';
import type { Ending, Outcome, Prepared, Recorder, RecordTarget } from '../recorder.ts';
import { isWritten } from '../written-file.ts';

/** go test -cpuprofile: one package's tests and benchmarks, without what it takes to build them. */
export const goRecorder: Recorder = {
  tool: go,
  writes: { file: 'cpu.pb.gz', format: 'pprof' },
  takes: ['program'],
  follows: [],
  whyFor: (target) =>
    commandOf(target) ? 'profiles tests and benchmarks alone, without what it takes to build them' : undefined,
  takesAnything: false,
  blindTo: 'Functions in C, and time spent waiting, are not seen.',
  async prepare(target, _wish, options): Promise<Prepared> {
    const command = commandOf(target);
    if (!command) {
      return {
        ok: false,
        findings: [
          stops({
            id: 'not-go-test',
            what: 'This isn’t a run of go test that could be profiled.',
            why: 'Go’s profiler is asked for by an option of `go test`, which has -cpuprofile, -o or -c already, or is another command.',
            fix: 'Choose another tool, such as perf.',
          }),
        ],
      };
    }
    const found = await detectTool(go, options);
    if (found.state !== 'found') {
      return {
        ok: false,
        findings: [stops({ id: `go-${found.state}`, what: 'Go can’t be run.', why: found.why, fix: found.fix })],
      };
    }
    return {
      ok: true,
      version: found.version,
      findings: [],
      scratchVariable: 'GOTMPDIR',
      argv: (output) => goTestArgv(command, output),
      timedFrom: 'start',
      messages: {},
      outcome: async (ending) => outcomeOf(ending),
    };
  },
  holdsSamples: async (path) => isWritten(path),
};

function commandOf(target: RecordTarget) {
  return target.kind === 'program' ? goTestCommand(target.argv) : undefined;
}

function outcomeOf({ end, stopping, stderr, path }: Ending): Outcome {
  rmSync(`${path}.program`, { force: true });
  if (stopping === 'cancel') return { state: 'cancelled', findings: [] };
  if (isWritten(path)) return { state: 'done', findings: stopping === '' ? programEnd(end, 'go test') : [] };
  if (end.watchdogDied) return { state: 'failed', findings: [WATCHDOG_DIED] };
  if (stopping !== '') return { state: 'cancelled', findings: [stoppedEarly()] };
  return { state: 'failed', findings: [noProfile(stderr, end.signal ?? `exit code ${end.exitCode}`)] };
}

function stoppedEarly(): Finding {
  return stops({
    id: 'go-stopped-early',
    level: 'limits',
    what: 'There is no profile: go test was ended before its tests were.',
    why: 'Go writes it when the tests have ended, and nothing can have it written before.',
    fix: 'Let them end, with -benchtime or -run for less of them; or record with perf, which keeps what it has.',
  });
}

function noProfile(stderr: string, exit: string): Finding {
  const words = stderr.trim().split('\n').slice(-6).join('\n');
  const isOfSeveral = /cannot use -cpuprofile flag with multiple packages/.test(stderr);
  return stops({
    id: isOfSeveral ? 'go-several-packages' : 'go-no-profile',
    what: isOfSeveral ? 'Go profiles the tests of one package at a time.' : 'go test wrote no profile.',
    why: isOfSeveral || words === '' ? `It ended with ${exit}.` : `It ended with ${exit} and said: ${words}`,
    fix: isOfSeveral
      ? 'Name one package; or record with perf.'
      : 'See what it printed: it may not have been built, or has no tests.',
  });
}
