import { hcl, interpolateLab, type RGBColor, rgb } from 'd3';
import { HUES, type Swatch } from '../../src/core/profile/flame-colours.ts';
import type { Theme } from '../lib/theme.ts';

/** A fill and the colour of text on it, as CSS. */
export interface Paint {
  readonly fill: string;
  readonly text: string;
}

/** How a frame is drawn beside its own colour: code of the workspace in full, of libraries muted, what a search didn't find faded. */
export const EMPHASES = ['full', 'muted', 'faded'] as const;
export type Emphasis = (typeof EMPHASES)[number];

/** By emphasis and position in a legend. */
export type FlamePaints = Readonly<Record<Emphasis, readonly Paint[]>> & {
  readonly root: Paint;
  readonly aggregate: string;
};

export function flamePaints(theme: Theme, legend: readonly Swatch[]): FlamePaints {
  const fills = legend.map((swatch) => fill(theme, swatch));
  const towards = (share: number) => (own: RGBColor) => rgb(interpolateLab(own, theme.background)(share));
  const painted = (colours: readonly RGBColor[]) =>
    colours.map((own) => ({ fill: own.formatHex(), text: legible(theme, own) }));
  const faded = fills.map(towards(0.82));
  const root = rgb(interpolateLab(theme.background, theme.foreground)(0.16));
  return {
    full: painted(fills),
    muted: painted(fills.map(towards(0.5))),
    faded: faded.map((own) => ({ fill: own.formatHex(), text: rgb(interpolateLab(theme.background, theme.foreground)(0.55)).formatHex() })),
    root: { fill: root.formatHex(), text: legible(theme, root) },
    aggregate: rgb(interpolateLab(theme.background, theme.foreground)(0.45)).formatHex(),
  };
}

/** Lightness that hues are brought to, in a range so that hues which differ in lightness still do. */
const LIGHTNESS: Readonly<Record<Theme['kind'], readonly [number, number]>> = {
  dark: [34, 56],
  'high-contrast': [26, 42],
  light: [70, 90],
  'high-contrast-light': [78, 94],
};

function fill(theme: Theme, { colour }: Swatch): RGBColor {
  if (colour === 'grey') return rgb(interpolateLab(theme.background, theme.foreground)(0.3));
  if ('heat' in colour) return theme.heat[colour.heat - 1];
  const hue = hcl(HUES[colour.hue]);
  const [low, high] = LIGHTNESS[theme.kind];
  const lightness = low + ((hue.l - DARKEST_HUE) / (LIGHTEST_HUE - DARKEST_HUE)) * (high - low);
  const chroma = hue.c * (theme.kind === 'light' || theme.kind === 'high-contrast-light' ? 0.75 : 0.8);
  return rgb(hcl(hue.h, chroma, lightness));
}

const DARKEST_HUE = Math.min(...HUES.map((hue) => hcl(hue).l));
const LIGHTEST_HUE = Math.max(...HUES.map((hue) => hcl(hue).l));

/** The theme's text colour where it can be read on this fill, else black or white, whichever can. */
function legible(theme: Theme, on: RGBColor): string {
  const candidates = [theme.foreground, rgb('#ffffff'), rgb('#000000')];
  const enough = candidates.find((text) => contrast(text, on) >= 5.5);
  const best = candidates.reduce((a, b) => (contrast(a, on) >= contrast(b, on) ? a : b));
  return (enough ?? best).formatHex();
}

/** Contrast ratio of WCAG 2.2: 1 to 21. */
export function contrast(a: RGBColor, b: RGBColor): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(of: RGBColor): number {
  const [r, g, b] = [of.r, of.g, of.b].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
