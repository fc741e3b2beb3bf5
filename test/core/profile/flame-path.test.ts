import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { flameLayout } from '../../../src/core/profile/flame-layout.ts';
import {
  boxAtPath,
  boxPath,
  boxWindow,
  pathNames,
  windowAbout,
  windowBox,
} from '../../../src/core/profile/flame-path.ts';
import { drawnFlameTree } from '../../support/drawn-flame-tree.ts';

describe('a place in a flame graph', () => {
  const tree = drawnFlameTree(`
    #w  6     2     2
        main  main  main
        run   run   stop
        a     b     .
  `);
  const layout = flameLayout(tree);
  const at = (...names: readonly string[]) => boxAtPath(tree, layout, names);

  it('is found again by the names on the way to it', () => {
    const b = at('main', 'run', 'b');
    assert.deepEqual(pathNames(tree, layout, b), ['main', 'run', 'b']);
    assert.deepEqual(boxPath(layout, b), [0, at('main'), at('main', 'run'), b]);
    assert.equal(at('main', 'gone', 'b'), at('main'), 'as far as the names lead');
    assert.equal(at(), 0);
  });

  it('is the inside of what covers the window, and of boxes of one width the outermost', () => {
    assert.equal(windowBox(layout, { left: 0, right: 1 }), 0, 'not main, which is as wide');
    assert.equal(windowBox(layout, boxWindow(layout, at('main', 'run'))), at('main', 'run'));
    assert.equal(windowBox(layout, { left: 0.1, right: 0.2 }), at('main', 'run', 'a'));
    assert.equal(windowBox(layout, { left: 0.5, right: 0.7 }), at('main', 'run'));
    assert.equal(windowBox(layout, { left: 0.7, right: 0.9 }), 0);
  });

  it('is shown with what stands beside it, within the picture', () => {
    for (const box of [at('main', 'stop'), at('main', 'run', 'a'), 0]) {
      const { left, right } = windowAbout(layout, box, 0.5);
      assert.ok(left >= 0 && right <= 1 + 1e-12);
      assert.ok(left <= layout.left[box] && right >= layout.right[box] - 1e-12);
    }
  });
});
