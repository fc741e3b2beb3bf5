import type { Finding } from './finding.ts';
import type { ToolEnd } from './recorder.ts';

/** How a program ended, where its profiler ends as it did: what isn't as it should be. */
export function programEnd({ exitCode, signal, strays }: ToolEnd, whoStops: string): Finding[] {
  return [
    ...(signal === null ? [] : [crashed(signal)]),
    ...(exitCode === null || exitCode === 0 ? [] : [failed(exitCode)]),
    ...(strays.length === 0 ? [] : [wentOn(strays, whoStops)]),
  ];
}

/** The finding where whoever watches over a recording was killed. */
export const WATCHDOG_DIED: Finding = {
  id: 'watchdog-died',
  level: 'stops',
  what: 'The recording was ended from outside.',
  why: 'The process that watches over it was killed, perhaps for want of memory.',
  fix: 'Record again.',
  fallback: 'What was written until then is kept.',
};

function crashed(signal: string): Finding {
  return {
    id: 'program-crashed',
    level: 'note',
    what: `The program was ended by ${signal}.`,
    why: '',
    fix: '',
    fallback: 'What it did until then is recorded.',
  };
}

function failed(code: number): Finding {
  return {
    id: 'program-failed',
    level: 'note',
    what: `The program ended with exit code ${code}.`,
    why: '',
    fix: '',
    fallback: '',
  };
}

function wentOn(strays: ToolEnd['strays'], whoStops: string): Finding {
  const names = strays.slice(0, 3).map(({ pid, name }) => `${name} (${pid})`);
  return {
    id: 'program-went-on',
    level: 'limits',
    what: `The program ended and left processes running, which were ended: ${names.join(', ')}${strays.length > 3 ? '…' : ''}.`,
    why: `${whoStops} stops recording when the program it started has ended, even if that went on in the background.`,
    fix: 'Start it so that it stays in the foreground, or start it yourself and attach to it.',
    fallback: '',
  };
}
