import { formatAmount } from '../../units.ts';
import { changeMargin, isChanceKnown, type SampleScale } from './poisson-interval.ts';

/** What a change from one weight to another says. */
export interface Change {
  readonly before: number;
  readonly after: number;
  /** After less before. */
  readonly amount: number;
  /** What chance of sampling alone may make of it, either way; NaN where that isn't known. */
  readonly margin: number;
  readonly verdict: Verdict;
  /** Whether it is only in one of the two. */
  readonly presence: Presence;
}

/** `unknown`: chance alone explains a change of this size. Where chance isn't known, a change is taken for what it is. */
export type Verdict = 'same' | 'rise' | 'fall' | 'unknown';
export type Presence = 'both' | 'new' | 'gone';

export function changeOf(before: number, after: number, sampleScale: SampleScale): Change {
  const amount = after - before;
  const margin = isChanceKnown({ sampleScale }) ? changeMargin(before, after, sampleScale) : Number.NaN;
  return { before, after, amount, margin, verdict: verdictOf(amount, margin), presence: presenceOf(before, after) };
}

function verdictOf(amount: number, margin: number): Verdict {
  if (amount === 0) return 'same';
  if (Math.abs(amount) <= margin) return 'unknown';
  return amount > 0 ? 'rise' : 'fall';
}

function presenceOf(before: number, after: number): Presence {
  if (before === 0 && after !== 0) return 'new';
  return before !== 0 && after === 0 ? 'gone' : 'both';
}

/** The sign that stands beside its colour. */
export const VERDICT_MARKS: Readonly<Record<Verdict, string>> = { same: '', rise: '▲', fall: '▼', unknown: '≈' };

/** In percent of what there was, with the interval: `▲ +12 % (8…16)`, `▼ −3.1 %`, `▲ new`, `≈ not known`, `0 %`. */
export function changeShareText(change: Change): string {
  const { before, after, amount, margin, verdict, presence } = change;
  if (verdict === 'same') return '0 %';
  const mark = VERDICT_MARKS[verdict];
  if (presence !== 'both') return `${mark} ${presence}`;
  if (verdict === 'unknown') return `${mark} not known`;
  const share = (weight: number) => weight / Math.abs(before);
  const text = `${mark} ${signed(percent(share(amount)), amount)} %`;
  if (Number.isNaN(margin)) return text;
  // Nothing falls by more than all there was, which the normal distribution doesn't know.
  const least = before > 0 && after >= 0 ? -before : Number.NEGATIVE_INFINITY;
  const [low, high] = [share(Math.max(least, amount - margin)), share(amount + margin)].map((end) =>
    signed(percent(end), Math.min(end, 0)),
  );
  return `${text} (${low}…${high})`;
}

/** In the unit of the value: `▲ +12 ms`, `▼ −3.1 ms`, `≈ +0.2 ms`, `0 ms`. */
export function changeAmountText({ amount, verdict }: Change, unit: string, type = ''): string {
  const text = formatAmount(amount, unit, type);
  if (verdict === 'same') return text;
  return `${VERDICT_MARKS[verdict]} ${amount > 0 ? '+' : ''}${text}`;
}

/** Whether chance explains it, as a sentence. */
export function chanceText({ verdict, margin }: Change): string {
  if (verdict === 'same') return 'Nothing has changed.';
  if (Number.isNaN(margin)) return 'What chance of sampling makes of it is not known: samples don’t weigh the same.';
  if (verdict === 'unknown') return 'Not known: chance of sampling alone explains a change of this size.';
  return 'More than chance of sampling explains (95 %).';
}

/** Digits of a share in percent, without a sign. */
function percent(share: number): string {
  const size = Math.abs(share) * 100;
  if (size < 0.05) return size === 0 ? '0' : '<0.1';
  return size < 9.95 ? size.toFixed(1) : size.toFixed(0);
}

function signed(digits: string, by: number): string {
  return by > 0 ? `+${digits}` : by < 0 ? `−${digits}` : digits;
}
