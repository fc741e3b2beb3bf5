import { strToU8 } from 'fflate';
import { flameColours, HUES, type Swatch } from '../profile/flame-colours.ts';
import { flameLayout } from '../profile/flame-layout.ts';
import { preorder } from '../profile/preorder.ts';
import type { Profile } from '../profile/profile.ts';
import { flamePicture, MOST_PICTURE_ROWS, type SvgPaint } from './flame-picture.ts';
import { flameLosses, flameTreeOf } from './flame-tree-of.ts';
import type { WriteOptions, Writer } from './writer.ts';

/** A flame graph as a picture, the root on top, coloured by module, on white. */
export const flameSvg: Writer = {
  format: 'flame graph as SVG',
  extension: '.svg',
  losses(profile, options) {
    const losses = [...flameLosses(profile, options), 'Frames narrower than half a pixel are drawn together.'];
    if (isTooDeep(profile, options)) losses.push(`Rows of calls beyond the first ${MOST_PICTURE_ROWS} are left out.`);
    return losses;
  },
  write(profile, options = {}) {
    const tree = flameTreeOf(profile, options);
    const colours = flameColours(tree, 'module');
    const { type } = tree.value;
    const program = profile.origin.commandLine.join(' ') || profile.origin.format;
    const svg = flamePicture({
      tree,
      layout: flameLayout(tree),
      colours,
      paints: colours.legend.map(paint),
      background: '#ffffff',
      foreground: '#333333',
      whole: tree.total[0],
      window: { left: 0, right: 1 },
      isFlame: false,
      title: [...(program === '' ? [] : [program]), type, ...(options.looked ?? [])].join(' · '),
    });
    return strToU8(svg);
  },
};

/** Stacks that weigh nothing any more are no rows: to know what is drawn takes a layout, where any stack is so deep. */
function isTooDeep(profile: Profile, options?: WriteOptions): boolean {
  if (preorder(profile.stacks).height < MOST_PICTURE_ROWS) return false;
  return flameLayout(flameTreeOf(profile, options)).height > MOST_PICTURE_ROWS;
}

/** The hue, light enough for black letters. */
function paint({ colour }: Swatch): SvgPaint {
  const hue = typeof colour === 'object' && 'hue' in colour ? HUES[colour.hue] : '#999999';
  const light = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hue.slice(at, at + 2), 16);
    return Math.round(part + (255 - part) * WHITE_SHARE)
      .toString(16)
      .padStart(2, '0');
  });
  return { fill: `#${light.join('')}`, text: '#000000' };
}

const WHITE_SHARE = 0.5;
