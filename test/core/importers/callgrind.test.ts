import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { callgrind } from '../../../src/core/importers/callgrind.ts';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { hotLines } from '../../../src/core/profile/hot-lines.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { stackFacts } from '../../support/stack-facts.ts';

function read(text: string): Profile {
  const profile = callgrind.read(bytesInMemory(Buffer.from(text)), { progress() {} });
  assert.deepEqual(invalidities(profile), []);
  return profile;
}

function fixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/callgrind/${name}`, import.meta.url));
}

/** Self cost by `file:line`, read off an uncompressed file line by line. */
function selfByLine(text: string): Map<string, number> {
  const found = new Map<string, number>();
  let [file, isCall] = ['', false];
  for (const line of text.split('\n')) {
    const name = /^f[lie]=(.*)$/.exec(line);
    if (name) file = name[1];
    if (/^calls=/.test(line)) isCall = true;
    else if (/^\d+ \d+$/.test(line)) {
      const [number, cost] = line.split(' ').map(Number);
      const key = `${file}:${number}`;
      if (!isCall && number > 0 && file !== '???') found.set(key, (found.get(key) ?? 0) + cost);
      isCall = false;
    }
  }
  return found;
}

describe('callgrind files', () => {
  it('have of every line what it cost itself', () => {
    const bytes = fixture('uncompressed.callgrind');
    const profile = importProfile(bytesInMemory(bytes));
    const found = new Map<string, number>();
    for (const { file, line, self } of hotLines(profile, stackWeights(profile, { value: 0 })))
      for (const [index, number] of line.entries())
        if (self[index] > 0) found.set(`${profile.strings[file]}:${number}`, self[index]);
    const expected = selfByLine(bytes.toString());
    assert.ok(expected.size > 500);
    assert.deepEqual([...found].sort(), [...expected].sort());
  });

  it('have threads, each with its total', () => {
    const bytes = fixture('threads-instructions-jumps.callgrind');
    const { samples, threads, values } = importProfile(bytesInMemory(bytes));
    const totals = bytes
      .toString()
      .match(/^totals: .*$/gm)!
      .map((line) => line.split(' ').slice(1).map(Number));
    assert.equal(threads.length, totals.length);
    for (let thread = 0; thread < threads.length; thread++) {
      for (let value = 0; value < values.length; value++) {
        const sum = samples.weights[value].reduce(
          (all, cost, row) => all + (samples.thread[row] === thread ? cost : 0),
          0,
        );
        assert.equal(sum, totals[thread][value]);
      }
    }
  });

  it('may tell positions and names by those before', () => {
    const whole = `events: A B\nfl=a.c\nfn=main\n10 1 2\n12 3\ncfl=b.c\ncfn=f\ncalls=1 5\n12 7 1\n12 1\nfl=b.c\nfn=f\n5 7 1\n`;
    const short = `events: A B\nfl=(1) a.c\nfn=(1) main\n10 1 2\n+2 3\ncfl=(2) b.c\ncfn=(2) f\ncalls=1 -7\n* 7 1\n* 1\nfl=(2)\nfn=(2)\n-7 7 1\n`;
    assert.deepEqual(read(short), read(whole));
    assert.deepEqual(
      Array.from(read(whole).samples.weights, (column) => [...column]),
      [
        [1, 4, 7],
        [2, 0, 1],
      ],
    );
  });

  it('split what a function cost over its callers in proportion, and lose nothing', () => {
    const { self, inclusive, total } = stackFacts(
      read(`events: I
fn=main
1 10
cfn=a
calls=1 1
2 300
cfn=b
calls=1 1
3 100
fn=a
1 0
cfn=c
calls=3 1
4 300
fn=b
cfn=c
calls=1 1
5 100
fn=c
1 133
2 267
`),
    );
    assert.equal(total, 410);
    assert.deepEqual(
      ['main', 'a', 'b', 'c'].map((name) => [self.get(name) ?? 0, inclusive.get(name)]),
      [
        [10, 410],
        [0, 300],
        [0, 100],
        [400, 400],
      ],
    );
  });

  it('with random calls keep every figure of lines and calls that are in no circle', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 30; round++) {
      const { text, self, inclusive } = randomGraph(random, 25);
      const found = stackFacts(read(text));
      for (const [name, cost] of inclusive) assert.equal(found.inclusive.get(name) ?? 0, cost, `${round}: ${name}`);
      for (const [name, cost] of self) assert.equal(found.self.get(name) ?? 0, cost, `${round}: ${name}`);
    }
  });

  it('with circles of calls keep the total and what each line cost itself', () => {
    const profile = read(`events: I
fn=main
1 5
cfn=odd
calls=1 1
2 100
fn=odd
1 40
cfn=even
calls=9 1
3 90
fn=even
1 30
cfn=odd
calls=8 1
4 80
cfn=leaf
calls=8 1
5 30
fn=leaf
1 30
`);
    const { self, inclusive, total } = stackFacts(profile);
    assert.equal(total, 105);
    assert.deepEqual([self.get('odd'), self.get('even'), self.get('leaf')], [40, 30, 30]);
    assert.equal(inclusive.get('odd'), 100);
    assert.match(profile.origin.mayMislead.join(' '), /in circles: 2/);
  });

  it('have code that was inlined from another file on its own lines, within the function', () => {
    const profile = read('events: I\nfl=a.c\nfn=f\n3 10\nfi=a.h\n7 20\nfe=a.c\n4 1\n');
    const { frames, functions, strings, stacks, samples } = profile;
    const of = samples.weights[0].indexOf(20);
    const inner = stacks.frame[samples.stack[of]];
    const outer = stacks.frame[stacks.parent[samples.stack[of]]];
    assert.deepEqual(
      [inner, outer].map((frame) => [
        strings[functions.file[frames.function[frame]]],
        frames.line[frame],
        frames.inlined[frame],
      ]),
      [
        ['a.h', 7, 1],
        ['a.c', 0, 0],
      ],
    );
    assert.equal(stacks.parent[stacks.parent[samples.stack[of]]], NONE);
  });

  it("say what doesn't add up", () => {
    const { quality } = read('events: I\nsummary: 500\nfn=main\n1 10\ncfn=f\ncalls=1 1\n1 400\nfn=f\n1 300\nwhat\n');
    assert.deepEqual(quality.warnings, [
      'The lines of I add up to 310; the file says 500. A part of it may be missing.',
      'Lines left out, not understood: 1. The first is line 10, "what".',
      'Calls cost 100 I more than what was called: totals of callers lack that.',
    ]);
    const ofSeveral = read('events: I J K\nfn=main\n1 10 1 1\ncfn=f\ncalls=1 1\n1 300 7 2\nfn=f\n1 300 5 1\n');
    assert.deepEqual(ofSeveral.quality.warnings, [
      'Calls cost 2 J, 1 K more than what was called: totals of callers lack that.',
    ]);
    assert.throws(() => read('# callgrind format\nfn=main\n1 10\n'), /no line "events:"/);
    assert.throws(() => read('events: I\nfn=main\n'), /no costs/);
  });

  it('of Xdebug have units in the names of events, and costs below zero', () => {
    const { values, samples, frames } = read(
      'creator: xdebug 3.0.2\nevents: Time_(10ns) Memory_(bytes)\nfl=a.php\nfn={main}\n3 20 -40\n4 5 100\n',
    );
    assert.deepEqual(values, [
      { type: 'Time', unit: 'nanoseconds' },
      { type: 'Memory', unit: 'bytes' },
    ]);
    assert.deepEqual(
      samples.weights.map((column) => column.reduce((a, b) => a + b, 0)),
      [250, 60],
    );
    assert.equal(frames.kind[0], 2);
  });

  it('with functions in a row by the ten thousand, or all in a circle, end', () => {
    const lines = ['events: I'];
    for (let index = 0; index < 50_000; index++) {
      lines.push(`fn=f${index}`, '1 1', `cfn=f${index + 1}`, 'calls=1 1', `2 ${50_000 - index}`);
    }
    const chain = read(`${lines.join('\n')}\nfn=f50000\n1 1\n`);
    assert.equal(
      chain.samples.weights[0].reduce((a, b) => a + b, 0),
      50_001,
    );
    const circle = read(`${lines.join('\n')}\nfn=f50000\n1 1\ncfn=f0\ncalls=1 1\n2 1\n`);
    assert.equal(
      circle.samples.weights[0].reduce((a, b) => a + b, 0),
      50_001,
    );
  });

  it('where every function calls every other end, with all costs', () => {
    const count = 300;
    const lines = ['events: I'];
    for (let index = 0; index < count; index++) {
      lines.push(`fn=f${index}`, '1 1000');
      for (let other = index + 1; other < count; other++) lines.push(`cfn=f${other}`, 'calls=1 1', `2 ${other}`);
    }
    const profile = read(`${lines.join('\n')}\n`);
    assert.equal(
      profile.samples.weights[0].reduce((a, b) => a + b, 0),
      count * 1000,
    );
  });

  it('cut at any byte, give a part or are refused in words', () => {
    const bytes = fixture('planted-c.callgrind').subarray(0, 3000);
    for (let end = 0; end < bytes.length; end++) {
      try {
        callgrind.read(bytesInMemory(bytes.subarray(0, end)), { progress() {} });
      } catch (error) {
        assert.ok(error instanceof MalformedInput, `cut at ${end}: ${error}`);
      }
    }
  });

  it('may have names of a megabyte, and names that are properties of objects', () => {
    const long = 'n'.repeat(1_000_000);
    const { self } = stackFacts(read(`events: I\nfn=${long}\n1 3\nfn=__proto__\n1 4\n__proto__=5\n`));
    assert.deepEqual([self.get(long), self.get('__proto__')], [3, 4]);
  });
});

/** A graph of calls without circles whose figures agree, with every function's self and total. */
function randomGraph(random: () => number, count: number) {
  const below = (end: number) => Math.floor(random() * end);
  const self = new Map<string, number>();
  const inclusive = new Map<string, number>();
  const calls: { caller: number; callee: number; line: number; share: number }[] = [];
  for (let callee = 1; callee < count; callee++) {
    for (let call = 1 + below(4); call > 0; call--)
      calls.push({ caller: below(callee), callee, line: 10 + below(3), share: 1 + below(9) });
  }
  const costs = new Map<(typeof calls)[number], number>();
  const lines: string[][] = [];
  for (let index = count - 1; index >= 0; index--) {
    const own = [below(1000), below(50)];
    const text = [`fn=f${index}`, `1 ${own[0]}`, `2 ${own[1]}`];
    let total = own[0] + own[1];
    self.set(`f${index}`, total);
    for (const call of calls.filter(({ caller }) => caller === index)) {
      total += costs.get(call)!;
      text.push(`cfn=f${call.callee}`, 'calls=1 1', `${call.line} ${costs.get(call)}`);
    }
    inclusive.set(`f${index}`, total);
    const into = calls.filter(({ callee }) => callee === index);
    const shares = into.reduce((sum, { share }) => sum + share, 0);
    let rest = total;
    for (const [at, call] of into.entries()) {
      const cost = at === into.length - 1 ? rest : Math.floor((total * call.share) / shares);
      costs.set(call, cost);
      rest -= cost;
    }
    lines.push(text);
  }
  return { text: `events: I\n${lines.map((text) => text.join('\n')).join('\n')}\n`, self, inclusive };
}
