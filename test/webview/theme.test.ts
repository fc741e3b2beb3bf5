import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type RGBColor, rgb } from 'd3';
import { HUES, type Swatch } from '../../src/core/profile/flame-colours.ts';
import type { HeatStep } from '../../src/core/profile/heat-step.ts';
import { CHANGE, HEAT, type Theme } from '../../webview/lib/theme.ts';
import { contrast, flamePaints } from '../../webview/widgets/flame-paints.ts';
import { REPOSITORY } from '../support/bench/repository.ts';

const GROUNDS: Readonly<Record<Theme['kind'], readonly [background: string, foreground: string]>> = {
  dark: ['#1f1f1f', '#cccccc'],
  light: ['#ffffff', '#3b3b3b'],
  'high-contrast': ['#000000', '#ffffff'],
  'high-contrast-light': ['#ffffff', '#292929'],
};

function theme(kind: Theme['kind']): Theme {
  const [background, foreground] = GROUNDS[kind].map((colour) => rgb(colour));
  const contrastBorder = kind.startsWith('high') ? rgb('#6fc3df') : undefined;
  return {
    kind,
    background,
    foreground,
    focus: foreground,
    contrastBorder,
    heat: HEAT[kind].map((step) => rgb(step)),
    rise: rgb(CHANGE[kind].rise),
    fall: rgb(CHANGE[kind].fall),
    codeFont: 'monospace',
  };
}

const STEPS = [-3, -2, -1, 0, 1, 2, 3] as const;

const LEGEND: readonly Swatch[] = [
  ...HUES.map((label, hue) => ({ label, colour: { hue } })),
  ...[1, 2, 3, 4, 5].map((heat) => ({ label: `${heat}`, colour: { heat: heat as HeatStep } })),
  ...STEPS.map((change) => ({ label: `${change}`, colour: { change } })),
  { label: 'grey', colour: 'grey' },
  { label: 'faint', colour: 'faint' },
];

/** How a colour looks to someone without red, without green, or without blue receptors: G. M. Machado and others, 2009, severity 1. */
const DEFICIENCIES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen({ r, g, b }: RGBColor, matrix: readonly (readonly number[])[]): RGBColor {
  const linear = [r, g, b].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [red, green, blue] = matrix.map((row) => {
    const share = row.reduce((sum, factor, at) => sum + factor * linear[at], 0);
    const inside = Math.min(1, Math.max(0, share));
    return 255 * (inside <= 0.0031308 ? inside * 12.92 : 1.055 * inside ** (1 / 2.4) - 0.055);
  });
  return rgb(red, green, blue);
}

describe('the colours of a flame graph', () => {
  for (const kind of Object.keys(GROUNDS) as Theme['kind'][]) {
    it(`leave text legible in a ${kind} theme`, () => {
      const paints = flamePaints(theme(kind), LEGEND);
      for (const { fill, text } of [...paints.full, ...paints.muted, paints.root]) {
        const ratio = contrast(rgb(fill), rgb(text));
        assert.ok(ratio >= 4.5, `${text} on ${fill}: ${ratio.toFixed(2)}`);
      }
      for (const { fill, text } of paints.faded) assert.ok(contrast(rgb(fill), rgb(text)) >= 3, `${text} on ${fill}`);
    });

    it(`say heat by lightness, which everybody sees, in a ${kind} theme`, () => {
      const { heat, background } = theme(kind);
      const ratios = heat.map((step) => contrast(step, background));
      for (let step = 1; step < ratios.length; step++) assert.ok(ratios[step] > ratios[step - 1], ratios.join(' '));
    });
  }

  it('are those of package.json for heat and for change', () => {
    const { contributes } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    const keys = {
      dark: 'dark',
      light: 'light',
      highContrast: 'high-contrast',
      highContrastLight: 'high-contrast-light',
    } as const;
    for (const [key, kind] of Object.entries(keys)) {
      const colours = contributes.colors.filter(({ id }: { id: string }) => /^perfwright\.heat\d$/.test(id));
      assert.deepEqual(
        colours.map(({ defaults }: { defaults: Record<string, string> }) => defaults[key]),
        HEAT[kind],
      );
      for (const way of ['rise', 'fall'] as const) {
        const { defaults } = contributes.colors.find(({ id }: { id: string }) => id === `perfwright.${way}`);
        assert.equal(defaults[key], CHANGE[kind][way]);
      }
    }
  });

  for (const [deficiency, matrix] of Object.entries(DEFICIENCIES)) {
    it(`differ for someone with ${deficiency} receptors`, () => {
      for (const kind of Object.keys(GROUNDS) as Theme['kind'][]) {
        const fills = flamePaints(theme(kind), LEGEND)
          .full.slice(0, HUES.length)
          .map(({ fill }) => seen(rgb(fill), matrix));
        for (let a = 0; a < fills.length; a++) {
          for (let b = 0; b < a; b++) {
            const distance = Math.hypot(fills[a].r - fills[b].r, fills[a].g - fills[b].g, fills[a].b - fills[b].b);
            assert.ok(distance > 20, `${kind}: ${HUES[a]} and ${HUES[b]} are ${distance.toFixed(0)} apart`);
          }
        }
      }
    });

    it(`say a rise, a fall and how much of it to someone with ${deficiency} receptors`, () => {
      for (const kind of Object.keys(GROUNDS) as Theme['kind'][]) {
        const { full } = flamePaints(
          theme(kind),
          STEPS.map((change) => ({ label: `${change}`, colour: { change } })),
        );
        const fills = full.map(({ fill }) => seen(rgb(fill), matrix));
        for (let a = 0; a < fills.length; a++) {
          for (let b = 0; b < a; b++) {
            const distance = Math.hypot(fills[a].r - fills[b].r, fills[a].g - fills[b].g, fills[a].b - fills[b].b);
            assert.ok(distance > 20, `${kind}: ${STEPS[a]} and ${STEPS[b]} are ${distance.toFixed(0)} apart`);
          }
        }
      }
    });
  }
});
