import { NONE } from '../../../src/core/profile/profile.ts';
import type { StackChart } from '../../../src/core/profile/queries/stack-chart.ts';
import type { ThreadTracks, TimeSpan } from '../../../src/core/profile/queries/thread-tracks.ts';
import { formatAmount, formatCount, formatDuration, formatShare } from '../../../src/core/units.ts';
import { element } from '../../lib/dom.ts';
import { atText } from './time-words.ts';
import { trackName } from './track-list.ts';

export interface TableEvents {
  onThread(thread: number): void;
  onRange(span: TimeSpan): void;
  onOpen(box: number): void;
}

/** The pictures' twin: the threads with what they cost, and of the chosen thread the longest boxes that are in sight. */
export function timeTables(
  tracks: ThreadTracks,
  chart: StackChart | undefined,
  { chosen, window }: { chosen: number; window: TimeSpan },
  events: TableEvents,
): HTMLElement {
  const { unit, type } = tracks.value;
  const threads = tracks.tracks.map((track) => {
    const row = element(
      'tr',
      track.thread === chosen ? { 'aria-selected': 'true' } : {},
      element(
        'td',
        {},
        button(trackName(track), 'Show its stacks', () => events.onThread(track.thread)),
      ),
      ...[
        track.pid === NONE ? '' : String(track.pid),
        formatAmount(track.total, unit, type),
        formatShare(track.total / tracks.total),
        formatCount(track.samples),
      ].map((text) => element('td', { className: 'figure', text })),
    );
    return row;
  });
  const more =
    tracks.more.count > 0
      ? `, the costliest ${tracks.tracks.length} of ${tracks.tracks.length + tracks.more.count}`
      : '';
  const boxes = chart ? longestBoxes(chart, window) : [];
  const rows = boxes.map(({ box, row }) => {
    const func = chart!.function[box];
    const span = { fromNs: chart!.from[box], toNs: chart!.to[box] };
    return element(
      'tr',
      {},
      element(
        'td',
        {},
        button(chart!.functions.name[func], 'Open the source', () => events.onOpen(box)),
      ),
      element('td', { className: 'figure', text: String(row + 1) }),
      ...[
        atText(span.fromNs, window),
        atText(span.toNs, window),
        formatDuration(span.toNs - span.fromNs),
        formatCount(chart!.samples[box]),
      ].map((text) => element('td', { className: 'figure', text })),
      element(
        'td',
        {},
        button('Show this range', 'Show this range everywhere', () => events.onRange(span)),
      ),
    );
  });
  return element(
    'div',
    { className: 'tables', tabindex: '-1' },
    table(`Threads${more}`, ['Thread', 'Process', 'Cost', 'Share', 'Samples'], threads),
    table(
      `Longest boxes of the chosen thread, ${atText(window.fromNs, window)} to ${atText(window.toNs, window)}`,
      ['Function', 'Row', 'From', 'To', 'Duration', 'Samples', 'Range'],
      rows,
    ),
  );
}

/** The boxes that last longest of those in sight. */
export function longestBoxes(chart: StackChart, { fromNs, toNs }: TimeSpan): { box: number; row: number }[] {
  const boxes: { box: number; row: number }[] = [];
  for (let at = 0; at + 1 < chart.rowStart.length; at++) {
    for (let box = chart.rowStart[at]; box < chart.rowStart[at + 1]; box++) {
      if (chart.function[box] === NONE || chart.to[box] < fromNs || chart.from[box] > toNs) continue;
      boxes.push({ box, row: at + chart.firstRow });
    }
  }
  const length = (box: number) => chart.to[box] - chart.from[box];
  return boxes.sort((a, b) => length(b.box) - length(a.box) || a.row - b.row).slice(0, MOST);
}

const MOST = 100;

function table(caption: string, columns: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  return element(
    'table',
    {},
    element('caption', { text: caption }),
    element('thead', {}, element('tr', {}, ...columns.map((text) => element('th', { scope: 'col', text })))),
    element('tbody', {}, ...rows),
  );
}

function button(text: string, title: string, run: () => void): HTMLElement {
  const made = element('button', { type: 'button', className: 'link', text, title });
  made.addEventListener('click', run);
  return made;
}
