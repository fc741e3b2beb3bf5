import { checkUndivided } from '../operations/per.ts';
import { UnusableOperation } from '../operations/unusable-operation.ts';
import type { StackWeights } from '../stack-weights.ts';
import type { Side } from './union-profile.ts';

/** By what two profiles are made comparable. */
export const NORMALISATIONS = ['nothing', 'total', 'samples', 'duration', 'requests'] as const;
export type Normalisation = (typeof NORMALISATIONS)[number];

/** What weights are multiplied by before they are compared. */
export interface Scale {
  readonly before: number;
  readonly after: number;
  /** What is added to the unit: `/s`, `/request`, or `''`. */
  readonly per: string;
}

/** How often something was done while each profile was taken. */
export interface Requests {
  readonly before: number;
  readonly after: number;
  /** What one of them is called: `request`. */
  readonly name: string;
}

/**
 * The scale that makes two profiles comparable: by `total` and `samples` what is after is scaled to as much as there was before, as `go tool
 * pprof -normalize` does; by `duration` and `requests` both are told per second or per request. Throws UnusableOperation where what they
 * would go by isn't known.
 */
export function scaleOf(by: Normalisation, before: Side, after: Side, requests?: Requests): Scale {
  return SCALES[by](before, after, requests);
}

const SCALES: Record<Normalisation, (before: Side, after: Side, requests?: Requests) => Scale> = {
  nothing: () => ({ before: 1, after: 1, per: '' }),
  total: (before, after) => ({ before: 1, after: ratio(all(before).total, all(after).total, 'weight'), per: '' }),
  samples: (before, after) => ({
    before: 1,
    after: ratio(recorded(before), recorded(after), 'samples'),
    per: '',
  }),
  duration(before, after) {
    for (const { profile } of [before, after]) checkUndivided(profile, 's');
    return {
      before: 1e9 / positive(before.profile.origin.durationNs, 'how long the recording took'),
      after: 1e9 / positive(after.profile.origin.durationNs, 'how long the recording took'),
      per: '/s',
    };
  },
  requests(before, after, requests) {
    if (!requests) throw new UnusableOperation('Nothing says how many requests there were.');
    for (const { profile } of [before, after]) checkUndivided(profile, requests.name);
    return {
      before: 1 / positive(requests.before, 'how many requests there were'),
      after: 1 / positive(requests.after, 'how many requests there were'),
      per: `/${requests.name}`,
    };
  },
};

/** How many samples were taken. */
function recorded(side: Side): number {
  const { recorded: samples } = all(side);
  if (!Number.isNaN(samples)) return samples;
  throw new UnusableOperation(
    "Two profiles can't be compared by their samples where one of them has added up equal stacks without counting them.",
  );
}

/** Filters choose what is looked at, and not what it is measured by. */
function all({ weights, whole = weights }: Side): StackWeights {
  return whole;
}

function ratio(before: number, after: number, what: string): number {
  if (before > 0 && after > 0) return before / after;
  throw new UnusableOperation(`Two profiles can't be compared by their ${what} where one of them has none.`);
}

function positive(amount: number, what: string): number {
  if (amount > 0 && Number.isFinite(amount)) return amount;
  throw new UnusableOperation(`Two profiles can only be compared so where it is known ${what}: above 0, for both.`);
}
