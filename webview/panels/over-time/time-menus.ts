import { NONE } from '../../../src/core/profile/profile.ts';
import type { StackChart } from '../../../src/core/profile/queries/stack-chart.ts';
import type { ThreadTrack, TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import { openMenu } from '../../widgets/menu.ts';
import { trackName } from './track-list.ts';

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** What can be done with a box. */
export function boxMenu(
  { function: func, functions, from, to }: StackChart,
  box: number,
  { x, y }: Corner,
  run: {
    openSource(): void;
    showInFlameGraph(name: string): void;
    apply(span: TimeSpan): void;
    zoomTo(span: TimeSpan): void;
    copy(text: string): void;
  },
): void {
  const own = func[box];
  const isDisabled = own === NONE;
  const span = { fromNs: from[box], toNs: to[box] };
  const name = isDisabled ? 'Several calls' : functions.fullName[own];
  const hasSource = !isDisabled && functions.file[own] !== '';
  const items = [
    { label: 'Open Source', isDisabled: !hasSource, run: () => run.openSource() },
    { label: 'Show in Flame Graph', isDisabled, run: () => run.showInFlameGraph(functions.name[own]) },
    { label: 'Show This Range Everywhere', isDisabled: span.toNs <= span.fromNs, run: () => run.apply(span) },
    { label: 'Zoom to This', run: () => run.zoomTo(span) },
    { label: 'Copy Name', isDisabled, run: () => run.copy(name) },
  ];
  openMenu(name, items, x, y);
}

/** What can be done with a thread. */
export function trackMenu(
  track: ThreadTrack,
  { x, y }: Corner,
  run: {
    readonly areAllShown: boolean;
    choose(): void;
    look(threads: readonly number[] | null): void;
    copy(text: string): void;
  },
): void {
  const name = trackName(track);
  const isNone = track.thread === NONE;
  const items = [
    { label: 'Show Its Stacks', run: () => run.choose() },
    { label: 'Show Only This Thread Everywhere', isDisabled: isNone, run: () => run.look([track.thread]) },
    { label: 'Show All Threads Everywhere', isDisabled: run.areAllShown, run: () => run.look(null) },
    { label: 'Copy Name', run: () => run.copy(name) },
  ];
  openMenu(name, items, x, y);
}
