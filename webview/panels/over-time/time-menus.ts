import { NONE } from '../../../src/core/profile/profile.ts';
import type { StackChart } from '../../../src/core/profile/queries/stack-chart.ts';
import type { ThreadTrack, TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import type { OverTimeContract } from '../../../src/protocol/over-time.ts';
import { noSourceOf } from '../../widgets/box-source.ts';
import { openMenu } from '../../widgets/menu.ts';
import { trackName } from './track-list.ts';

/** What menus can do. */
export interface MenuActions {
  say<N extends keyof OverTimeContract['requests']>(name: N, ask: OverTimeContract['requests'][N]['ask']): void;
  /** Tells a person why something can't be done. */
  notice(text: string): void;
  apply(span: TimeSpan): void;
  zoomTo(span: TimeSpan): void;
  choose(thread: number): void;
  readonly areAllShown: boolean;
}

/** A place of the window. */
export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Opens the source of a box's function. */
export function openSource(chart: StackChart, box: number, { say, notice }: MenuActions): void {
  const func = chart.function[box];
  if (func === NONE) return;
  const { file, startLine, name } = chart.functions;
  if (file[func] === '') notice(noSourceOf(name[func]));
  else say('open', { file: file[func], line: startLine[func] || chart.line[box] });
}

/** What can be done with a box. */
export function boxMenu(chart: StackChart, box: number, { x, y }: Corner, actions: MenuActions): void {
  const { functions } = chart;
  const func = chart.function[box];
  const isDisabled = func === NONE;
  const span = { fromNs: chart.from[box], toNs: chart.to[box] };
  const name = isDisabled ? 'Several calls' : functions.fullName[func];
  const hasSource = !isDisabled && functions.file[func] !== '';
  const items = [
    { label: 'Open Source', isDisabled: !hasSource, run: () => openSource(chart, box, actions) },
    {
      label: 'Show in Flame Graph',
      isDisabled,
      run: () => actions.say('flameGraph', { function: functions.name[func] }),
    },
    { label: 'Show This Range Everywhere', isDisabled: span.toNs <= span.fromNs, run: () => actions.apply(span) },
    { label: 'Zoom to This', run: () => actions.zoomTo(span) },
    { label: 'Copy Name', isDisabled, run: () => actions.say('copy', name) },
  ];
  openMenu(name, items, x, y);
}

/** What can be done with a thread. */
export function trackMenu(track: ThreadTrack, { x, y }: Corner, actions: MenuActions): void {
  const name = trackName(track);
  const look = (threads: readonly number[] | null) => () => actions.say('look', { threads });
  const items = [
    { label: 'Show Its Stacks', run: () => actions.choose(track.thread) },
    { label: 'Show Only This Thread Everywhere', isDisabled: track.thread === NONE, run: look([track.thread]) },
    { label: 'Show All Threads Everywhere', isDisabled: actions.areAllShown, run: look(null) },
    { label: 'Copy Name', run: () => actions.say('copy', name) },
  ];
  openMenu(name, items, x, y);
}
