import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { FRAME_KINDS, NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { stackFacts } from '../../support/stack-facts.ts';

function read(text: string): Profile {
  return importProfile(bytesInMemory(Buffer.from(text)));
}

/** Kind, file, module, name and line of the frames, as far as they are known. */
function frameTexts({ frames, functions, modules, strings }: Profile): string[] {
  return Array.from(frames.function, (func, frame) =>
    [
      FRAME_KINDS[frames.kind[frame]],
      frames.inlined[frame] ? 'inlined' : '',
      strings[functions.file[func]],
      frames.module[frame] === NONE ? '' : strings[modules.path[frames.module[frame]]],
      strings[functions.name[func]],
      frames.line[frame] || '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
}

function threadTexts({ threads, strings }: Profile): string[] {
  return Array.from(threads.name, (name, row) => `${threads.pid[row]}/${threads.tid[row]} ${strings[name]}`);
}

describe('collapsed stacks of async-profiler', () => {
  it('are told from those of Go, whose packages have slashes too', () => {
    const go = 'runtime.main;net/http.serve;crypto/sha512.Sum512;internal/poll.runtime_pollWait 3\n';
    assert.equal(read(go).origin.format, 'folded');
    assert.equal(read('sun/nio/ch/Net.poll;read 3\n').origin.format, 'async-profiler collapsed');
  });

  it('have kinds, lines, libraries, classes and threads', () => {
    const profile = read(
      '[main tid=12];java/lang/Thread.run_[0];java/util/HashMap.put:570_[j];java/util/HashMap.hash_[i] 5\n' +
        '[tid=13];thread_native_entry(Thread*);libc.so.6`read;sys_read_[k];java/lang/A.b_[1] 7\n' +
        'java/lang/Thread.run_[0];java.lang.String_[i] 3\njava/lang/Thread.run_[0];byte[]_[k] 4\n',
    );
    assert.equal(profile.origin.format, 'async-profiler collapsed');
    assert.deepEqual(frameTexts(profile), [
      'interpreted java/lang/Thread.run',
      'jit java/util/HashMap.put 570',
      'jit inlined java/util/HashMap.hash',
      'native thread_native_entry',
      'native libc.so.6 read',
      'kernel sys_read',
      'jit java/lang/A.b',
      'jit java.lang.String',
      'jit byte[]',
    ]);
    assert.deepEqual(threadTexts(profile), ['-1/12 main', '-1/13 ']);
    assert.deepEqual([...profile.samples.thread], [0, 1, NONE, NONE]);
    const compiled = read('java/lang/Thread.run;copy.part.0;copy.cold;copy.isra.0_[k];Planted.run 1\n');
    assert.deepEqual(
      frameTexts(compiled).map((text) => text.split(' ')[0]),
      ['jit', 'native', 'native', 'kernel', 'jit'],
    );
  });

  it('of recordings weigh what their lines add up to, in all and by thread', () => {
    for (const name of ['threads-annotated.txt', 'allocations.txt', 'libraries-signatures.txt']) {
      const text = readFileSync(new URL(`../../fixtures/async-profiler-collapsed/${name}`, import.meta.url), 'utf8');
      const { samples, threads, origin } = read(text);
      assert.equal(origin.format, 'async-profiler collapsed');
      const expected = new Map<number, number>();
      for (const [, tid = '-1', count] of text.matchAll(/^(?:\[[^\]]*tid=(\d+)\])?.* (\d+)$/gm))
        expected.set(Number(tid), (expected.get(Number(tid)) ?? 0) + Number(count));
      const found = new Map<number, number>();
      for (let sample = 0; sample < samples.length; sample++) {
        const tid = samples.thread[sample] === NONE ? NONE : threads.tid[samples.thread[sample]];
        found.set(tid, (found.get(tid) ?? 0) + samples.weights[0][sample]);
      }
      assert.deepEqual([...found].sort(), [...expected].sort());
    }
  });
});

describe('raw stacks of py-spy', () => {
  it('have functions, files, lines, libraries, and the threads that are named', () => {
    const profile = read(
      'process 5:"python -c \\"a;b\\"";thread (7): worker; one;main (a.py:12);0x7f (libc.so.6);<module> (<string>:1) 3\n' +
        'thread (0x7F12345678);f (a b.py);g (m.c:4);h 4\n',
    );
    assert.equal(profile.origin.format, 'py-spy raw');
    assert.deepEqual(frameTexts(profile), [
      'interpreted a.py main 12',
      'native  libc.so.6 ',
      'interpreted <string> <module> 1',
      'interpreted a b.py f',
      'native m.c g 4',
      'native h',
    ]);
    assert.deepEqual(threadTexts(profile), ['5/7 worker; one', '-1/-1 (0x7F12345678)']);
  });

  it('of a recording weigh what its lines add up to', () => {
    for (const name of ['lines.txt', 'files.txt', 'processes-threads-native.txt']) {
      const text = readFileSync(new URL(`../../fixtures/py-spy-raw/${name}`, import.meta.url), 'utf8');
      const profile = read(text);
      const counts = text
        .trimEnd()
        .split('\n')
        .map((line) => Number(/ (\d+)$/.exec(line)![1]));
      // Stacks that differ in addresses without a name only, which are others in each run, are one.
      const stacks = text
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/ \d+$/, '').replaceAll(/0x[0-9a-f]+ \(/g, '('));
      assert.equal(profile.samples.length, new Set(stacks).size);
      assert.equal(
        stackFacts(profile).total,
        counts.reduce((a, b) => a + b, 0),
      );
      const inSquares = text.split('\n').filter((line) => /squares \([^;]*\) \d+$/.test(line));
      assert.equal(
        stackFacts(profile).self.get('squares'),
        inSquares.reduce((sum, line) => sum + Number(/ (\d+)$/.exec(line)![1]), 0),
      );
    }
  });
});

describe('folded stacks', () => {
  it('are of a dialect only where only that is written so', () => {
    const format = (text: string) => importerFor(bytesInMemory(Buffer.from(text)))?.format;
    assert.equal(format('java;start_thread;java/lang/Thread:::run_[j] 5\n'), 'folded');
    assert.equal(format('main;f (int);g(char) 5\n'), 'folded');
    assert.equal(format('main;a.b.c 5\n'), 'folded');
    assert.equal(format('a 1\nb 2\n'), undefined);
    assert.equal(format('key;value\n1;2\n3;4\n'), undefined);
  });
});

describe('lines without a semicolon or a quote', () => {
  const MANY: Readonly<Record<string, readonly [first: string, line: string]>> = {
    'py-spy raw': ['f (a.py:3);g (a.py:4) 1\n', 'process 5:x f (a.py:3) 1\n'],
    'async-profiler collapsed': ['[x tid=5];a/b/C.m_[j] 1\n', '[y 1\n'],
    folded: ['', 'a 1\n'],
  };
  for (const [format, [first, line]] of Object.entries(MANY)) {
    // Each looked for up to the end of what is read at once: that grows with the square of their number.
    it(`are looked at a few times, not once for each line before: ${format}`, () => {
      const text = first + line.repeat(200_000 / line.length);
      // By its content alone a list of words is no profile.
      const source = bytesInMemory(Buffer.from(text), 'a.folded');
      const looked = bytesLookedThrough(() => assert.equal(importProfile(source).origin.format, format));
      assert.ok(looked < 20 * text.length, `${looked / text.length} times`);
    });
  }
});

/** How many bytes `indexOf` goes over. */
function bytesLookedThrough(run: () => void): number {
  const { indexOf } = Uint8Array.prototype;
  let bytes = 0;
  Uint8Array.prototype.indexOf = function (this: Uint8Array, byte, from = 0) {
    const found = indexOf.call(this, byte, from);
    bytes += (found === -1 ? this.length : found) - from;
    return found;
  };
  try {
    run();
  } finally {
    Uint8Array.prototype.indexOf = indexOf;
  }
  return bytes;
}
