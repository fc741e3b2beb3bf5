import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
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
