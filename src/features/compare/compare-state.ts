import { whenText } from '../../core/date-text.ts';
import { originDifferences } from '../../core/profile/diff/origin-differences.ts';
import type { Overview } from '../../core/profile/queries/overview.ts';
import { baseName } from '../../core/profile/unknown-name.ts';
import { formatDuration } from '../../core/units.ts';
import { trustNotes } from '../../host/trust-notes.ts';
import type { CompareSide, CompareState } from '../../protocol/compare.ts';
import type { NextStep } from '../../protocol/panel-state.ts';
import type { ComparisonProgress } from '../../runs/comparison-session.ts';
import { environmentDifferences } from '../../runs/environment-differences.ts';
import type { ComparedSource } from './compared-source.ts';
import type { Comparison, OpenedComparison, Pair } from './comparison.ts';
import { doneOfBoth } from './done-of-both.ts';

/** What the panel has to show of the comparison. */
export async function compareState(comparison: Comparison): Promise<CompareState> {
  const { opened, opening, failure, look } = comparison;
  if (opening) {
    const { pair, progress } = opening;
    return {
      status: 'loading',
      title: titleOf(pair),
      doing: doing(pair, progress),
      done: progress ? doneOfBoth(progress, pair.before.path === pair.after.path) : null,
    };
  }
  if (failure) {
    return {
      status: 'failed',
      title: titleOf(failure.pair),
      message: failure.message,
      actions: [RETRY, ...NEXT_STEPS],
    };
  }
  if (!opened) return { status: 'empty', actions: NEXT_STEPS };
  const { id, before, after, sides, session } = opened;
  const environment = environmentDifferences(before.environment, after.environment);
  const known = new Set(environment.map(subject));
  const recorded = originDifferences(sides.before, sides.after).filter((sentence) => !known.has(subject(sentence)));
  return {
    status: 'open',
    id,
    before: sideOf(before, sides.before),
    after: sideOf(after, sides.after),
    look,
    parts: await session.ask('lookParts', look),
    values: sides.values,
    normalisations: sides.normalisations,
    hasKernel: sides.before.kernelShare > 0 || sides.after.kernelShare > 0,
    differences: [...recorded, ...environment],
    mayMislead: mayMislead(opened, comparison),
  };
}

/** Reads the same two again. */
export const RETRY: NextStep = { id: 'retry', title: 'Try Again' };
/** The steps that are on offer wherever nothing is compared. */
export const NEXT_STEPS: readonly NextStep[] = [{ id: 'perfwright.compareWith', title: 'Compare With…' }];

function titleOf({ before, after }: Pair): string {
  return `${before.title} ↔ ${after.title}`;
}

function sideOf({ title, recordedAt, environment, path }: ComparedSource, overview: Overview): CompareSide {
  const commit = environment?.git?.commit;
  const parts = [path, whenText(recordedAt), ...(commit ? [`commit ${commit.slice(0, 7)}`] : [])];
  return {
    title,
    about: parts.join(' · '),
    samples: overview.samples,
    hasSampleCount: overview.hasSampleCount,
    quality: trustNotes(overview).quality,
  };
}

function doing({ before, after }: Pair, progress: ComparisonProgress | undefined): string {
  if (!progress) return 'Reading';
  const { title } = progress.side === 'before' ? before : after;
  if (progress.stage === 'reading') return `Reading ${title}`;
  return progress.at ? `${title}: looking up the symbols of ${baseName(progress.at)}` : `${title}: looking up symbols`;
}

/** What a sentence of differences is about. */
function subject(sentence: string): string {
  return sentence.slice(0, sentence.indexOf(':'));
}

const SHARED = 'Both have samples in common, so it is not known what chance makes of a change.';

function mayMislead({ sides: { before, after, sharesSamples } }: OpenedComparison, { look }: Comparison): string[] {
  const [was, is] = [before.origin.durationNs, after.origin.durationNs];
  const lasted = Math.abs(Math.log(is / was)) > Math.log(MUCH_LONGER);
  const both = before.origin.mayMislead.filter((sentence) => after.origin.mayMislead.includes(sentence));
  const only = (side: string, { origin }: Overview) =>
    origin.mayMislead.filter((sentence) => !both.includes(sentence)).map((sentence) => `${side}: ${sentence}`);
  return [
    'One recording of each: what differs from run to run is not known from them.',
    ...(sharesSamples ? [SHARED] : []),
    ...(lasted && look.normalise === 'nothing'
      ? [
          `Before lasted ${formatDuration(was)} and after ${formatDuration(is)}, and nothing is normalised: a longer recording costs more of everything.`,
        ]
      : []),
    ...(look.normalise === 'total' || look.normalise === 'samples'
      ? ['Both are scaled to the same whole: where one function costs less, all others cost a larger share.']
      : []),
    ...(look.width === 'after' ? ['Widths are the cost after: what has gone has no width.'] : []),
    ...(look.width === 'before' ? ['Widths are the cost before: what is new has no width.'] : []),
    ...both,
    ...only('Before', before),
    ...only('After', after),
  ];
}

/** Recordings whose lengths differ by less than this are about as long. */
const MUCH_LONGER = 1.1;
