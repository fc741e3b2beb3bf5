import { statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Chosen, chooseRecorder } from '../tools/choose-recorder.ts';
import type { Finding } from '../tools/finding.ts';
import { commandLineOf } from '../tools/proc-stat.ts';
import type { Outcome, RecordPlan, ToolEnd } from '../tools/recorder.ts';
import { RunFailure } from '../tools/run-failure.ts';
import { CannotRecord } from './cannot-record.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { hashFile } from './hash-file.ts';
import { RUN_MARK } from './leftovers.ts';
import { noSamples } from './no-samples.ts';
import type { RecordOptions, RecordProgress, RecordWatch } from './record.ts';
import type { Run, RunTarget } from './run.ts';
import { claim, HEARTBEAT_MS, ownerOf, release } from './run-owner.ts';
import { copyDirtySources } from './source-copies.ts';
import type { RunDraft } from './store.ts';
import { processProblem, programProblem } from './target-check.ts';
import { startWatchdog, type Watchdog, type WatchedTool } from './watched-tool.ts';

const DEFAULT_GRACE_MS = 3000;
const PROGRESS_MS = 250;
/** Room that is kept on the disk so that a run whose recording filled it can still be brought to its end. */
const RESERVE = { file: 'reserve', bytes: 64 * 1024 };

const SCRATCH = 'scratch';

type Plan = Extract<Chosen, { ok: true }>;

/** How the tool ended, and what it left. */
interface Ending {
  readonly end: ToolEnd;
  readonly elapsedMs: number;
  readonly outcome: Outcome;
  /** undefined where there is nothing in it. */
  readonly artifact: { readonly path: string; readonly bytes: number; readonly sha256: string } | undefined;
}

/** One recording, from the check of what can be done to the final state of its run. See `recordRun` for what each part promises. */
export class Recording {
  readonly #options: RecordOptions;
  readonly #watch: RecordWatch;
  readonly #cwd: string;
  readonly #targetEnvironment: Readonly<Record<string, string>>;
  /** Ends what is done before and after the tool runs. */
  readonly #abort = new AbortController();
  #tool: WatchedTool | undefined;
  #wished: 'stop' | 'cancel' | undefined;

  constructor(options: RecordOptions, watch: RecordWatch) {
    const { store, target } = options;
    this.#options = options;
    this.#watch = watch;
    this.#cwd = (target.kind === 'program' ? target.cwd : undefined) ?? store.workspaceFolder;
    this.#targetEnvironment = targetEnvironment(target.kind === 'program' ? target.env : undefined);
  }

  end(how: 'stop' | 'cancel'): void {
    if (this.#wished === 'cancel' || this.#wished === how) return;
    this.#wished = how;
    this.#tool?.tell(how);
    // Before the tool runs there is nothing to keep; after it a stop has nothing more to do.
    if (how === 'cancel' || this.#tool === undefined) this.#abort.abort();
  }

  async run(): Promise<Run> {
    const { store, watchdog: script, streams } = this.#options;
    this.#tell('preparing', '', 0, 0);
    const plan = await this.#prepare();
    const environment = await readEnvironment(store.workspaceFolder, this.#abort.signal);
    const watchdog = startWatchdog(script, streams, plan.plan.messages);
    let run: Run;
    try {
      run = await store.create(this.#draft(plan, environment, watchdog.pid));
    } catch (error) {
      watchdog.dismiss();
      throw error;
    }
    claim(run.id);
    const heartbeat = setInterval(() => void store.touch(run.id).catch(() => {}), HEARTBEAT_MS);
    try {
      const started = await this.#start(run, plan, watchdog);
      return await this.#finish(started.run, await this.#untilEnd(started.run, plan, started.tool));
    } finally {
      clearInterval(heartbeat);
      release(run.id);
    }
  }

  async #prepare(): Promise<Plan> {
    const { target, wish = {}, required = [], tool, toolPaths = {} } = this.#options;
    const problem =
      target.kind === 'program'
        ? programProblem(target.argv, this.#cwd, this.#targetEnvironment)
        : processProblem(target.pid);
    if (problem !== undefined) throw new CannotRecord([problem]);
    const { signal } = this.#abort;
    const env = this.#targetEnvironment;
    const chosen = await chooseRecorder({ target, cwd: this.#cwd, env, wish, required, tool, toolPaths, signal });
    this.#watch.findings?.(chosen.ok ? chosen.plan.findings : chosen.findings);
    if (!chosen.ok) throw new CannotRecord(chosen.findings);
    return chosen;
  }

  #draft({ recorder, plan }: Plan, environment: Environment, watchdogPid: number): RunDraft {
    const { target } = this.#options;
    const ofRun: RunTarget =
      target.kind === 'program'
        ? { kind: 'program', argv: target.argv }
        : { kind: 'process', pid: target.pid, argv: commandLineOf(target.pid) };
    return {
      kind: 'cpu',
      title: this.#options.title ?? titleOf(ofRun),
      state: 'recording',
      tool: { name: recorder.tool.name, version: plan.version },
      argv: plan.argv(recorder.writes.file),
      cwd: this.#cwd,
      target: ofRun,
      start: new Date().toISOString(),
      end: '',
      exit: null,
      findings: plan.findings,
      environment,
      artifacts: [],
      summary: null,
      quality: null,
      sources: [],
      owner: ownerOf([process.pid, watchdogPid]),
    };
  }

  /** From a run that is written down to a tool that runs; where that doesn't come about, the run is deleted. */
  async #start(created: Run, { recorder, plan }: Plan, watchdog: Watchdog): Promise<{ run: Run; tool: WatchedTool }> {
    const { store, durationMs = null, graceMs = DEFAULT_GRACE_MS } = this.#options;
    const folder = store.runFolder(created.id);
    try {
      const sources = await copyDirtySources(created.environment?.git ?? null, store.workspaceFolder, folder);
      await writeFile(join(folder, RESERVE.file), Buffer.alloc(RESERVE.bytes));
      const artifact = join(folder, recorder.writes.file);
      const run = await store.update({ ...created, argv: plan.argv(artifact), sources });
      this.#abort.signal.throwIfAborted();
      const tool = await watchdog.run({
        argv: run.argv,
        calledAs: plan.calledAs,
        cwd: this.#cwd,
        env: { ...this.#targetEnvironment, ...plan.env, ...(await scratch(plan, folder)), [RUN_MARK]: run.id },
        runId: run.id,
        artifact: plan.timedFrom === 'file' ? artifact : null,
        stderrFile: join(folder, 'stderr.txt'),
        durationMs,
        graceMs: Math.max(graceMs, plan.finishMs ?? 0),
      });
      this.#tool = tool;
      if (this.#wished !== undefined) tool.tell(this.#wished);
      return { run, tool };
    } catch (error) {
      watchdog.dismiss();
      await rm(folder, { recursive: true, force: true });
      throw error instanceof RunFailure ? new CannotRecord([stops('tool-not-started', error.message)]) : error;
    }
  }

  async #untilEnd({ id }: Run, { recorder, plan }: Plan, tool: WatchedTool): Promise<Ending> {
    const folder = this.#options.store.runFolder(id);
    const path = join(folder, recorder.writes.file);
    const startMs = performance.now();
    const progress = () => {
      const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      this.#tell(tool.stopping() === '' ? 'recording' : 'finishing', id, performance.now() - startMs, bytes);
    };
    progress();
    const timer = setInterval(progress, PROGRESS_MS);
    const end = await tool.ended;
    clearInterval(timer);
    const elapsedMs = performance.now() - startMs;
    await rm(join(folder, RESERVE.file), { force: true });
    await rm(join(folder, SCRATCH), { recursive: true, force: true });
    const [stopping, stderr, said] = [tool.stopping(), tool.stderrTail(), tool.said()];
    const outcome = await plan.outcome({ end, stopping, stderr, said, path });
    const holds = await recorder.holdsSamples(path);
    return { end, elapsedMs, outcome, artifact: holds ? { path, ...(await hashFile(path)) } : undefined };
  }

  /** Writes down what there is, sums it up, and brings the run to its final state. */
  async #finish(recorded: Run, { end, elapsedMs, outcome, artifact }: Ending): Promise<Run> {
    const { store } = this.#options;
    const { bytes = 0, sha256 = '' } = artifact ?? {};
    const run: Run = {
      ...recorded,
      state: 'importing',
      end: new Date(Date.parse(recorded.start) + elapsedMs).toISOString(),
      exit: { code: end.exitCode, signal: end.signal },
      findings: [...recorded.findings, ...outcome.findings],
      artifacts: artifact === undefined ? [] : [{ file: basename(artifact.path), bytes, sha256 }],
    };
    if (artifact === undefined || outcome.state === 'cancelled') {
      return store.update({ ...run, state: outcome.state, owner: null });
    }
    this.#tell('importing', run.id, elapsedMs, bytes);
    const importing = await store.update({ ...run, owner: ownerOf([process.pid]) });
    return store.update({
      ...importing,
      ...(await this.#figures(importing, artifact.path, elapsedMs, outcome)),
      owner: null,
    });
  }

  async #figures(run: Run, path: string, elapsedMs: number, { state, quality: told }: Outcome): Promise<Partial<Run>> {
    const { signal } = this.#abort;
    try {
      // It may have been cancelled while the run was written down, and an aborted signal tells nobody who comes later.
      signal.throwIfAborted();
      const { summary, quality } = await this.#options.summarise(run, path, signal);
      const isAttached = run.target.kind === 'process';
      const findings =
        state === 'done' && summary.samples === 0 ? [...run.findings, noSamples(elapsedMs, isAttached)] : run.findings;
      return { state, summary, quality: { ...quality, ...told }, findings };
    } catch (error) {
      if (signal.aborted) return { state: 'cancelled' };
      const why = error instanceof Error ? error.message : String(error);
      return {
        state: 'failed',
        findings: [...run.findings, stops('not-imported', 'The recording could not be read.', why)],
      };
    }
  }

  #tell(phase: RecordProgress['phase'], runId: string, elapsedMs: number, bytes: number): void {
    this.#watch.progress?.({ phase, runId, elapsedMs, bytes });
  }
}

/** Makes a folder for a tool's temporary files, which go with it whatever becomes of the tool. */
async function scratch({ scratchVariable }: RecordPlan, folder: string): Promise<Record<string, string>> {
  if (scratchVariable === undefined) return {};
  const path = join(folder, SCRATCH);
  await mkdir(path, { recursive: true });
  return { [scratchVariable]: path };
}

/** Our own environment unless another is given, less what an editor adds for its own processes. */
function targetEnvironment(given: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const entries = Object.entries(given).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(ELECTRON_|VSCODE_)/.test(entry[0]),
  );
  return Object.fromEntries(entries);
}

function titleOf(target: RunTarget): string {
  if (target.kind === 'file') return basename(target.path);
  const [program = '', ...args] = target.argv;
  const words = [basename(program), ...args].join(' ');
  const title = words.length > 80 ? `${words.slice(0, 79)}…` : words;
  return target.kind === 'process' ? `${title} (${target.pid})` : title;
}

function stops(id: string, what: string, why = ''): Finding {
  return { id, level: 'stops', what, why, fix: '', fallback: '' };
}
