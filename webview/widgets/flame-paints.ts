import { hcl, interpolateLab, type RGBColor, rgb, type ScaleLinear, scaleLinear } from 'd3';
import { HUES, type Swatch } from '../../src/core/profile/flame-colours.ts';
import type { Theme } from '../lib/theme.ts';
import { pixel } from './pixel-rows.ts';

/** A fill and the colour of text on it, as CSS. */
export interface Paint {
  readonly fill: string;
  /** The fill as a pixel of an image. */
  readonly pixel: number;
  readonly text: string;
}

/** The colours of a picture. Lists are by position in the legend. */
export interface FlamePaints {
  /** Of code of the workspace. */
  readonly full: readonly Paint[];
  /** Of libraries, where there's code of the workspace beside them. */
  readonly muted: readonly Paint[];
  /** Of what a search didn't find. */
  readonly faded: readonly Paint[];
  readonly root: Paint;
  /** Pixels of aggregates: those that fill their place, those with gaps, those without a match. */
  readonly aggregate: number;
  readonly sparse: number;
  readonly fadedAggregate: number;
  /** Pixel of a frame's edge; `undefined` where frames have none. */
  readonly outline: number | undefined;
}

export function flamePaints(theme: Theme, legend: readonly Swatch[]): FlamePaints {
  const { background, foreground, contrastBorder } = theme;
  const fills = legend.map((swatch) => fill(theme, swatch));
  const mixed = (from: RGBColor, to: RGBColor, share: number) => rgb(interpolateLab(from, to)(share));
  const paint = (own: RGBColor, text = legible(theme, own)): Paint => ({
    fill: own.formatHex(),
    pixel: pixel(own.clamp()),
    text,
  });
  const ink = (share: number) => mixed(background, foreground, share);
  // High contrast leaves no room for half tones: there bold letters alone tell what is of the workspace.
  const muting = contrastBorder === undefined ? 0.5 : 0.2;
  return {
    full: fills.map((own) => paint(own)),
    // Heat and change say a figure: the same step is the same colour, whosever code it is.
    muted: fills.map((own, at) => paint(isFigure(legend[at]) ? own : mixed(own, background, muting))),
    faded: fills.map((own) => paint(mixed(own, background, 0.82), ink(0.7).formatHex())),
    root: paint(ink(0.16)),
    aggregate: pixel(ink(0.45)),
    sparse: pixel(ink(0.22)),
    fadedAggregate: pixel(ink(0.08)),
    outline: contrastBorder && pixel(mixed(background, contrastBorder, 0.6)),
  };
}

function isFigure({ colour }: Swatch): boolean {
  return colour === 'faint' || (typeof colour === 'object' && ('heat' in colour || 'change' in colour));
}

const DARKEST_HUE = Math.min(...HUES.map((hue) => hcl(hue).l));
const LIGHTEST_HUE = Math.max(...HUES.map((hue) => hcl(hue).l));

/**
 * Lightness that hues are brought to by their own, so that hues which differ in lightness still do. In high contrast the darker hues and the
 * lighter ones are apart: text can be read on either, and on what is between as little as colours could be told apart there.
 */
const LIGHTNESS: Readonly<Record<Theme['kind'], ScaleLinear<number, number>>> = {
  dark: scaleLinear([DARKEST_HUE, LIGHTEST_HUE], [32, 68]),
  'high-contrast': scaleLinear([DARKEST_HUE, 62, 68, LIGHTEST_HUE], [20, 44, 68, 90]),
  light: scaleLinear([DARKEST_HUE, LIGHTEST_HUE], [64, 93]),
  'high-contrast-light': scaleLinear([DARKEST_HUE, 62, 68, LIGHTEST_HUE], [58, 70, 84, 96]),
};
/** How much of its chroma a hue keeps. */
const CHROMA: Readonly<Record<Theme['kind'], number>> = {
  dark: 0.8,
  'high-contrast': 0.8,
  light: 0.75,
  'high-contrast-light': 0.85,
};

function fill(theme: Theme, { colour }: Swatch): RGBColor {
  const grey = (share: number) => rgb(interpolateLab(theme.background, theme.foreground)(share));
  if (colour === 'grey') return grey(0.3);
  if (colour === 'faint') return grey(0.08);
  if ('heat' in colour) return theme.heat[colour.heat - 1];
  if ('change' in colour) {
    const full = colour.change > 0 ? theme.rise : theme.fall;
    return rgb(interpolateLab(grey(UNCHANGED), full)(CHANGE_SHARES[Math.abs(colour.change)]));
  }
  const hue = hcl(HUES[colour.hue]);
  return rgb(hcl(hue.h, hue.c * CHROMA[theme.kind], LIGHTNESS[theme.kind](hue.l)));
}

/** How much ink what has not changed has, and how much of the full colour each step of change. */
const UNCHANGED = 0.22;
const CHANGE_SHARES = [0, 0.4, 0.7, 1] as const;

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
