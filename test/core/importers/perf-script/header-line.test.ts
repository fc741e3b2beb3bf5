import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newHeaderLine, readHeaderLine } from '../../../../src/core/importers/perf-script/header-line.ts';

interface Columns {
  comm?: string;
  pid?: number;
  tid?: number;
  timeNs?: number;
  period?: number;
  event?: string;
  rest?: string;
}

/** The columns of a line as texts and numbers; undefined where it isn't a header. */
function columns(text: string): Columns | undefined {
  const bytes = new TextEncoder().encode(text);
  const header = newHeaderLine();
  if (!readHeaderLine(bytes, 0, bytes.length, header)) return undefined;
  const slice = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end));
  return {
    comm: slice(header.commStart, header.commEnd),
    pid: header.pid,
    tid: header.tid,
    timeNs: header.timeNs,
    period: header.period,
    event: slice(header.eventStart, header.eventEnd),
    rest: slice(header.rest, header.end),
  };
}

const HEADERS: readonly [string, string, Columns][] = [
  [
    'the columns perf prints by default',
    'planted-c  9871   739.741840:    1001001 cpu-clock:ppp: ',
    { comm: 'planted-c', pid: -1, tid: 9871, timeNs: 739741840000, period: 1001001, event: 'cpu-clock:ppp', rest: '' },
  ],
  [
    'process, thread and processor',
    'dd 29776/29777 [011] 666709.771979:   10101010 cycles: ',
    { comm: 'dd', pid: 29776, tid: 29777, timeNs: 666709771979000, period: 10101010, event: 'cycles' },
  ],
  ['a time of nanoseconds', 'a  1   0.000000001:  1 cycles:', { timeNs: 1 }],
  ['a time of microseconds', 'a  1   12.5:  1 cycles:', { timeNs: 12_500_000_000 }],
  [
    'no time and no processor',
    'node-v011 31912 cpu-clock: ',
    { comm: 'node-v011', tid: 31912, period: Number.NaN, event: 'cpu-clock' },
  ],
  ['a processor and no time', 'a  7 [003] cycles:u:', { tid: 7, timeNs: Number.NaN, event: 'cycles:u' }],
  ['no period', 'noploop  8721 [001]  6.5: instructions: ', { event: 'instructions', period: Number.NaN }],
  ['no event', 'a  7 [003]  6.5: ', { event: '', rest: '' }],
  ['a period and no event', 'a  7 [003]  6.5:   1001 ', { event: '', period: 1001, rest: '' }],
  ['a name with blanks', 'Web Content 25122/25122 [007] 1.5: 1 task-clock:u:', { comm: 'Web Content', pid: 25122 }],
  ['a name with numbers', 'Chrome 5 7 1234/1235 [001] 12.3: 1 cycles:', { comm: 'Chrome 5 7', pid: 1234, tid: 1235 }],
  ['a name of numbers', '123 1234/1234 12.3: 1 cycles:', { comm: '123', tid: 1234 }],
  [
    'a name with a slash and a colon',
    'kworker/0:1-events   123 [000] 1.5: 1 cycles:',
    { comm: 'kworker/0:1-events', tid: 123 },
  ],
  [
    'a name that ends like a processor behind a thread',
    'w 1/2 [001] 25118  3501.294089:   10101010 cpu-clock: ',
    { comm: 'w 1/2 [001]', pid: -1, tid: 25118, timeNs: 3501294089000, period: 10101010, event: 'cpu-clock' },
  ],
  [
    'a name that looks like all columns',
    '5 7/8 1.5: 3 x: 25116/25120 [001]  3501.254468:   10101010 cpu-clock: ',
    { comm: '5 7/8 1.5: 3 x:', pid: 25116, tid: 25120, period: 10101010, event: 'cpu-clock', rest: '' },
  ],
  [
    'a name longer than one of Linux, and a payload that looks like columns',
    'a longer name than that 5 [001]  3501.254468: a:b: 7 [002] 1.5: 3 x:',
    { comm: 'a longer name than that', tid: 5, event: 'a:b', rest: '7 [002] 1.5: 3 x:' },
  ],
  ['a name in Cyrillic', 'поток 42 1.5: 1 cycles:', { comm: 'поток', tid: 42 }],
  ['a thread whose name is not known', ':-1    -1 [000] 1.5: 1 cycles:', { comm: ':-1', tid: -1 }],
  [
    'a name that is right-aligned',
    '           blend 12181  2967.058707:   10309278 cpu-clock:ppp: ',
    { comm: 'blend', tid: 12181 },
  ],
  [
    'tabs, as simpleperf has them',
    'Gecko\t25122 [007] 115539.936601:\t\t1000000 task-clock:u:',
    { comm: 'Gecko', tid: 25122, period: 1e6 },
  ],
  ['no name', ' 9871/9873   739.742873:    1001001 cpu-clock: ', { comm: '', pid: 9871, tid: 9873 }],
  ['no number', 'blend  2964.522675: cpu-clock:ppp: ', { comm: 'blend', tid: -1, event: 'cpu-clock:ppp' }],
  ['neither name nor number', '2964.522675:   20408163 cpu-clock:ppp: ', { comm: '', tid: -1, period: 20408163 }],
  ['the event alone', '     cpu-clock:ppp: ', { comm: '', tid: -1, event: 'cpu-clock:ppp' }],
  [
    'the column of modes',
    'a 1/1 [000] HK    12.3:   1 page-faults: ',
    { timeNs: 12_300_000_000, event: 'page-faults' },
  ],
  ['a second time', 'a 1/1 [000] 12.3: 0.5:   1 page-faults: ', { timeNs: 12_300_000_000, event: 'page-faults' }],
  [
    'an event with a slash and parameters',
    'a 1 1.5:  3 cpu/event=0x3c,umask=0x0/u: ',
    { event: 'cpu/event=0x3c,umask=0x0/u' },
  ],
  ['an event whose name has a blank', 'a 1 1.5:  3 raw 0x1a8:u: ', { period: 3, event: 'raw 0x1a8:u' }],
  [
    'a tracepoint with its payload',
    'sh 5 [001] 1.5: sched:sched_switch: prev_comm=sh prev_pid=5 ==> next_comm=a: b',
    { event: 'sched:sched_switch', rest: 'prev_comm=sh prev_pid=5 ==> next_comm=a: b' },
  ],
  [
    'a place without a call chain',
    '           false 39654 19115.489719:          1 cycles:      7fa68b1f2d84 _dl_start+0x4 (/usr/lib/ld-2.31.so)',
    { event: 'cycles', rest: '7fa68b1f2d84 _dl_start+0x4 (/usr/lib/ld-2.31.so)' },
  ],
  [
    'a record of another kind',
    'planted-c 13112/13112 [000] U  2997.14: PERF_RECORD_MMAP2 1/1: [0x55(0x1000) @ 0]: r-xp /bin/a',
    { event: '', rest: 'PERF_RECORD_MMAP2 1/1: [0x55(0x1000) @ 0]: r-xp /bin/a' },
  ],
];

const OTHERS = [
  '',
  '   ',
  'main;run;work 12',
  'planted-c 9871',
  'planted-c 9871 [001',
  'Error 404 not found',
  'THIS_IS_A_WEIRD_LINE',
  '12 34 56',
  '4005d0 main+0x1f (/bin/program)',
  'key: value',
];

describe('the first line of a sample', () => {
  for (const [what, text, expected] of HEADERS) {
    it(`is read with ${what}`, () => {
      const actual = columns(text);
      assert.ok(actual, 'it is a header');
      for (const key of Object.keys(expected) as (keyof Columns)[]) assert.equal(actual[key], expected[key], key);
    });
  }

  for (const text of OTHERS) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(columns(text), undefined);
    });
  }
});
