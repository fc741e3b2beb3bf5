import type { Feature } from '../host/host.ts';
import { compareFeature } from './compare/compare.ts';
import { filtersFeature } from './filters/filters.ts';
import { flameGraphFeature } from './flame-graph/flame-graph.ts';
import { followFileFeature } from './follow-file/follow-file.ts';
import { goToHottestFeature } from './go-to-hottest/go-to-hottest.ts';
import { hotSpotsFeature } from './hot-spots/hot-spots.ts';
import { lensesFeature } from './lenses/lenses.ts';
import { lineHeatFeature } from './line-heat/line-heat.ts';
import { lineHoverFeature } from './line-hover/line-hover.ts';
import { openProfileFeature } from './open-profile/open-profile.ts';
import { openSourceFeature } from './open-source/open-source.ts';
import { overTimeFeature } from './over-time/over-time.ts';
import { profileFeature } from './profile/profile.ts';
import { restoreFeature } from './restore/restore.ts';
import { runLensesFeature } from './run-lenses/run-lenses.ts';
import { runsViewFeature } from './runs-view/runs-view.ts';
import { speedscopeFeature } from './speedscope/speedscope.ts';
import { summaryFeature } from './summary/summary.ts';
import { tablesFeature } from './tables/tables.ts';
import { viewOptionsFeature } from './view-options/view-options.ts';
import { viewsFeature } from './views/views.ts';

/** Every feature, by its folder's name. */
export const FEATURES: Readonly<Record<string, Feature>> = {
  profile: profileFeature,
  'open-profile': openProfileFeature,
  'open-source': openSourceFeature,
  'go-to-hottest': goToHottestFeature,
  'line-heat': lineHeatFeature,
  'line-hover': lineHoverFeature,
  lenses: lensesFeature,
  'run-lenses': runLensesFeature,
  'flame-graph': flameGraphFeature,
  'over-time': overTimeFeature,
  tables: tablesFeature,
  compare: compareFeature,
  'runs-view': runsViewFeature,
  'hot-spots': hotSpotsFeature,
  'view-options': viewOptionsFeature,
  filters: filtersFeature,
  speedscope: speedscopeFeature,
  views: viewsFeature,
  summary: summaryFeature,
  'follow-file': followFileFeature,
  restore: restoreFeature,
};
