import { NONE, type Profile } from '../profile.ts';
import { baseName } from '../unknown-name.ts';
import type { StandIn } from './appended-frames.ts';
import { moduleMatches } from './matched-frames.ts';
import { packageOf } from './package-of.ts';
import { regrouped } from './regroup.ts';

export const GROUPS = ['file', 'module', 'package'] as const;
export type GroupBy = (typeof GROUPS)[number];

/** The call tree of source files, modules or packages in place of functions. What has none is a group of its own. */
export function groupBy(profile: Profile, by: GroupBy): Profile {
  return regrouped(profile, GROUP_OF[by](profile));
}

/** Runs of frames in a module whose path is meant are one frame, named after the module. */
export function collapseModules(profile: Profile, pattern: string): Profile {
  const isMeant = moduleMatches(profile, pattern);
  const moduleGroup = GROUP_OF.module(profile);
  return regrouped(profile, (frame) => (isMeant(profile.frames.module[frame]) ? moduleGroup(frame) : undefined));
}

const GROUP_OF: Record<GroupBy, (profile: Profile) => (frame: number) => StandIn> = {
  file:
    ({ frames, strings }) =>
    (frame) => {
      const file = strings[frames.file[frame]];
      return file === '' ? { name: '(no source known)' } : { name: file, file };
    },
  module:
    ({ frames, modules, strings }) =>
    (frame) => {
      const module = frames.module[frame];
      return module === NONE
        ? { name: '(no module known)' }
        : { name: baseName(strings[modules.path[module]]), module };
    },
  package:
    ({ frames, functions, modules, strings }) =>
    (frame) => {
      const func = frames.function[frame];
      const module = frames.module[frame];
      return {
        name: packageOf({
          name: func === NONE ? '' : strings[functions.name[func]],
          file: strings[frames.file[frame]],
          module: module === NONE ? '' : strings[modules.path[module]],
        }),
      };
    },
};
