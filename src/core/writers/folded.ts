import {
  FRAME_KINDS,
  NONE,
  type Profile,
  type SampleIndex,
  type StackIndex,
  type ThreadIndex,
} from '../profile/profile.ts';
import { baseName, isUnknownName } from '../profile/unknown-name.ts';
import { nameLosses } from './name-losses.ts';
import { singleValueLosses } from './single-value-losses.ts';
import { TextBytes } from './text-bytes.ts';
import type { WriteOptions, Writer } from './writer.ts';

/**
 * Folded stacks, one a line: `thread;outermost;…;innermost weight`, in order of the text. In names `;` becomes `:`, and what isn't seen a blank;
 * in a thread's name all of that becomes `_`. A sample without a stack is its thread alone, or its number alone where it has none. Names that perf recorded are those of
 * `stackcollapse-perf.pl`: what follows a name's first bracket is cut, quotes are dropped, and a frame without a symbol is its module,
 * `[libfoo.so]`, or `[unknown]`. (https://github.com/brendangregg/FlameGraph)
 */
export const folded: Writer = {
  format: 'folded stacks',
  extension: '.folded',
  losses(profile, { looked = [] } = {}) {
    const { threads, frames, samples, values } = profile;
    const losses = ['Files, lines and modules are left out.', ...singleValueLosses(profile)];
    if (values.some(({ type, unit }) => type !== 'samples' || unit !== 'count')) {
      losses.push('What the numbers count is not written.');
    }
    losses.push(...spellingLosses(profile), ...stacklessLosses(profile));
    if (threads.length > 1) losses.push('Threads of one name are added up.');
    if (samples.time.some((time) => !Number.isNaN(time))) losses.push('Times are left out.');
    if (frames.inlined.includes(1)) losses.push('Inlined calls look like any other.');
    if (looked.length > 0) losses.push(`That it is a part of the recording is not written: ${looked.join(', ')}.`);
    return losses;
  },
  write: foldedStacks,
};

function spellingLosses(profile: Profile): string[] {
  if (isOfPerf(profile))
    return ['Names are as stackcollapse-perf.pl has them: without brackets, quotes and addresses.'];
  const { functions, strings } = profile;
  const losses = nameLosses(profile);
  if (Array.from(functions.name).some((name) => spelt(strings[name]) !== strings[name]))
    losses.push('Names are written with : for ; and blanks for what isn’t seen.');
  return losses;
}

/** Such a line is as flamegraph.pl reads it; inferno leaves out a number alone, and a thread alone looks like a frame to all. */
function stacklessLosses({ samples }: Profile): string[] {
  const stackless = Array.from(samples.stack.keys()).filter((row) => samples.stack[row] === NONE);
  const isInThread = (row: SampleIndex) => samples.thread[row] !== NONE;
  const losses: string[] = [];
  if (stackless.some(isInThread))
    losses.push('Samples without a stack look like a frame: they are their thread alone.');
  if (!stackless.every(isInThread))
    losses.push('Samples without a stack are a number alone, which some programs leave out.');
  return losses;
}

/** The variations of `stackcollapse-perf.pl`. */
export interface FoldedOptions extends WriteOptions {
  /** Adds numbers to thread names: `name-pid` or `name-pid/tid`, with `?` for a process that isn't known. */
  readonly threadNumbers?: 'pid' | 'tid';
  /** Adds `_[k]` to frames of the kernel and of other modules whose name is bracketed, such as `[vdso]`. */
  readonly marksKernel?: boolean;
  /** Adds `_[j]` to frames that a perf map names. */
  readonly marksJit?: boolean;
}

export function foldedStacks(profile: Profile, options: FoldedOptions = {}): Uint8Array {
  const { samples, stacks } = profile;
  const weights = samples.weights[options.value ?? profile.defaultValue];
  const roots = Array.from({ length: profile.threads.length }, (_, thread) => threadText(profile, thread, options));
  const names = new Map<number, string>();
  const nameOf = (frame: number, isJava: boolean): string => {
    const key = isJava ? -1 - frame : frame;
    let name = names.get(key);
    if (name === undefined) {
      name = frameText(profile, frame, isJava, options);
      names.set(key, name);
    }
    return name;
  };
  const totals = new Map<string, number>();
  for (const [root, ofRoot] of weightsByRoot(samples, weights, roots)) {
    const isJava = root === 'java';
    for (const [stack, weight] of ofRoot) {
      const frames: string[] = [];
      for (let at: StackIndex = stack; at !== NONE; at = stacks.parent[at])
        frames.push(nameOf(stacks.frame[at], isJava));
      if (root !== '') frames.push(root);
      const text = frames.reverse().join(';');
      totals.set(text, (totals.get(text) ?? 0) + weight);
    }
  }
  const out = new TextBytes();
  for (const text of [...totals.keys()].sort()) {
    const weight = totals.get(text);
    if (weight !== 0) out.add(`${text} ${weight}\n`);
  }
  return out.finish();
}

/** Weights by the thread's text and by stack: what is written alike is added up before any stack is spelt out. */
function weightsByRoot(
  samples: Profile['samples'],
  weights: Float64Array,
  roots: readonly string[],
): Map<string, Map<StackIndex, number>> {
  const byRoot = new Map<string, Map<StackIndex, number>>();
  for (let sample = 0; sample < samples.length; sample++) {
    const root = samples.thread[sample] === NONE ? '' : roots[samples.thread[sample]];
    let ofRoot = byRoot.get(root);
    if (!ofRoot) {
      ofRoot = new Map();
      byRoot.set(root, ofRoot);
    }
    const stack = samples.stack[sample];
    ofRoot.set(stack, (ofRoot.get(stack) ?? 0) + weights[sample]);
  }
  return byRoot;
}

function threadText({ threads, strings }: Profile, thread: ThreadIndex, { threadNumbers }: FoldedOptions): string {
  const [pid, tid] = [threads.pid[thread], threads.tid[thread]];
  const name = strings[threads.name[thread]].replace(/[\s\p{Cc};]/gu, '_') || `:${tid}`;
  const process = pid === NONE ? '?' : pid;
  if (threadNumbers === 'pid') return `${name}-${process}`;
  return threadNumbers === 'tid' ? `${name}-${process}/${tid}` : name;
}

function frameText(profile: Profile, frame: number, isJava: boolean, options: FoldedOptions): string {
  const { frames, functions, modules, strings } = profile;
  const path = frames.module[frame] === NONE ? '' : strings[modules.path[frames.module[frame]]];
  const name = frames.function[frame] === NONE ? '' : strings[functions.name[frames.function[frame]]];
  const isUnknown = name === '' || isUnknownName(name, path);
  // What stands for a thread, a file or a package was not named by perf, and is in no module.
  const isByPerf = isOfPerf(profile) && (isUnknown || path !== '');
  const text = !isByPerf
    ? spelt(name) || `[${path === '' ? 'unknown' : spelt(baseName(path))}]`
    : isUnknown
      ? `[${path === '' ? 'unknown' : spelt(baseName(path))}]`
      : tidy(name, isJava);
  if (frames.inlined[frame] === 1 && FRAME_KINDS[frames.kind[frame]] === 'jit') return `${text}_[i]`;
  if (options.marksKernel && /^\[|vmlinux$/.test(path)) return `${text}_[k]`;
  return options.marksJit && /\/perf-\d+\.map$/.test(path) ? `${text}_[j]` : text;
}

function isOfPerf({ origin }: Profile): boolean {
  return origin.format === 'perf.data' || origin.format === 'perf script';
}

/** A name as it can stand in a line. */
function spelt(name: string): string {
  return name.replaceAll(';', ':').replace(/[\s\p{Cc}]/gu, ' ');
}

/** A name as stackcollapse-perf.pl writes it. */
function tidy(name: string, isJava: boolean): string {
  let text = spelt(name);
  // Brackets within a name of Go (`http.(*Client).Do`) are kept.
  if (!/\.\(.*\)\./.test(text)) text = text.replace(/\((?!anonymous namespace\)).*/, '');
  text = text.replace(/["']/g, '');
  return isJava && text.includes('/') ? text.replace(/^L/, '') : text;
}
