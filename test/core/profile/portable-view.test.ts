import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { portableView, uncheckedView, viewFrom } from '../../../src/core/profile/portable-view.ts';
import { overview } from '../../../src/core/profile/queries/overview.ts';
import { QueryModel, type View } from '../../../src/core/profile/queries/query-model.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';

const about = overviewOf(`
  #t  a     b     c
  #e  x     y     x
      main  main  main`);
const VIEW: View = {
  value: 1,
  threads: [2, 0],
  inlines: false,
  kernel: false,
  operations: [{ op: 'focus', pattern: 'a|b' }, { op: 'from', at: { percent: 10 } } as never, { op: 'invert' }],
};

describe('a view in portable terms', () => {
  it('comes back the same, through text', () => {
    const text = JSON.stringify(portableView(about, VIEW));
    const unchecked = uncheckedView(JSON.parse(text))!;
    const { view, missing } = viewFrom(about, { ...unchecked, operations: VIEW.operations });
    assert.deepEqual(view, VIEW);
    assert.deepEqual(missing, []);
    assert.deepEqual(unchecked.operations, JSON.parse(JSON.stringify(VIEW.operations)));
  });

  it('finds values and threads wherever they stand in another reading', () => {
    const other = overviewOf(`
      #t  c     b     a
      #e  y     x     x
          main  main  main`);
    const named = portableView(about, { ...VIEW, threads: [1] });
    const { view } = viewFrom(other, { ...named, threads: [{ pid: 99, tid: 2, name: 'b' }] });
    assert.deepEqual(view, { ...VIEW, value: 0, threads: [1] });
  });

  it('says what a recording hasn’t, which is then as it is by default', () => {
    const named = portableView(about, VIEW);
    const { view, missing } = viewFrom(about, {
      ...named,
      value: { type: 'gone', unit: 'count' },
      threads: [{ pid: 1, tid: 77, name: 'lost' }],
    });
    assert.equal(view.value, about.defaultView.value);
    assert.equal(view.threads, null);
    assert.deepEqual(missing, ['It has no value "gone".', 'It has no thread "lost" (77).']);
  });

  it('has no range of time where a recording has no times', () => {
    const { view, missing } = viewFrom({ ...about, hasTimes: false }, portableView(about, VIEW));
    assert.deepEqual(view.operations, [VIEW.operations[0], VIEW.operations[2]]);
    assert.deepEqual(missing, ['It has no times, so no range of them.']);
  });

  it('has where one is in the flame graph, where that isn’t all of it', () => {
    const window = { left: 0.5, right: 0.75 };
    const places = { zoom: { path: ['main'], window }, selected: [] };
    assert.deepEqual(uncheckedView(JSON.parse(JSON.stringify(portableView(about, VIEW, { places }))))?.places, places);
    const start = { zoom: { path: [], window: { left: 0, right: 1 } }, selected: [] };
    assert.ok(!('places' in portableView(about, VIEW, { places: start })));
    assert.ok('places' in portableView(about, VIEW, { places: { ...start, zoom: { path: [], window } } }));
  });

  it('has what shares are of, where that is all', () => {
    const { shareOf } = uncheckedView(JSON.parse(JSON.stringify(portableView(about, VIEW, { shareOf: 'all' }))))!;
    assert.equal(shareOf, 'all');
    assert.ok(!('shareOf' in portableView(about, VIEW, { shareOf: 'view' })));
  });

  it('is none where anything in it is of another type', () => {
    const whole = portableView(about, VIEW);
    assert.ok(uncheckedView(whole));
    for (const wrong of [
      null,
      [],
      'view',
      { ...whole, value: 1 },
      { ...whole, value: { type: 'x' } },
      { ...whole, threads: 'all' },
      { ...whole, threads: [{ pid: 1, tid: 1.5, name: 'a' }] },
      { ...whole, threads: [null] },
      { ...whole, inlines: 1 },
      { ...whole, kernel: undefined },
      { ...whole, operations: { length: 1 } },
      { ...whole, places: 'main' },
      { ...whole, shareOf: 'main' },
    ]) {
      assert.equal(uncheckedView(wrong), undefined, JSON.stringify(wrong));
    }
  });

  it('takes along nothing but what a view has', () => {
    const given = JSON.parse(
      '{"__proto__":{"a":1},"b":2,"value":{"type":"x","unit":"count","c":3},"threads":null,"inlines":true,"kernel":true,"operations":[]}',
    );
    assert.deepEqual(uncheckedView(given), {
      value: { type: 'x', unit: 'count' },
      threads: null,
      inlines: true,
      kernel: true,
      operations: [],
    });
  });
});

function overviewOf(drawing: string) {
  return overview(new QueryModel(drawnProfile(drawing)));
}
