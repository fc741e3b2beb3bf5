import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ThreadTracks } from '../../src/core/profile/queries/thread-tracks.ts';
import { coarserTracks } from '../../webview/panels/over-time/coarser-tracks.ts';

describe('bins of activity', () => {
  const tracks: ThreadTracks = {
    value: { type: 'samples', unit: 'count' },
    extent: { fromNs: 0, toNs: 50 },
    window: { fromNs: 0, toNs: 50 },
    bins: 5,
    all: Float64Array.of(1, 2, 3, 4, 5),
    tracks: [],
    activity: Float64Array.of(1, 0, 1, 0, 1, 0, 2, 2, 4, 4),
    more: { count: 0, total: 0, activity: new Float64Array(5) },
    total: 15,
    samples: 15,
    timeless: 0,
    lengths: 'interval',
    intervalNs: 10,
  };

  it('are joined until each is two usual intervals long, track by track', () => {
    const { bins, window, all, activity } = coarserTracks(tracks);
    assert.deepEqual([bins, window], [3, { fromNs: 0, toNs: 60 }]);
    assert.deepEqual(all, Float64Array.of(3, 7, 5));
    assert.deepEqual(activity, Float64Array.of(1, 1, 1, 2, 6, 4));
  });

  it('stay where they are long enough, where lengths were measured, and where no interval is known', () => {
    for (const change of [{ intervalNs: 5 }, { lengths: 'measured' }, { intervalNs: 0 }] as const) {
      const same = { ...tracks, ...change };
      assert.equal(coarserTracks(same), same);
    }
  });
});
