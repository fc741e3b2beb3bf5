import { plural } from '../../units.ts';
import type { LabelSets } from './label-sets.ts';
import type { LocationFrames } from './location-frames.ts';
import type { Samples } from './samples.ts';
import type { Survey } from './survey.ts';

/** What was skipped or is doubtful in a profile, in words. */
export function warningsOf(
  found: Survey,
  places: LocationFrames,
  labels: LabelSets,
  read: Samples,
  pruningProblem: string,
): readonly string[] {
  const { strings, code } = found;
  const damaged = found.damaged + read.damaged + labels.damaged;
  const unusable = code.unusable.mapping + code.unusable.function + code.unusable.location;
  const rounded = read.rounded + labels.rounded;
  return [
    [found.problem, `The file is broken (${found.problem}): what comes before is shown.`],
    [damaged, `Left out, since they are damaged: ${damaged} of its entries.`],
    [unusable, `Left out, since their numbers are 0 or those of others: ${unusable} of its entries.`],
    [
      read.incomplete,
      `Frames are missing, since their places aren't in the file, which may be cut short: ${read.missingFrames}, in the stacks of ${read.incomplete} ${plural(read.incomplete, 'sample')}.`,
    ],
    [
      places.missing.function,
      `Functions of ${places.missing.function} ${plural(places.missing.function, 'line')} aren't in the file: it may be cut short.`,
    ],
    [
      places.missing.mapping,
      `Modules of ${places.missing.mapping} ${plural(places.missing.mapping, 'place')} aren't in the file: it may be cut short.`,
    ],
    [
      strings.missing,
      `Names are missing, since ${strings.missing} of its strings aren't in the file: it may be cut short.`,
    ],
    [places.nowhere, `Nothing is known of ${places.nowhere} of its places, neither an address nor a function.`],
    [rounded, `Rounded, since they are beyond 2^53: ${rounded} ${plural(rounded, 'number')}.`],
    [
      pruningProblem,
      `The pattern of functions that are to be left out wasn't followed (${pruningProblem}): they are shown.`,
    ],
  ].flatMap(([is, sentence]) => (is === 0 || is === '' ? [] : [sentence as string]));
}
