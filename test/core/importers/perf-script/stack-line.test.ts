import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readHeaderPlace, readStackLine } from '../../../../src/core/importers/perf-script/stack-line.ts';

type Place = [address: bigint, symbol: string, module: string, inlined?: boolean];

const PLACES: readonly [string, Place | undefined][] = [
  ['401b97 main+0x1f (/bin/program)', [0x401b97n, 'main', '/bin/program']],
  ['643 _Z4betav (/workdir/simple)', [0x643n, '_Z4betav', '/workdir/simple']],
  [
    'ffffffff8158c3e1 next_uptodate_folio+0xc1 ([kernel.kallsyms])',
    [0xffffffff8158c3e1n, 'next_uptodate_folio', '[kernel.kallsyms]'],
  ],
  ['0 [unknown] ([unknown])', [0n, '', '']],
  ['7fff [unknown] ([vdso])', [0x7fffn, '', '[vdso]']],
  ['7fff [0x7fff] (/lib/a.so)', [0x7fffn, '', '/lib/a.so']],
  ['1c55 operator()+0x15 (inlined)', [0x1c55n, 'operator()', '', true]],
  ['1c55 operator()+0x15', [0x1c55n, 'operator()', '']],
  ['1c55 foo::operator() (/bin/x)', [0x1c55n, 'foo::operator()', '/bin/x']],
  ['1 f(int, char) const (/bin/x)', [1n, 'f(int, char) const', '/bin/x']],
  ['1 (anonymous namespace)::f (/bin/x)', [1n, '(anonymous namespace)::f', '/bin/x']],
  ['2 jitted (/memfd:doublemapper (deleted))', [2n, 'jitted', '/memfd:doublemapper (deleted)']],
  ['2 f (/opt/My Programs (x86)/a b)', [2n, 'f', '/opt/My Programs (x86)/a b']],
  ['2 f (/opt/odd(1/a)', [2n, 'f', '/opt/odd(1/a']],
  ['2 f+0x3 (/lib/libc.so.6+0x2724a)', [2n, 'f', '/lib/libc.so.6']],
  [
    '13a80b608e0a RegExp:[&<>\\"\\\'] (/tmp/perf-7539.map)',
    [0x13a80b608e0an, 'RegExp:[&<>\\"\\\']', '/tmp/perf-7539.map'],
  ],
  [
    'c6d LazyCompile:~body_0 evalmachine.<anonymous>:1 (/tmp/perf-1.map)',
    [0xc6dn, 'LazyCompile:~body_0 evalmachine.<anonymous>:1', '/tmp/perf-1.map'],
  ],
  ['b3cea6c4\tLock::unlock() (/system/lib/libc.so)', [0xb3cea6c4n, 'Lock::unlock()', '/system/lib/libc.so']],
  ['add add (/bin/x)', [0xaddn, 'add', '/bin/x']],
  ['1299', [0x1299n, '', '']],
  ['1299 (/bin/x)', [0x1299n, '', '/bin/x']],
  ['7ffe (/libjvm.so) (/libjvm.so)', [0x7ffen, '(/libjvm.so)', '/libjvm.so']],
  ['12345678901234567 main (/bin/x)', undefined],
  ['THIS_IS_A_WEIRD_LINE', undefined],
  ['0x401/0x402/P/-/-/0', undefined],
  ['ABI:2    AX:0x0', undefined],
  ['401136 insn: 55 48', undefined],
  ['401b97 main+0x1f (/bin/prog', undefined],
  ['', undefined],
];

const HEADER_PLACES: readonly [string, Place | undefined][] = [
  ['7fa68b1f2d84 _dl_start+0x4 (/usr/lib/ld-2.31.so)', [0x7fa68b1f2d84n, '_dl_start', '/usr/lib/ld-2.31.so']],
  ['401136 main+0x6', [0x401136n, 'main', '']],
  ['7ffd12340000 401136 add (/bin/x)', [0x401136n, 'add', '/bin/x']],
  ['7ffd12340000 401136 main+0x6 (/bin/x)', [0x401136n, 'main', '/bin/x']],
  ['68100142 |OP LOAD|LVL L1 hit|SNP None| 12 401234 main (/bin/x)', [0x401234n, 'main', '/bin/x']],
  ['401136 (/bin/x)', [0x401136n, '', '/bin/x']],
  [
    '7fa8 [unknown] ([stack]) ffffffff81b75d98 _copy_to_user+0x28 ([kernel.kallsyms])',
    [0xffffffff81b75d98n, '_copy_to_user', '[kernel.kallsyms]'],
  ],
  ['7fa8 a.2+0x0 (/memfd:x (deleted))           401136 f+0x6 (/bin/x)', [0x401136n, 'f', '/bin/x']],
  [
    'NR 9 (0, 2000, 3, ff, 0) ffffffff81417d70 do_it ([kernel.kallsyms])',
    [0xffffffff81417d70n, 'do_it', '[kernel.kallsyms]'],
  ],
  ['comm=a b           401136 operator new (/bin/x)', [0x401136n, 'operator new', '/bin/x']],
  ['0 401136 main+0x6 (/bin/x)               0 N/A 2M', [0x401136n, 'main', '/bin/x']],
  ['401136 main+0x6 (/bin/x)     1f3a0 4K 4K', [0x401136n, 'main', '/bin/x']],
  ['401136 main+0x6 (/bin/x)  0x40/0x50(/bin/x)/P/-/-/0  f+0x1/g+0x2/M/-/-/3', [0x401136n, 'main', '/bin/x']],
  ['401136 main+0x6 (/bin/x)  ABI:2    SP:0x7ff    R10:0x0', [0x401136n, 'main', '/bin/x']],
  ['action=1 (/bin/x) name=y', undefined],
  ['prev_comm=sh prev_pid=5 (x)', undefined],
  ['vec=1 [action=TIMER]', undefined],
  ['(ffffffff81234)', undefined],
  ['1234 read', undefined],
];

function check(read: typeof readStackLine, text: string, expected: Place | undefined): void {
  const actual = read(text);
  if (expected === undefined) {
    assert.equal(actual, undefined);
  } else {
    const [address, symbol, module, inlined = false] = expected;
    assert.ok(actual, 'it is a place');
    assert.deepEqual(
      [actual.address, actual.symbol, actual.module, actual.inlined],
      [address, symbol, module, inlined],
    );
  }
}

describe('a line of a call chain', () => {
  for (const [text, expected] of PLACES) {
    it(`${expected ? 'is' : 'is not'} ${JSON.stringify(text)}`, () => check(readStackLine, text, expected));
  }
});

describe('a place on the first line of a sample', () => {
  for (const [text, expected] of HEADER_PLACES) {
    it(`${expected ? 'is' : 'is not'} ${JSON.stringify(text)}`, () => check(readHeaderPlace, text, expected));
  }
});
