import type { ThreadTracks } from '../../../src/core/profile/queries/thread-tracks.ts';

/**
 * The tracks with bins that are at least two usual intervals long: in shorter ones a thread that runs all the time has a sample in one and
 * none in the next, which looks as if it ran now and then. Where lengths were measured, or the bins are long enough, the same.
 */
export function coarserTracks(tracks: ThreadTracks): ThreadTracks {
  const { window, bins, intervalNs, lengths } = tracks;
  const binNs = (window.toNs - window.fromNs) / bins;
  const joined = lengths === 'measured' ? 1 : Math.ceil((2 * intervalNs) / binNs);
  if (!(joined > 1)) return tracks;
  const fewer = Math.ceil(bins / joined);
  const coarser = (column: Float64Array) => {
    const sums = new Float64Array((column.length / bins) * fewer);
    for (let at = 0; at < column.length; at++) {
      sums[Math.floor(at / bins) * fewer + Math.floor((at % bins) / joined)] += column[at];
    }
    return sums;
  };
  return {
    ...tracks,
    // The last may go on beyond the window.
    window: { fromNs: window.fromNs, toNs: window.fromNs + fewer * joined * binNs },
    bins: fewer,
    all: coarser(tracks.all),
    activity: coarser(tracks.activity),
    more: { ...tracks.more, activity: coarser(tracks.more.activity) },
  };
}
