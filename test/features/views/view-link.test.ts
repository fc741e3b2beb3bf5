import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PortableView } from '../../../src/core/profile/portable-view.ts';
import { linkQuery, readLinkQuery } from '../../../src/features/views/view-link.ts';

const VIEW: PortableView = {
  value: { type: 'cpu-clock', unit: 'nanoseconds' },
  threads: [{ pid: 1, tid: 2, name: 'a&b=c %20 é' }],
  inlines: true,
  kernel: false,
  operations: [{ op: 'focus', pattern: '^a+b?&x=1#%$' }],
};
const PLACES = { zoom: { path: ['main', 'a&b=c'], window: { left: 0.25, right: 0.5 } }, selected: ['main'] };
const encoded = (data: unknown) => `data=${Buffer.from(JSON.stringify(data)).toString('base64url')}`;

describe('a link to a view', () => {
  it('comes back the same, whatever letters are in it, and survives a decoding', () => {
    for (const recording of [
      { run: '20260131-142305-123-k7f2qx' },
      { file: 'a b&c/#1%.data', folder: 'é' },
      { file: '/tmp/x' },
    ]) {
      const query = linkQuery(recording, VIEW);
      assert.match(query, /^data=[\w-]+$/);
      assert.deepEqual(readLinkQuery(decodeURIComponent(query)), { recording, view: VIEW });
    }
  });

  it('leads to where one is in the flame graph, as far as there is room for the names on the way', () => {
    const recording = { run: '20260131-142305-123-k7f2qx' };
    assert.deepEqual(readLinkQuery(linkQuery(recording, { ...VIEW, places: PLACES })), {
      recording,
      view: { ...VIEW, places: PLACES },
    });
    const deep = { ...PLACES, selected: Array.from({ length: 200 }, (_, at) => `${at}${'x'.repeat(500)}`) };
    assert.deepEqual(readLinkQuery(linkQuery(recording, { ...VIEW, places: deep })), { recording, view: VIEW });
  });

  it('is none where it is cut, garbled, or says something else', () => {
    const whole = linkQuery({ file: 'x' }, VIEW);
    for (let end = 0; end < whole.length; end++) assert.equal(readLinkQuery(whole.slice(0, end)), undefined);
    for (const query of [
      '',
      'data=',
      'data=%00',
      `${whole}&more=1`,
      `more=1&${whole}`,
      encoded(null),
      encoded(3),
      encoded([]),
      encoded({ view: VIEW }),
      encoded({ file: '', view: VIEW }),
      encoded({ file: 'a\0b', view: VIEW }),
      encoded({ file: ['x'], view: VIEW }),
      encoded({ file: 'x', folder: 1, view: VIEW }),
      encoded({ run: 'x', file: 'y', view: VIEW }),
      encoded({ run: {}, view: VIEW }),
      encoded({ file: 'x' }),
      encoded({ file: 'x', view: { ...VIEW, operations: 'all' } }),
      encoded({ file: 'x', view: { ...VIEW, places: null } }),
      encoded({ file: 'x', view: { ...VIEW, places: { ...PLACES, selected: [1] } } }),
      encoded({ file: 'x', view: { ...VIEW, places: { ...PLACES, zoom: { path: [] } } } }),
      encoded({
        file: 'x',
        view: { ...VIEW, places: { ...PLACES, zoom: { path: [], window: { left: 1, right: 0 } } } },
      }),
      encoded({ file: 'x'.repeat(100_000), view: VIEW }),
    ]) {
      assert.equal(readLinkQuery(query), undefined, query.slice(0, 200));
    }
  });
});
