import type { Feature } from '../host/host.ts';
import { hotSpotsFeature } from './hot-spots/hot-spots.ts';
import { lineHeatFeature } from './line-heat/line-heat.ts';
import { lineHoverFeature } from './line-hover/line-hover.ts';
import { openProfileFeature } from './open-profile/open-profile.ts';
import { openSourceFeature } from './open-source/open-source.ts';

/** Every feature, by its folder's name. */
export const FEATURES: Readonly<Record<string, Feature>> = {
  'open-profile': openProfileFeature,
  'open-source': openSourceFeature,
  'line-heat': lineHeatFeature,
  'line-hover': lineHoverFeature,
  'hot-spots': hotSpotsFeature,
};
