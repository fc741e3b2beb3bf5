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
  return [
    [found.problem, `The file is broken (${found.problem}): what comes before is shown.`],
    [damaged, `Left out, since they are damaged: ${damaged} of its entries.`],
    [unusable, `Left out, since their numbers are 0 or those of others: ${unusable} of its entries.`],
    [
      read.incomplete,
      `Stacks of ${read.incomplete} samples lack ${read.missingFrames} frames, whose places aren't in the file: it may be cut short.`,
    ],
    [places.missing.function, `Functions of ${places.missing.function} lines aren't in the file: it may be cut short.`],
    [places.missing.mapping, `Modules of ${places.missing.mapping} places aren't in the file: it may be cut short.`],
    [
      strings.missing,
      `Names are missing, since ${strings.missing} of its strings aren't in the file: it may be cut short.`,
    ],
    [places.nowhere, `Nothing is known of ${places.nowhere} of its places, neither an address nor a function.`],
    [read.rounded + labels.rounded, `Rounded, since they are beyond 2^53: ${read.rounded + labels.rounded} numbers.`],
    [
      pruningProblem,
      `The pattern of functions that are to be left out wasn't followed (${pruningProblem}): they are shown.`,
    ],
  ].flatMap(([is, sentence]) => (is === 0 || is === '' ? [] : [sentence as string]));
}
