import type { Finding } from './finding.ts';
import type { Prepared, PrepareOptions, Recorder, RecordPlan, RecordTarget, RecordWish } from './recorder.ts';
import { RECORDERS } from './recorders/index.ts';
import { type Runtime, runtimeOfProcess, runtimeOfProgram } from './runtime.ts';

/** What a recording is asked for. */
export interface RecordRequest {
  readonly target: RecordTarget;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly wish: RecordWish;
  /** What of the wish somebody asked for by name: only a tool that can follow it is taken. */
  readonly required: readonly (keyof RecordWish)[];
  /** Name of the tool; else the one that suits the target. */
  readonly tool?: string;
  /** Paths of tools from their settings, by name. */
  readonly toolPaths: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export type Chosen =
  | { readonly ok: true; readonly recorder: Recorder; readonly plan: RecordPlan }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Takes the tool that suits a target, and that works here: where the one that suits best doesn't, the next one, with a finding that says what
 * is lost by that. Rejects with the signal's reason only.
 */
export async function chooseRecorder(request: RecordRequest): Promise<Chosen> {
  const { target, cwd, env, wish, tool, toolPaths, signal } = request;
  const runtime =
    target.kind === 'program' ? await runtimeOfProgram(target.argv, cwd, env) : await runtimeOfProcess(target.pid);
  const candidates = recordersFor(request, runtime);
  if (candidates.length === 0) return { ok: false, findings: [noRecorder(request)] };
  const refusals: Finding[] = [];
  for (const [at, recorder] of candidates.entries()) {
    const options: PrepareOptions = { path: toolPaths[recorder.tool.name], cwd, env, signal };
    const plan: Prepared = await recorder.prepare(target, wish, options);
    if (!plan.ok) {
      refusals.push(...plan.findings);
      continue;
    }
    const why = recorder.whyFor(target, runtime);
    const isWorthSaying = tool === undefined && at === 0 && why !== undefined && runtime !== 'native';
    const chosen = isWorthSaying ? [takenBecause(recorder, why)] : [];
    const findings = [...refusals.map((finding) => insteadWith(recorder, finding)), ...chosen, ...plan.findings];
    return { ok: true, recorder, plan: { ...plan, findings } };
  }
  return { ok: false, findings: refusals };
}

/** The recorders that can be asked, the most fitting first. */
export function recordersFor(
  { target, tool, required }: Pick<RecordRequest, 'target' | 'tool' | 'required'>,
  runtime: Runtime,
): readonly Recorder[] {
  const able = RECORDERS.filter(
    (recorder) => recorder.takes.includes(target.kind) && required.every((option) => recorder.follows.includes(option)),
  );
  if (tool !== undefined) return able.filter((recorder) => recorder.tool.name === tool);
  const fitting = able.filter((recorder) => recorder.whyFor(target, runtime) !== undefined);
  const rest = able.filter((recorder) => !fitting.includes(recorder) && recorder.takesAnything);
  return [...fitting, ...rest];
}

function takenBecause({ tool }: Recorder, why: string): Finding {
  return {
    id: 'tool-chosen',
    level: 'note',
    what: `${tool.name} records it: it ${why}.`,
    why: '',
    fix: '',
    fallback: '',
  };
}

function insteadWith({ tool, blindTo }: Recorder, finding: Finding): Finding {
  if (finding.level !== 'stops') return finding;
  return { ...finding, level: 'limits', fallback: `${tool.name} records it instead. ${blindTo}` };
}

function noRecorder({ target, tool, required }: RecordRequest): Finding {
  const named = RECORDERS.find((recorder) => recorder.tool.name === tool);
  const missing = named && required.filter((option) => !named.follows.includes(option));
  const what =
    missing && missing.length > 0
      ? `${tool} has no such option: ${missing.map((option) => OPTION_NAMES[option]).join(', ')}.`
      : `No tool can do this with a ${target.kind}${tool === undefined ? '' : `: ${tool} can't`}.`;
  return {
    id: 'option-not-followed',
    level: 'stops',
    what,
    why: '',
    fix: 'Leave it out, or choose another tool.',
    fallback: '',
  };
}

/** What a person calls them. */
const OPTION_NAMES: Readonly<Record<keyof RecordWish, string>> = {
  sampling: 'frequency',
  events: 'events',
  callGraph: 'call graph',
  inherit: 'without its children',
  compress: 'compression',
  idle: 'idle threads',
  native: 'native functions',
};
