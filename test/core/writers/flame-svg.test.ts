import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { flameSvg } from '../../../src/core/writers/flame-svg.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';

const svgOf = (drawing: string) => new TextDecoder().decode(flameSvg.write(drawnProfile(drawing)));

describe('a flame graph as SVG', () => {
  it('is the picture that was looked at', () => {
    const svg = svgOf(`
      #w  500                       300       150      49.7  0.1  0.1  0.1
          main                      main      main     main  main main main
          pkg.Matrix<int>.mul      ~dot      k!read   d     e    f    g
          mul2                      .         .        .     .    .    .
    `);
    const golden = join(import.meta.dirname, 'flame-svg.golden.svg');
    if (process.env['UPDATE']) writeFileSync(golden, svg);
    assert.equal(svg, readFileSync(golden, 'utf8'));
  });

  it('holds names as text, whatever they are made of', () => {
    const svg = svgOf('a<script>&"b\u0001');
    assert.match(svg, /<title>a&lt;script&gt;&amp;&quot;b\uFFFD\n/);
    assert.doesNotMatch(svg, /<script/);
  });

  it('has as many rows as can be looked at, and says in it and beside it that there are more', () => {
    const builder = new ProfileBuilder();
    const frames = Array.from({ length: 30_000 }, (_, at) =>
      builder.frame({ function: builder.function({ name: `f${at}` }) }),
    );
    const add = (depth: number) =>
      builder.addWeight(
        builder.sample(builder.stackOf(frames.slice(0, depth)), NONE, 0),
        builder.value('samples', 'count'),
        1,
      );
    add(4999);
    const most = builder.finish();
    assert.doesNotMatch(new TextDecoder().decode(flameSvg.write(most)), /deeper/);
    assert.doesNotMatch(flameSvg.losses(most).join(), /Rows/);
    add(30_000);
    const deep = builder.finish();
    const svg = new TextDecoder().decode(flameSvg.write(deep));
    assert.equal(svg.match(/<rect/g)?.length, 5001, 'the background and a frame a row');
    assert.match(svg, /… and deeper calls: 5000 rows are drawn/);
    assert.match(flameSvg.losses(deep).join(), /Rows of calls beyond the first 5000 are left out/);
  });

  it('says that what costs less than nothing has no width', () => {
    const profile = drawnProfile(`
      #w  3     -2
      main  main
      a     freed
    `);
    assert.match(flameSvg.losses(profile).join(), /Costs below zero have no width/);
    assert.doesNotMatch(flameSvg.losses(drawnProfile('a')).join(), /below zero/);
  });

  it('says what it leaves out', () => {
    const profile = drawnProfile(`
      #t  one   two
          main  main
    `);
    assert.deepEqual(flameSvg.losses(profile), [
      'Threads are added up.',
      'Times are left out.',
      'Frames narrower than half a pixel are drawn together.',
    ]);
  });
});
