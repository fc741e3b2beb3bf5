import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { folded } from '../../../src/core/importers/folded.ts';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { FRAME_KINDS, NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';
import { foldedStacks } from '../../../src/core/writers/folded.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { functionName, stackFacts } from '../../support/stack-facts.ts';

function read(text: string): Profile {
  const profile = folded.read(bytesInMemory(Buffer.from(text)), { progress() {} });
  assert.deepEqual(invalidities(profile), []);
  return profile;
}

/** The stacks as text with their weights, in order of the file. */
function stacksOf(text: string, value = 0): string[] {
  const profile = read(text);
  const { samples, stacks } = profile;
  return Array.from(samples.stack, (innermost, sample) => {
    const names: string[] = [];
    for (let stack = innermost; stack !== NONE; stack = stacks.parent[stack])
      names.push(functionName(profile, stacks.frame[stack]));
    return `${names.reverse().join(';')} ${samples.weights[value][sample]}`;
  });
}

describe('folded stacks, as they are read', () => {
  it('are what the same lines, split at their semicolons, say', () => {
    const random = seededRandom(7);
    const lines: string[] = [];
    const expected = new Map<string, number>();
    for (let line = 0; line < 3000; line++) {
      const depth = 1 + Math.floor(random() * 12);
      const stack = Array.from(
        { length: depth },
        () => ['a', 'ab', 'abc', 'b c', 'ünï', '_[k'][Math.floor(random() * 6)],
      );
      const count = Math.floor(random() * 100);
      lines.push(`${stack.join(';')} ${count}`);
      expected.set(stack.join(';'), (expected.get(stack.join(';')) ?? 0) + count);
    }
    for (const text of [lines, lines.sort()]) {
      assert.deepEqual(
        stacksOf(`${text.join('\n')}\n`).sort(),
        [...expected].map(([stack, count]) => `${stack} ${count}`).sort(),
      );
    }
  });

  it('may be cut into pieces anywhere', () => {
    const text = Buffer.from('main;wörk;sum 3\nmain;wörk 4\nmain;idle 5\n');
    const whole = read(text.toString());
    for (let size = 1; size < 20; size++) {
      const source = {
        ...bytesInMemory(text),
        read: (into: Uint8Array, offset: number) => {
          const part = text.subarray(offset, offset + Math.min(size, into.length));
          into.set(part);
          return part.length;
        },
      };
      assert.deepEqual(folded.read(source, { progress() {} }), whole);
    }
  });

  it('may end in CR alone', () => {
    const { samples } = importProfile(bytesInMemory(Buffer.from('main;a 3\rmain;b 4\rmain 5\r')));
    assert.deepEqual([...samples.weights[0]], [3, 4, 5]);
  });

  it('keep blanks and numbers within names, and empty frames but for those at the end', () => {
    assert.deepEqual(stacksOf('a b;c 1 2\nd  3\n'), ['a b;c 1 2', 'd  3']);
    assert.deepEqual(stacksOf('a;;b 1\n;a 1\nb;; 1\n'), ['a;;b 1', ';a 1', 'b 1']);
  });

  it('count for no function where the stack is empty', () => {
    assert.deepEqual(stacksOf(' 5\na;b 1\n; 2\n'), [' 7', 'a;b 1']);
  });

  it('have counts as flamegraph.pl reads them, and with thousands, exponents and signs', () => {
    assert.deepEqual(stacksOf('a;b 1.5\nc 2.\nd 1,234,567\ne 1e+21\nf -3\n'), [
      'a;b 1.5',
      'c 2',
      'd 1234567',
      'e 1e+21',
      'f -3',
    ]);
    assert.match(read('a;b -3\na;b 1\n').quality.warnings[0], /below zero: 1/);
    assert.match(read('a;b 99999999999999999999\n').quality.warnings[0], /too large to be exact: 1/);
  });

  it('have any number again that was written here', () => {
    const lines = ['a 1e+21', 'b 1e-7', 'c 1.5e+308', 'd 5e-324', 'e -0.1', 'f;g 123456789012345680'];
    const written = foldedStacks(read(`${lines.join('\n')}\n`));
    assert.equal(Buffer.from(written).toString(), `${lines.join('\n')}\n`);
    assert.equal(importProfile(bytesInMemory(written)).samples.length, 6);
    assert.throws(
      () => importProfile(bytesInMemory(Buffer.from('a;b 1e308\na;b 1e308\n'))),
      /Infinity, expected a finite/,
    );
  });

  it('leave out what does not end in a number, and say so', () => {
    const { samples, quality } = read('a;b 1\nno number\na;b 12V.4\na;b 1e999\na;b 0x10\nc;d 2\n');
    assert.equal(samples.length, 2);
    assert.deepEqual(quality.warnings, [
      `Lines left out, for they don't end in a number: 4. The first is line 2, "no number".`,
    ]);
    assert.throws(() => read('nothing\n'), /there are no stacks; line 1, "nothing", isn't a stack and a number/);
  });

  it('have comments, which tell about the file', () => {
    const { samples, origin } = read('# made by hand\n#define;x 1\n## two 2\na;b 3\n');
    assert.equal(samples.length, 2);
    assert.deepEqual(origin.comments, ['made by hand', '# two 2']);
  });

  it('of one frame each are taken for such where the name of the file says so, and else for nothing', () => {
    const text = Buffer.from('main 1\nmain.py:7 2\n');
    const imported = (bytes: Uint8Array, name: string) => importProfile(bytesInMemory(bytes, name));
    for (const name of ['/tmp/out.folded', 'OUT.FOLDED', 'a.collapsed', 'a.stacks', 'a.folded.gz'])
      assert.deepEqual([...imported(name.endsWith('.gz') ? gzipSync(text) : text, name).samples.weights[0]], [1, 2]);
    for (const name of ['unknown', 'out.txt', 'folded', 'out.folded.txt'])
      assert.throws(() => imported(text, name), UnrecognisedInput);
    assert.throws(() => imported(Buffer.from('Dear Sir or Madam,\n'), 'letter.folded'), UnrecognisedInput);
    const heap = Buffer.from('heap profile: 1: 10 [1: 10] @ growthz\n1: 10 [1: 10] @ 0x10\n');
    assert.equal(imported(heap, 'heap.folded').origin.format, 'pprof-legacy');
  });

  it('are of a kind where a frame is marked', () => {
    const profile = read('main;compiled_[j];inlined_[i];sys_read_[k];waker_[w] 1\n');
    const { frames } = profile;
    assert.deepEqual(
      Array.from(frames.kind, (kind, frame) => [
        functionName(profile, frame),
        FRAME_KINDS[kind],
        frames.inlined[frame],
      ]),
      [
        ['main', 'native', 0],
        ['compiled', 'jit', 0],
        ['inlined', 'jit', 1],
        ['sys_read', 'kernel', 0],
        ['waker_[w]', 'native', 0],
      ],
    );
  });

  it('are a difference where every line has two numbers', () => {
    assert.deepEqual(stacksOf('a;b 1 2\na;c 0 4\n', 0), ['a;b 1', 'a;c 0']);
    assert.deepEqual(stacksOf('a;b 1 2\na;c 0 4\n', 1), ['a;b 2', 'a;c 4']);
    assert.deepEqual(stacksOf('a;b 1 2\na;c 4\n'), ['a;b 1 2', 'a;c 4']);
    // Past the head, too.
    const long = 'a;b 1 2\n'.repeat(10_000);
    assert.deepEqual(stacksOf(long), ['a;b 10000']);
    assert.deepEqual(stacksOf(`${long}a;c 4\n`), ['a;b 1 20000', 'a;c 4']);
  });

  it('warn where the last line may have been cut, and stay a difference', () => {
    const { values, samples, quality } = read('a;b 1 2\na;c 4');
    assert.equal(values.length, 2);
    assert.equal(samples.length, 1);
    assert.match(quality.warnings.at(-1)!, /no line end/);
  });

  it('may be a million frames deep, of names of a megabyte, and named like properties of objects', () => {
    const deep = `${'a;'.repeat(1_000_000)}b 1\n`;
    const profile = importProfile(bytesInMemory(Buffer.from(deep)));
    assert.equal(profile.stacks.length, 1_000_001);
    const wide = `main;${'n'.repeat(1_000_000)} 1\nmain;b 2\n`;
    assert.equal(stackFacts(importProfile(bytesInMemory(Buffer.from(wide)))).self.get('n'.repeat(1_000_000)), 1);
    assert.deepEqual(stacksOf('__proto__;constructor_[k] 1\n'), ['__proto__;constructor 1']);
  });

  it('cut at any byte, give a part or are refused in words', () => {
    const bytes = Buffer.from('# c\nmain;wörk_[k];sum 3.5\nmain;wörk 4 5\n\nmain;idle_[i] -1,000\n');
    for (let end = 0; end < bytes.length; end++) {
      try {
        const { samples } = folded.read(bytesInMemory(bytes.subarray(0, end)), { progress() {} });
        assert.ok(samples.length <= 3);
      } catch (error) {
        assert.ok(error instanceof MalformedInput, `cut at ${end}: ${error}`);
      }
    }
  });

  it('that were written here are written the same again', () => {
    const fixtures = new URL('../../fixtures/', import.meta.url);
    for (const name of [
      'perf-script/planted-c.txt',
      'perf-script/planted-cpp-srcline.txt',
      'perf-data/side-band.perf.data',
    ]) {
      const profile = importProfile(bytesInMemory(readFileSync(new URL(name, fixtures)), name));
      for (const options of [{}, { threadNumbers: 'tid' } as const]) {
        const written = foldedStacks(profile, options);
        const again = importProfile(bytesInMemory(written));
        assert.equal(again.origin.format, 'folded');
        assert.equal(Buffer.from(foldedStacks(again)).toString(), Buffer.from(written).toString(), name);
      }
    }
  });
});
