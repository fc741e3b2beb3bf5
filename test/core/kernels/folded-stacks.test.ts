import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FoldedStacks } from '../../../src/core/kernels/folded-stacks.ts';
import { PIECE_BYTES } from '../../../src/core/kernels/text-piece.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** Texts of stacks and the sums of their counts, of lines in pieces of so many bytes at most; what isn't taken is told to `left`. */
function taken(lines: readonly string[], left: (line: string) => void = assert.fail, starts: readonly number[] = []) {
  const stacks = new FoldedStacks(0, starts, assert.fail);
  for (let from = 0; from < lines.length; ) {
    let piece = '';
    while (from < lines.length && piece.length + lines[from].length < PIECE_BYTES / 16) piece += `${lines[from++]}\n`;
    const bytes = Buffer.from(piece);
    stacks.setPiece(bytes);
    for (let at = 0; at < bytes.length; ) {
      at = stacks.take(at);
      if (at === bytes.length) break;
      const end = bytes.indexOf('\n', at);
      left(bytes.subarray(at, end).toString());
      at = end + 1;
    }
  }
  return countsOf(stacks);
}

function countsOf(stacks: FoldedStacks): Map<string, number> {
  const texts: string[] = [];
  stacks.eachText((bytes, start, end) => texts.push(Buffer.from(bytes.subarray(start, end)).toString()));
  const { caller, key } = stacks.nodes();
  const { node, count } = stacks.rows();
  assert.ok(caller.every((up, at) => up >= NONE && up < at));
  assert.equal(new Set(Array.from(caller, (up, at) => `${up} ${key[at]}`)).size, caller.length, 'each node once');
  const spelt = Array.from(node, (from) => {
    const path: string[] = [];
    for (let at = from; at !== NONE; at = caller[at]) path.unshift(texts[key[at]]);
    return path.join(';');
  });
  assert.equal(new Set(spelt).size, spelt.length, 'each stack once');
  return new Map(spelt.map((text, row) => [text, count[row]]));
}

/** The same as simply as can be. */
function expected(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines.filter((text) => text !== '')) {
    const blank = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
    const stack = line.slice(0, blank).replace(/;+$/, '');
    counts.set(stack, (counts.get(stack) ?? 0) + Number(line.slice(blank + 1)));
  }
  return counts;
}

function randomLines(count: number, seed: number, textOf: (frame: number) => string): string[] {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  return Array.from({ length: count }, () => {
    const frames = Array.from({ length: 1 + below(12) }, (_, depth) => textOf(below(3 + depth * 2)));
    const end = random() < 0.1 ? ';;' : '';
    return random() < 0.02 ? '' : `x${frames.join(';')}${end}${random() < 0.1 ? '\t' : ' '}${below(1000)}`;
  });
}

describe('folded stacks', () => {
  const SHAPES: Readonly<Record<string, (frame: number) => string>> = {
    'names of some length': (frame) => `namespace::some_function_${frame}`,
    'names that are beginnings of others': (frame) => 'y'.repeat(frame),
    'names that begin and end alike': (frame) => `0000000000000000${`${frame}`.padStart(3, '0')}0000000000000000`,
    'names with blanks and digits': (frame) => `f ${frame}`,
  };
  for (const [shape, textOf] of Object.entries(SHAPES)) {
    it(`have the counts of their lines, in whatever order they come: ${shape}`, () => {
      const lines = randomLines(20_000, 3, textOf);
      assert.deepEqual(taken(lines), expected(lines));
      const sorted = lines.toSorted();
      assert.deepEqual(taken(sorted), expected(sorted));
    });
  }

  it('are as deep as there are frames', () => {
    const deep = (frames: number, last: string) => `${'a;b;'.repeat(frames / 2)}${last} 1`;
    const lines = ['a 1', deep(1000, 'x'), deep(1000, 'y'), deep(3000, 'x'), 'a;b 2', deep(1002, 'x')];
    assert.deepEqual(taken(lines), expected(lines));
  });

  it('leave lines to who reads them that have another form, and what comes after those is taken', () => {
    const lines = [
      'a;b 1',
      '# comment',
      'a;b 1.5',
      'a;b -1',
      'a;b 1e3',
      'a;b 1 ',
      'a;b 1\r',
      'a;b',
      '12',
      ' 12',
      ';; 12',
      'a;b 1234567890123456',
      '[main tid=1];a 1',
      'a;b 123456789012345',
    ];
    const left: string[] = [];
    const counts = taken(lines, (line) => left.push(line), [0x5b]);
    assert.deepEqual(left, lines.slice(1, -1));
    assert.deepEqual([...counts], [['a;b', 123456789012346]]);
  });

  it('may be told of one by one, between those that are taken', () => {
    const stacks = new FoldedStacks(0, [], assert.fail);
    const text = Buffer.from('main;work;sum 1\nmain;work 2\n');
    const other = Buffer.from('xx main;work;;;');
    for (let time = 0; time < 3; time++) {
      stacks.setPiece(text);
      assert.equal(stacks.take(0), text.length);
      stacks.addCount(stacks.rowOf(stacks.nodeOf(other, 3, other.length)), 10);
    }
    assert.equal(stacks.nodeOf(other, 12, other.length), NONE);
    assert.deepEqual(
      [...countsOf(stacks)],
      [
        ['main;work;sum', 3],
        ['main;work', 36],
      ],
    );
  });
});
