import { ask } from '../../core/profile/queries/index.ts';
import { QueryModel } from '../../core/profile/queries/query-model.ts';
import { formatBytes, formatDuration } from '../../core/units.ts';
import { oneLine } from '../../core/visible-text.ts';
import { openRecording } from '../../runs/open-recording.ts';
import { type RecordOptions, type RecordProgress, recordRun } from '../../runs/record.ts';
import type { Run } from '../../runs/run.ts';
import { summarise } from '../../runs/summarise.ts';
import { findingText } from '../../tools/finding.ts';
import { processAtPort } from '../../tools/listening-ports.ts';
import { NODE_FREQUENCY_HZ } from '../../tools/node.ts';
import { DEFAULT_DWARF_BYTES, DEFAULT_FREQUENCY_HZ, type PerfCallGraph } from '../../tools/perf.ts';
import { PY_SPY_FREQUENCY_HZ } from '../../tools/py-spy.ts';
import type { RecordTarget, RecordWish } from '../../tools/recorder.ts';
import { RECORDERS } from '../../tools/recorders/index.ts';
import { type Call, type Command, EXIT, number, oneOf, UsageError, wholeNumber } from '../command.ts';
import { qualityLine } from '../data-quality.ts';
import type { Input } from '../input.ts';
import { recordProblem } from '../record-problem.ts';
import { recovered, storeOf } from '../run-argument.ts';
import { watchdogProgram } from '../watchdog-program.ts';
import { topText } from './top.ts';

const RECORDING_TOOLS = RECORDERS.map(({ tool }) => tool.name);
const CALL_GRAPHS: Readonly<Record<string, PerfCallGraph>> = {
  fp: 'fp',
  dwarf: { dwarfBytes: DEFAULT_DWARF_BYTES },
  lbr: 'lbr',
  none: 'none',
};

export const record: Command = {
  usage: 'record [OPTIONS] (--pid N | --port N | -- PROGRAM ARGUMENTS…)',
  summary: 'Record a run of a program, or of a running process; print its id and hottest functions.',
  takes: 0,
  startsProgram: true,
  notes: ['What stands after -- is the program and its arguments, passed on as they are.'],
  options: {
    tool: {
      type: 'string',
      value: 'TOOL',
      help: `One of ${RECORDING_TOOLS.join(', ')}; by default the one that suits the program.`,
    },
    pid: { type: 'string', value: 'N', help: 'Record the running process N, until it ends, --duration or Ctrl+C.' },
    port: { type: 'string', value: 'N', help: 'Record the process that listens at TCP port N.' },
    duration: { type: 'string', value: 'S', help: 'Stop after S seconds, and end the program.' },
    frequency: {
      type: 'string',
      short: 'F',
      value: 'HZ',
      help: `Samples a second; ${DEFAULT_FREQUENCY_HZ} by default, ${PY_SPY_FREQUENCY_HZ} with py-spy, ${NODE_FREQUENCY_HZ} with node.`,
    },
    event: {
      type: 'string',
      short: 'e',
      value: 'EVENT',
      multiple: true,
      help: "Event in perf's notation; repeatable.",
    },
    'call-graph': {
      type: 'string',
      value: 'MODE',
      help: `How callers are found: ${Object.keys(CALL_GRAPHS).join(', ')}.`,
    },
    inherit: { type: 'boolean', help: '--no-inherit leaves out threads and processes that the program starts.' },
    idle: { type: 'boolean', help: 'Sample threads that wait, too (py-spy).' },
    native: { type: 'boolean', help: 'Show functions of extensions in C, C++ and the like, too (py-spy).' },
    limit: { type: 'string', value: 'N', help: 'At most N functions; 10 by default.' },
    json: { type: 'boolean', help: 'Print the run as JSON, schema perfwright.run/1.' },
  },
  async run(call) {
    const store = storeOf(call.cwd);
    const limit = wholeNumber(call, 'limit', 0) ?? 10;
    let input: Input | undefined;
    const options: RecordOptions = {
      ...recordOptions(call),
      store,
      watchdog: watchdogProgram(),
      async summarise(_run, path, signal) {
        const model = new QueryModel(await openRecording(path, { keepsSymbols: true }, undefined, signal));
        const view = model.defaultView;
        input = {
          name: path,
          path,
          model,
          view,
          value: model.profile.values[view.value],
          ask: (query, args) => ask(model, query, args),
        };
        return summarise(input.ask, store.workspaceFolder);
      },
    };
    try {
      for (const lost of await recovered(store)) {
        call.terminal.err(`The run ${lost.id} was interrupted; \`perfwright show ${lost.id}\` tells what it holds.\n`);
      }
      const { run, told, wasInterrupted } = await performed(options, call);
      if (call.values['json']) call.terminal.out(`${JSON.stringify(run)}\n`);
      else report(call, run, told, input, limit);
      if (wasInterrupted || run.state === 'cancelled') return EXIT.cancelled;
      return run.state === 'done' ? EXIT.fine : EXIT.failed;
    } catch (error) {
      throw recordProblem(error, store);
    } finally {
      store.close();
    }
  },
};

function recordOptions(call: Call): Omit<RecordOptions, 'store' | 'watchdog' | 'summarise'> {
  const callGraph = oneOf(call, 'call-graph', Object.keys(CALL_GRAPHS));
  const frequencyHz = wholeNumber(call, 'frequency', 1);
  const seconds = number(call, 'duration', 0.01);
  const events = call.values['event'] as readonly string[] | undefined;
  const isQuiet = call.values['json'] === true;
  const wish: RecordWish = {
    ...(events && { events }),
    ...(callGraph && { callGraph: CALL_GRAPHS[callGraph] }),
    ...(frequencyHz && { sampling: { frequencyHz } }),
    ...(call.values['inherit'] === false && { inherit: false }),
    ...(call.values['idle'] === true && { idle: true }),
    ...(call.values['native'] === true && { native: true }),
  };
  return {
    target: targetOf(call),
    tool: oneOf(call, 'tool', RECORDING_TOOLS),
    wish,
    required: Object.keys(wish) as (keyof RecordWish)[],
    ...(seconds && { durationMs: seconds * 1000 }),
    // With --json our standard output is for the JSON alone, so the program's goes to standard error.
    streams: {
      stdin: 'inherit',
      stdout: isQuiet ? 2 : 'inherit',
      stderr: (chunk) => call.terminal.pass(chunk),
    },
  };
}

function targetOf(call: Call): RecordTarget {
  const argv = call.rest ?? [];
  const pid = wholeNumber(call, 'pid', 1);
  const port = wholeNumber(call, 'port', 1);
  const ways = [pid, port, argv[0]].filter((way) => way !== undefined).length;
  if (ways === 0) {
    throw new UsageError('What to record is missing: --pid N, or -- and a program. See perfwright record --help.');
  }
  if (ways > 1) throw new UsageError('Only one of --pid, --port and a program after --.');
  if (pid !== undefined) return { kind: 'process', pid };
  if (port === undefined) return { kind: 'program', argv, cwd: call.cwd, env: process.env };
  const listening = processAtPort(port);
  if (listening === undefined) {
    throw new UsageError(`No process that this user can see listens at port ${port}.`);
  }
  return { kind: 'process', pid: listening };
}

interface Performed {
  readonly run: Run;
  /** Ids of the findings that were shown before the recording began. */
  readonly told: ReadonlySet<string>;
  readonly wasInterrupted: boolean;
}

/** Records until the end; Ctrl+C stops and keeps all, a second one, or Ctrl+\, cancels what is still being done. */
async function performed(options: RecordOptions, call: Call): Promise<Performed> {
  let wasInterrupted = false;
  const told = new Set<string>();
  const recording = recordRun(options, {
    progress: (at) => call.terminal.progress(progressText(at)),
    findings(findings) {
      for (const finding of findings) {
        // What stops is told by the error that comes of it.
        if (finding.level === 'stops') continue;
        told.add(finding.id);
        call.terminal.err(`${findingText(finding)}\n`);
      }
    },
  });
  const onSignal = (signal: NodeJS.Signals) => {
    if (wasInterrupted || signal === 'SIGQUIT') recording.cancel();
    else recording.stop();
    wasInterrupted = true;
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return { run: await recording.finished, told, wasInterrupted };
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    call.terminal.progress('');
  }
}

/** SIGHUP comes when the terminal is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

const PHASES: Readonly<Record<RecordProgress['phase'], string>> = {
  preparing: 'Trying what can be recorded here',
  recording: 'Recording',
  finishing: 'Finishing the recording',
  importing: 'Reading the recording',
};

function progressText({ phase, elapsedMs, bytes }: RecordProgress): string {
  if (phase !== 'recording') return PHASES[phase];
  return `${PHASES[phase]}: ${formatDuration(elapsedMs * 1e6)}, ${formatBytes(bytes)}. Ctrl+C stops.`;
}

function report(call: Call, run: Run, told: ReadonlySet<string>, input: Input | undefined, limit: number): void {
  const { terminal } = call;
  for (const finding of run.findings) if (!told.has(finding.id)) terminal.err(`${findingText(finding)}\n`);
  terminal.out(`Run ${run.id}: ${run.state}, ${oneLine(run.title)}\n`);
  if (run.quality) terminal.out(`Data quality: ${qualityLine(run.quality)}\n`);
  if (!input) return;
  const { rows, ...measure } = input.ask('top', { view: input.view, by: 'function', limit });
  terminal.out(topText(measure, rows, 'function'));
  for (const warning of run.quality?.warnings ?? []) terminal.err(`Warning: ${warning}\n`);
}
