import { FRAME_KINDS, type FrameIndex, NONE, type Profile, type StackIndex } from '../../src/core/profile/profile.ts';
import { stackWeights } from '../../src/core/profile/stack-weights.ts';

/** What a profile says, in few lines of text that a person can check: a golden file for an importer's test. */
export function profileSummary(profile: Profile): string {
  const { origin, quality, values, samples, threads, modules, strings } = profile;
  const lines = [
    `format ${origin.format}, producer ${origin.producer || 'not known'}`,
    `command ${origin.commandLine.join(' ') || 'not known'}`,
    `host ${origin.hostname || 'not known'}, architecture ${origin.architecture || 'not known'}`,
    `starts at ${origin.startTimeNs} ns, lasts ${origin.durationNs} ns`,
    `${samples.length} samples, ${profile.stacks.length} stacks, ${profile.frames.length} frames`,
    `lost ${quality.lostSamples}, broken stacks ${quality.brokenStacks}, throttled ${quality.throttled}, asked for ${quality.requestedHz} Hz`,
    ...origin.mayMislead.map((sentence) => `may mislead: ${sentence}`),
    ...quality.warnings.map((sentence) => `warning: ${sentence}`),
  ];
  lines.push('', 'values (* is the default)');
  for (const [index, { type, unit }] of values.entries()) {
    const mark = index === profile.defaultValue ? '*' : ' ';
    lines.push(`${mark} ${type} [${unit}]: ${stackWeights(profile, { value: index }).total}`);
  }
  lines.push('', 'threads: samples');
  for (let thread = 0; thread < threads.length; thread++) {
    const count = samples.thread.reduce((sum, own) => sum + Number(own === thread), 0);
    lines.push(`  ${threads.pid[thread]}/${threads.tid[thread]} ${strings[threads.name[thread]]}: ${count}`);
  }
  lines.push('', 'modules');
  for (let module = 0; module < modules.length; module++) {
    lines.push(`  ${strings[modules.path[module]]} ${strings[modules.buildId[module]]}`.trimEnd());
  }
  lines.push('', 'hottest frames, by the default value');
  lines.push(...hottestFrames(profile).map(([frame, weight]) => `  ${weight} ${frameText(profile, frame)}`));
  lines.push('', 'deepest stack, innermost first');
  lines.push(...folded(deepestStack(profile)));
  return `${lines.join('\n')}\n`;
}

/** Lines, with those that repeat the one before counted in one. */
function folded(lines: readonly string[]): string[] {
  const result: string[] = [];
  let repeats = 0;
  for (const [index, line] of lines.entries()) {
    if (line === lines[index - 1]) repeats++;
    else result.push(`  ${line}`);
    if (repeats > 0 && line !== lines[index + 1]) {
      result.push(`  … ${repeats} more of the same`);
      repeats = 0;
    }
  }
  return result;
}

const MOST_FRAMES = 12;

function hottestFrames(profile: Profile): [FrameIndex, number][] {
  const { self } = stackWeights(profile, { value: profile.defaultValue });
  const weights = new Float64Array(profile.frames.length);
  for (let stack = 0; stack < profile.stacks.length; stack++) weights[profile.stacks.frame[stack]] += self[stack];
  return [...weights.entries()]
    .filter(([, weight]) => weight > 0)
    .sort(([a, weightA], [b, weightB]) => weightB - weightA || a - b)
    .slice(0, MOST_FRAMES);
}

function frameText({ frames, functions, modules, strings }: Profile, frame: FrameIndex): string {
  const module = frames.module[frame];
  const name = frames.function[frame] === NONE ? '' : `${strings[functions.name[frames.function[frame]]]} `;
  const place = `${module === NONE ? '?' : strings[modules.path[module]]}+0x${frames.address[frame].toString(16)}`;
  return `${name}${place} ${FRAME_KINDS[frames.kind[frame]]}`;
}

/** Frames of the deepest stack of a sample, innermost first. */
function deepestStack(profile: Profile): string[] {
  const { stacks, samples } = profile;
  const depth = new Int32Array(stacks.length);
  for (let stack = 0; stack < stacks.length; stack++) {
    depth[stack] = stacks.parent[stack] === NONE ? 1 : depth[stacks.parent[stack]] + 1;
  }
  let deepest: StackIndex = NONE;
  for (const stack of samples.stack) {
    if (stack !== NONE && (deepest === NONE || depth[stack] > depth[deepest])) deepest = stack;
  }
  const frames: string[] = [];
  for (let stack = deepest; stack !== NONE; stack = stacks.parent[stack])
    frames.push(frameText(profile, stacks.frame[stack]));
  return frames;
}
