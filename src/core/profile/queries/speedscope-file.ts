import { type BoundedFile, boundedSpeedscope, NOT_IN_TIME, speedscope } from '../../writers/speedscope.ts';
import { ofThreads } from '../of-threads.ts';
import type { QueryModel, View } from './query-model.ts';

/** A file for speedscope, with what it can't show of the profile, a sentence each; or why there is none. */
export type SpeedscopeFile =
  | { readonly kind: 'written'; readonly bytes: Uint8Array; readonly losses: readonly string[] }
  | Exclude<BoundedFile, { kind: 'written' }>;

/** What is in view, as a file that speedscope opens: of one value, and with at most so many frames in all stacks together. */
export function speedscopeFile(
  model: QueryModel,
  { view, name, mostFrames }: { view: View; name: string; mostFrames: number },
): SpeedscopeFile {
  const { profile: shown } = model.viewed(view);
  const profile = view.threads ? ofThreads(shown, new Set(view.threads)) : shown;
  const file = boundedSpeedscope(profile, { value: view.value, name, mostFrames });
  if (file.kind !== 'written') return file;
  const losses = speedscope.losses(profile, { value: view.value }).filter((loss) => loss !== NOT_IN_TIME);
  return { kind: 'written', bytes: file.bytes, losses: file.isInTime ? losses : [...losses, NOT_IN_TIME] };
}
