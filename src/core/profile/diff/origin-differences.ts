import { formatDuration } from '../../units.ts';
import type { Origin, Quality } from '../profile.ts';
import type { Overview } from '../queries/overview.ts';

/** What two recordings say of themselves in which they differ, as sentences; what isn't known of both is left out. */
export function originDifferences(before: Overview, after: Overview): string[] {
  return FACTS.flatMap(([what, factOf]) => {
    const [was, is] = [factOf(before), factOf(after)];
    return was === '' || is === '' || was === is ? [] : [`${what}: ${shown(was)} before, ${shown(is)} after.`];
  });
}

const FACTS: readonly (readonly [string, (overview: Overview) => string])[] = [
  ['Event', ({ values, defaultView }) => values[defaultView.value]?.type ?? ''],
  ['Recorded by', ({ origin }) => (origin.producer || origin.format).split(' ')[0]],
  ['Rate asked for', ({ quality }) => rate(quality)],
  ['Period', ({ origin }) => period(origin)],
  ['Command', ({ origin }) => command(origin)],
  ['Machine', ({ origin }) => origin.hostname],
  ['Architecture', ({ origin }) => origin.architecture],
  ['Kernel', ({ origin }) => origin.kernelRelease],
];

/** What was run, without the recorder and its options where both are told. */
function command({ commandLine }: Origin): string {
  return commandLine.slice(commandLine.indexOf('--') + 1).join(' ');
}

/** Cut in the middle where it is long: commands begin alike, and differ at the end. */
function shown(fact: string): string {
  return fact.length <= LONGEST ? fact : `${fact.slice(0, LONGEST / 2)}…${fact.slice(-LONGEST / 2)}`;
}

function rate({ requestedHz }: Quality): string {
  return requestedHz > 0 ? `${requestedHz} Hz` : '';
}

function period({ period: own }: Origin): string {
  if (!own) return '';
  return own.unit === 'nanoseconds' ? `${own.type} ${formatDuration(own.amount)}` : `${own.amount} ${own.type}`;
}

const LONGEST = 120;
