import { compilePattern } from '../../pattern.ts';
import { FRAME_KINDS, NONE, type Profile } from '../profile.ts';
import { hostStacks } from '../rebuilt-stacks.ts';
import { withoutStackFrames } from './hide.ts';
import { byText } from './matched-frames.ts';
import { PRESETS, type Preset, type PresetName } from './presets.ts';

/** Without the frames that a preset means: what they cost is a cost of what called them. No sample is lost. */
export function without(profile: Profile, preset: PresetName): Profile {
  const isMeant = meant(profile, PRESETS[preset]);
  return withoutStackFrames(profile, isMeant, { dropsEmpty: false });
}

/** Only the frames that a preset means, and samples that have one. */
export function only(profile: Profile, preset: PresetName): Profile {
  const isMeant = meant(profile, PRESETS[preset]);
  return withoutStackFrames(profile, (stack) => !isMeant(stack), { dropsEmpty: true });
}

function meant(profile: Profile, { name, file, module, kind }: Preset): (stack: number) => boolean {
  const { stacks, frames, functions, modules, strings } = profile;
  const finds = (pattern: string | undefined) =>
    pattern === undefined ? () => false : byText(strings, compilePattern(pattern));
  const [isName, isFile, isModule] = [finds(name), finds(file), finds(module)];
  const wantedKind = kind === undefined ? NONE : FRAME_KINDS.indexOf(kind);
  const hosts = hostStacks(profile);
  return (stack) => {
    const frame = stacks.frame[stack];
    if (frames.kind[frame] === wantedKind) return true;
    const func = frames.function[frame];
    if (func !== NONE && (isName(functions.name[func]) || isFile(frames.file[frame]))) return true;
    const ofHost = frames.module[stacks.frame[hosts[stack]]];
    return ofHost !== NONE && isModule(modules.path[ofHost]);
  };
}
