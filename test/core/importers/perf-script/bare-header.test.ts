import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isBareHead } from '../../../../src/core/importers/perf-script/bare-head.ts';
import { readBareHeader } from '../../../../src/core/importers/perf-script/bare-header.ts';
import { newHeaderLine } from '../../../../src/core/importers/perf-script/header-line.ts';

/** Name, process, thread, nanoseconds, period and place of a line. */
function columns(text: string): (string | number)[] {
  const bytes = new TextEncoder().encode(text);
  const header = newHeaderLine();
  readBareHeader(bytes, 0, bytes.length, header);
  const slice = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end));
  const { commStart, commEnd, pid, tid, timeNs, period, rest, end } = header;
  return [slice(commStart, commEnd), pid, tid, timeNs, period, slice(rest, end)];
}

const UNKNOWN = Number.NaN;
const HEADERS: readonly [string, (string | number)[]][] = [
  ['worker 1 ', ['worker 1', -1, -1, UNKNOWN, UNKNOWN, '']],
  ['worker 1 26852 ', ['worker 1', -1, 26852, UNKNOWN, UNKNOWN, '']],
  ['worker 1    52 ', ['worker 1', -1, 52, UNKNOWN, UNKNOWN, '']],
  ['25116/25122 ', ['', 25116, 25122, UNKNOWN, UNKNOWN, '']],
  [' 3501.131025: ', ['', -1, -1, 3501131025000, UNKNOWN, '']],
  ['x y  3501.131025:   10101010 ', ['x y', -1, -1, 3501131025000, 10101010, '']],
  ['x y 25121 [003]  3501.131025: ', ['x y', -1, 25121, 3501131025000, UNKNOWN, '']],
  ['w 1/2 [001] 26852 ', ['w 1/2 [001]', -1, 26852, UNKNOWN, UNKNOWN, '']],
  ['     x y      55d97e7a116e leaf', ['x y', -1, -1, UNKNOWN, UNKNOWN, '55d97e7a116e leaf']],
  [
    '  x y 26855  ffffffff81000010 do_it+0x4 ([kernel.kallsyms])',
    ['x y', -1, 26855, UNKNOWN, UNKNOWN, 'ffffffff81000010 do_it+0x4 ([kernel.kallsyms])'],
  ],
];

describe('the first line of a sample, where no event is printed,', () => {
  for (const [text, expected] of HEADERS) {
    it(`is read: ${JSON.stringify(text)}`, () => assert.deepEqual(columns(text), expected));
  }
});

describe('a text without events', () => {
  const PLACE = '\t            116e leaf';
  for (const text of [
    `\n${PLACE}\n\t            11bf run\n\n`,
    `worker 1 \n${PLACE}\n\n`,
    `# captured on: today\n#\n25116/25122 \n${PLACE} (/bin/spin)\n`,
    '     55d97e7a116e leaf\n     55d97e7a116e leaf\n',
    '             x y      55d97e7a116e leaf\n             a\nb      55d97e7a116e leaf\n',
    '             x y            401136 leaf (/bin/spin)\n',
  ]) {
    it(`is taken for one of perf script: ${JSON.stringify(text)}`, () => assert.ok(isBareHead(text)));
  }

  for (const [what, text] of [
    ['nm', '0000000000001139 T main\n0000000000001150 T work\n'],
    ['nm -S', '0000000000001139 0000000000000016 T main\n'],
    ['readelf -s', '     1: 0000000000000000     0 NOTYPE  LOCAL  DEFAULT  UND\n'],
    ['objdump -d', '0000000000001139 <main>:\n    1139:\t55                   \tpush   %rbp\n'],
    ['/proc/meminfo', 'Slab:             123456 kB\nKReclaimable:     123456 kB\n'],
    ['a makefile', 'all:\n\tcc -o a a.c\n'],
    ['folded stacks', 'main;work;leaf 12\nmain;work 3\n'],
    ['uniq -c', '     22 name\n      1 other\n'],
  ]) {
    it(`is not what ${what} is`, () => assert.ok(!isBareHead(text)));
  }
});
