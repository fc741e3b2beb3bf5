import type { Finding } from '../tools/finding.ts';

/** The finding on a recording without a sample. */
export function noSamples(elapsedMs: number, isAttached: boolean): Finding {
  const who = isAttached ? 'process' : 'program';
  return {
    id: 'no-samples',
    level: 'limits',
    what: 'There is not a single sample.',
    why: `In the ${(elapsedMs / 1000).toFixed(elapsedMs < 1000 ? 3 : 1)} s of the recording the ${who} used almost no processor time: it ended at once, or it waited.`,
    fix: `Give the ${who} something to compute, or record for longer or at a higher frequency.`,
    fallback: '',
  };
}
