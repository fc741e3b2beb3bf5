import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { compiledKernel, kernels } from '../../../scripts/kernels.ts';
import { KEY, PerfStacks, TRAITS } from '../../../src/core/kernels/perf-stacks.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;

function full(): never {
  throw new Error('no more memory');
}

/** Whoever reads lines, as simply as can be: every text is an entry of its own, and every line is told of. */
class Reader {
  readonly stacks: PerfStacks;
  readonly texts: string[] = [];
  readonly #entries = new Map<string, number>();
  /** Lines that had to be read here. */
  read = 0;

  constructor(expected = 0) {
    this.stacks = new PerfStacks(expected, full);
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    this.stacks.setPiece(bytes);
    for (let at = 0; at < bytes.length; ) {
      at = this.stacks.take(at);
      if (at === bytes.length) break;
      const end = bytes.indexOf('\n', at);
      this.read++;
      if (bytes[at] === 0x09) this.stacks.push(this.#entryOf(bytes, at + 1, end));
      else this.#header(bytes, at, end);
      at = end + 1;
    }
    this.stacks.endSample();
  }

  #entryOf(bytes: Uint8Array, start: number, end: number): number {
    return this.stacks.entryOf(bytes, start, end, () => {
      const text = Buffer.from(bytes.subarray(start, end)).toString();
      assert.equal(this.#entries.has(text), false, 'a text is asked for once');
      const entry = this.texts.push(text) - 1;
      this.#entries.set(text, entry);
      this.stacks.addEntry(entry, text.startsWith('[k]') ? TRAITS.kernel : 0, BigInt(entry));
      return entry;
    });
  }

  /** `thread 12 1.5: 1 event:` */
  #header(bytes: Uint8Array, start: number, end: number): void {
    this.stacks.endSample();
    const line = Buffer.from(bytes.subarray(start, end)).toString();
    const [, thread, tid, time, period] = /^(\w+ (\d+)) +([\d.]+): +(\d+) event: *$/.exec(line) ?? [];
    const places = { threadEnd: start + thread.length, eventStart: start + line.indexOf('event') };
    this.stacks.learnHeader(bytes, start, end, places, Number(tid), 0);
    this.stacks.openSample(Number(tid), 0, Number(time) * 1e9, Number(period));
  }

  /** Texts of a node's places, outermost first, with what is said of their role. */
  pathOf(node: number): string[] {
    const { caller, key } = this.stacks.nodes();
    const path: string[] = [];
    for (let at = node; at !== NONE; at = caller[at])
      path.unshift(`${this.texts[key[at] >>> 2]}${key[at] & KEY.caller ? '' : '!'}`);
    return path;
  }
}

/** Samples of random stacks: the text, and what is in it. */
function randomText(samples: number, seed: number, textOf: (place: number) => string) {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const stack: number[] = [];
  const paths: string[][] = [];
  const times: number[] = [];
  const pieces: string[] = [];
  for (let sample = 0; sample < samples; sample++) {
    stack.length = Math.min(stack.length, below(stack.length + 3));
    for (let more = below(6); more >= 0 || stack.length === 0; more--) stack.push(below(400));
    const innermost = [...stack].reverse().map(textOf);
    const time = `${sample}.${`${below(1e6)}`.padStart(6, '0')}`;
    pieces.push(
      `worker ${below(5)}   ${time}:      ${below(1000)} event: \n${innermost.map((line) => `\t${line}\n`).join('')}\n`,
    );
    paths.push(innermost);
    times.push(Number(time));
  }
  return { pieces, paths, times };
}

/** What `node` says of a stack: the innermost is exact, and so is the first behind the kernel. */
function withRoles(innermost: readonly string[]): string[] {
  return innermost
    .map((text, at) => {
      const isExact = at === 0 || (innermost[at - 1].startsWith('[k]') && !text.startsWith('[k]'));
      return `${text}${isExact ? '!' : ''}`;
    })
    .reverse();
}

describe("the stacks of perf's text", () => {
  const SHAPES: Readonly<Record<string, (place: number) => string>> = {
    'texts as perf prints them': (place) =>
      `${place % 3 === 0 ? '[k]' : ''}5500${place} function_${place}+0x1 (/lib/a.so)`,
    'texts that begin and end alike': (place) => `0000000000000000 name${`${place}`.padStart(4, '0')} (/lib/liba.so)`,
    'texts of few letters': (place) => `${place.toString(36)}`,
    'texts of which some are beginnings of others': (place) => 'x'.repeat(place),
  };
  for (const [shape, textOf] of Object.entries(SHAPES)) {
    it(`are those that were written: ${shape}`, () => {
      const { pieces, paths, times } = randomText(3000, 7, textOf);
      const reader = new Reader();
      for (let at = 0; at < pieces.length; at += 100) reader.write(pieces.slice(at, at + 100).join(''));
      const { length, stack, timeNs, thread } = reader.stacks.samples();
      assert.equal(length, paths.length);
      const { caller, key } = reader.stacks.nodes();
      assert.ok(reader.texts.length > 300 && caller.length === key.length);
      for (let row = 0; row < length; row += 7) assert.deepEqual(reader.pathOf(stack[row]), withRoles(paths[row]));
      assert.deepEqual(
        Array.from(timeNs, Math.round),
        times.map((time) => Math.round(time * 1e9)),
      );
      assert.ok(thread.every((tid) => tid >= 0 && tid < 5));
      // All else was known.
      assert.equal(reader.read, reader.texts.length + 5);
    });
  }

  it('are one node each, however many there are', () => {
    const { pieces, paths } = randomText(60_000, 3, SHAPES['texts as perf prints them']);
    const reader = new Reader();
    for (let at = 0; at < pieces.length; at += 500) reader.write(pieces.slice(at, at + 500).join(''));
    const { stack } = reader.stacks.samples();
    const { caller, key } = reader.stacks.nodes();
    assert.ok(caller.length > 3 * 65536, `${caller.length} nodes: several blocks`);
    assert.equal(new Set(Array.from(caller, (up, node) => `${up} ${key[node]}`)).size, caller.length);
    assert.ok(caller.every((up, node) => up >= NONE && up < node));
    for (let row = 0; row < paths.length; row += 997)
      assert.deepEqual(reader.pathOf(stack[row]), withRoles(paths[row]));
  });

  it('have as many places as there are lines', () => {
    const reader = new Reader();
    const lines = Array.from({ length: 20_000 }, (_, at) => `\t${at % 50}\n`).join('');
    for (let time = 0; time < 3; time++) reader.write(`worker 1 1.5: 1 event:\n${lines}\n`);
    const { stack } = reader.stacks.samples();
    assert.deepEqual([...new Set(stack)].length, 1);
    assert.equal(reader.pathOf(stack[0]).length, 20_000);
  });

  it('end where a piece does not hold the whole of a line', () => {
    const reader = new Reader();
    reader.write('worker 1 1.5: 1 event:\n\t12 main\n\n');
    const bytes = Buffer.from('worker 1 1.6: 1 event:\n\t12 main\n\t12 ma');
    reader.stacks.setPiece(bytes);
    assert.equal(bytes.subarray(reader.stacks.take(0)).toString(), '\t12 ma');
    assert.equal(reader.stacks.taken, 2);
    assert.equal(reader.stacks.depth, 1);
  });

  it('take headers that differ from known ones in numbers only', () => {
    const reader = new Reader();
    reader.write('worker 1 1.5: 1 event:\n\t12 main\n\n');
    const isTaken = (line: string) => {
      const bytes = Buffer.from(`${line}\n`);
      reader.stacks.setPiece(bytes);
      return reader.stacks.take(0) === bytes.length;
    };
    assert.ok(isTaken('worker 1 99999.123456789:   999999999999999   event:  '));
    assert.equal(isTaken('  worker 1\t2.5: 1 event:'), false, 'it may be a line of the sample at hand');
    reader.stacks.endSample();
    assert.ok(isTaken('  worker 1\t2.5: 1 event:'));
    for (const line of [
      'worker 2 1.5: 1 event:',
      'worker 1 [001] 1.5: 1 event:',
      'worker 1 1.5: 1 other:',
      'worker 1 1.5: 1 event: 12 main',
      'worker 1 1.5: event:',
      'worker 1 1.5: 9999999999999999 event:',
      'worker 1 1.5.5: 1 event:',
      'worker 1 1.1234567890: 1 event:',
      'worker 1 1.: 1 event:',
      'worker 1 1.5: 1 event:\r',
      '# worker 1 1.5: 1 event:',
    ])
      assert.equal(isTaken(line), false, line);
  });

  it('take no more memory than there is', () => {
    assert.throws(() => new Reader(400_000_000), /no more memory/);
    assert.equal(new Reader(1000).stacks.sampleCount, 0);
  });
});

describe('compiled kernels', () => {
  for (const { source, target } of kernels()) {
    it(`${source} is what it was compiled from`, async () => {
      assert.equal(readFileSync(join(ROOT, target), 'utf8'), await compiledKernel(ROOT, source), 'npm run kernels');
    });
  }
});
