import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { austin } from '../../../src/core/importers/austin.ts';
import { austinMojo } from '../../../src/core/importers/austin-mojo.ts';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { FRAME_KINDS, NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { invalidities } from '../../../src/core/profile/validity.ts';
import { stackFacts } from '../../support/stack-facts.ts';

function read(text: string): Profile {
  const profile = austin.read(bytesInMemory(Buffer.from(text)), { progress() {} });
  assert.deepEqual(invalidities(profile), []);
  return profile;
}

function fixture(name: string): Profile {
  return importProfile(bytesInMemory(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)), name));
}

function totalsOf({ samples, values }: Profile): Record<string, number> {
  return Object.fromEntries(values.map(({ type }, value) => [type, samples.weights[value].reduce((a, b) => a + b, 0)]));
}

function places(profile: Profile): string[] {
  const { frames, functions, strings } = profile;
  return Array.from(frames.function, (func, frame) => {
    const kind = FRAME_KINDS[frames.kind[frame]];
    return `${kind} ${strings[functions.file[func]]}|${strings[functions.name[func]]}|${frames.line[frame]}`;
  });
}

/** Numbers at the ends of a text's lines, by column. */
function columns(name: string, pattern: RegExp): number[] {
  const text = readFileSync(new URL(`../../fixtures/austin/${name}`, import.meta.url), 'utf8');
  const sums: number[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue;
    for (const [index, number] of (pattern.exec(line)?.slice(1) ?? []).entries())
      sums[index] = (sums[index] ?? 0) + Number(number);
  }
  return sums;
}

describe('text of Austin', () => {
  it('has in each mode what its lines add up to', () => {
    const one = / (-?\d+)$/;
    assert.equal(totalsOf(fixture('austin/cpu.austin'))['cpu'], 1000 * columns('cpu.austin', one)[0]);
    assert.equal(totalsOf(fixture('austin/memory.austin'))['memory'], columns('memory.austin', one)[0]);
    const full = fixture('austin/full-gc.austin');
    const [time, , memory] = columns('full-gc.austin', / (\d+),([01]),(-?\d+)$/);
    const [busy] = columns('full-gc.austin', / (\d+),0,(-?\d+)$/);
    const { wall, cpu, ...others } = totalsOf(full);
    assert.deepEqual({ wall, cpu, memory: others['memory'] }, { wall: 1000 * time, cpu: 1000 * busy, memory });
    assert.ok(cpu < wall);
  });

  it('of a mode with the name of a property of objects has a number that nobody knows', () => {
    for (const mode of ['constructor', '__proto__', 'toString']) {
      const { values, origin } = read(`# mode: ${mode}\nP1;T1;a.py:f:1 5\n`);
      assert.deepEqual(values[1], { type: 'metric', unit: 'count' });
      assert.match(origin.mayMislead[0], /does not say what its numbers are/);
    }
  });

  it('of version 1 has the file and line of a frame, whatever brackets are in it', () => {
    const frames = ['f (a.py:5)', 'g (h) (b (c).py:7:8)', ' ()', 'no place (x'];
    assert.deepEqual(places(read(`Thread 1;${frames.join(';')} 1\n`)), [
      'interpreted a.py|f|5',
      'interpreted c).py:7|g (h) (b|8',
      'interpreted |<unknown>|0',
      'interpreted |no place (x|0',
    ]);
  });

  it('is read in time by the length of a line of brackets or blanks', { timeout: 60_000 }, () => {
    assert.equal(read(`Thread 1;${' ('.repeat(1_000_000)} 1\n`).samples.length, 1);
    assert.equal(read(`#${' '.repeat(1_000_000)}\nP1;T1;a.py:f:1 5\n`).samples.length, 1);
  });

  it('has the module of each native frame from the first map that holds its address', () => {
    const maps = Array.from(
      { length: 2_000 },
      (_, map) => `# map: ${(map * 16).toString(16)}-${(map * 16 + 20).toString(16)} m${map}`,
    );
    const frames = Array.from({ length: 1_000 }, (_, frame) => `native@${(frame * 16 + 2).toString(16)}:f:1`);
    const { modules, strings } = read(`# mode: wall\n${maps.join('\n')}\nP1;T1;${frames.join(';')} 1\n`);
    assert.equal(modules.length, 1_000 - 1);
    assert.deepEqual(
      [0, 1, 2].map((module) => strings[modules.path[module]]),
      ['m0', 'm1', 'm2'],
    );
  });

  it('has the time of garbage collection that Austin itself adds up', () => {
    const profile = fixture('austin/full-gc.austin');
    const gc = Number(profile.origin.comments.find((text) => text.startsWith('gc: '))!.slice(4));
    assert.equal(stackFacts(profile).self.get('GC'), gc * 1000);
  });

  it('of version 1 has its two ways to write a frame, and three numbers of time and memory', () => {
    const [metric] = columns('first-version.austin', / (\d+)$/);
    assert.equal(totalsOf(fixture('austin/first-version.austin'))['metric'], metric);
    const [time, grown, shrunk] = columns('first-version-alt-full.austin', / (\d+) (\d+) (-?\d+)$/);
    const { wall, memory } = totalsOf(fixture('austin/first-version-alt-full.austin'));
    assert.deepEqual([wall, memory], [time * 1000, (grown + shrunk) * 1024]);
    assert.deepEqual(
      places(read('Thread 7f0;a (x.py);L12;b (<frozen y>);L3 5\n')),
      places(read('Thread 7f0;a (x.py:12);b (<frozen y>:3) 5\n')),
    );
    assert.deepEqual(places(read('Process 5;Thread 7f0;a (x.py);L12 5\n')), ['interpreted x.py|a|12']);
  });

  it('names processes, interpreters and threads', () => {
    const { threads, strings } = read(
      'P1;T2;a.py:f:1 1\nP1;T0:3;a.py:f:1 1\nP1;T1:4;a.py:f:1 1\nP1;Tx87;a.py:f:1 1\nThread 7f00aa;f (a.py);L1 1\n',
    );
    assert.deepEqual(
      Array.from(threads.name, (name, row) => [threads.pid[row], threads.tid[row], strings[name]]),
      [
        [1, 2, ''],
        [1, 3, ''],
        [1, 4, 'interpreter 1'],
        [1, NONE, 'x87'],
        [NONE, NONE, '7f00aa'],
      ],
    );
  });

  it('may have colons in file names, native and kernel frames, and marks', () => {
    const text =
      '# map: 1000-2000 /usr/lib/libx.so\nP1;T1;C:\\a.py:f:7;native@1800:malloc:53;kernel:do_read:0;:GC: 5\n';
    const profile = read(text);
    assert.deepEqual(places(profile), [
      'interpreted C:\\a.py|f|7',
      'native |malloc|0',
      'kernel |do_read|0',
      'interpreted |GC|0',
    ]);
    assert.equal(profile.strings[profile.modules.path[profile.frames.module[1]]], '/usr/lib/libx.so');
  });

  it("leaves out what isn't a sample, and says so", () => {
    const { samples, quality } = read('# austin: 3\n# mode: wall\nP1;T1;a.py:f:1 5\nP1;T1;a.py:f:1\nwhat 7\nP1;T1 9\n');
    assert.deepEqual([...samples.weights[1]], [5000, 9000]);
    assert.equal(samples.stack[1], NONE);
    assert.match(quality.warnings[0], /not understood: 2. The first is line 4/);
    assert.throws(() => read('# austin: 3\nwhat 7\n'), /no samples; line 2/);
  });

  it('may be a million frames deep and have names of a megabyte', () => {
    const deep = read(`P1;T1;${'a.py:f:1;'.repeat(1_000_000)}a.py:g:1 5\n`);
    assert.equal(deep.stacks.length, 1_000_001);
    const name = 'n'.repeat(1_000_000);
    assert.equal(
      stackFacts(read(`P1;T1;a.py:${name}:1 5\nP1;T1;__proto__ 99999999999999999999\n`), 0).self.get(name),
      1,
    );
  });
});

describe('MOJO files', () => {
  it('have the samples, metrics and collections that austin-python reads', () => {
    const full = fixture('austin-mojo/full-gc.mojo');
    assert.deepEqual(totalsOf(full), { samples: 102, wall: 749_355_000, cpu: 513_990_000, memory: 3_452_928 });
    assert.equal(stackFacts(full).self.get('GC'), 161_216_000);
    const wall = fixture('austin-mojo/wall.mojo');
    assert.deepEqual(totalsOf(wall), { samples: 104, wall: 744_220_000 });
    const { frames } = wall;
    const { self } = stackFacts(wall, 1, (frame) => `${places(wall)[frame]}:${frames.column[frame]}`);
    assert.equal(self.get('interpreted /tmp/lab/planted.py|squares|9:9'), 178_014_000);
    assert.equal(
      self.get('interpreted /usr/lib/python3.11/threading.py|Thread._wait_for_tstate_lock|1132:16'),
      122_277_000,
    );
    assert.deepEqual([...wall.threads.tid], [0x46aa, 0x46ae]);
  });

  it('of version 4 may repeat the outer frames of the sample before, without native ones at its inner end', () => {
    const text = (value: string) => [...Buffer.from(value), 0];
    const frame = (key: number, file: number, name: number) => [3, key, file, name, 5, 5, 1, 2];
    const bytes = Uint8Array.from([
      ...[...Buffer.from('MOJ'), 4, 1, ...text('mode'), ...text('wall')],
      ...[
        2,
        7,
        0,
        ...text('a'),
        11,
        2,
        ...text('x.py'),
        11,
        3,
        ...text('f'),
        11,
        4,
        ...text('libc.so'),
        11,
        5,
        ...text('g'),
      ],
      ...[...frame(8, 2, 3), 5, 8, ...frame(9, 4, 5), 5, 9, 9, 10],
      ...[2, 7, 0, ...text('a'), ...frame(10, 2, 5), 5, 10, 13, 9, 20],
      // A waiting task's frames are no part of the stack.
      ...[14, 1, 3, 1, 5, 10],
    ]);
    const profile = importProfile(bytesInMemory(bytes));
    const { samples, stacks } = profile;
    const names = Array.from(samples.stack, (stack) => {
      const found: string[] = [];
      for (let at = stack; at !== NONE; at = stacks.parent[at]) found.push(places(profile)[stacks.frame[at]]);
      return found.reverse();
    });
    assert.deepEqual(names, [
      ['interpreted x.py|f|5', 'interpreted libc.so|g|5'],
      ['interpreted x.py|f|5', 'interpreted x.py|g|5'],
    ]);
    assert.deepEqual([...samples.weights[1]], [10_000, 20_000]);
    assert.match(profile.quality.warnings[0], /asyncio tasks are left out: 1/);
  });

  it('of version 4 that repeat a deep stack take time for new frames only', { timeout: 60_000 }, () => {
    const text = (value: string) => [...Buffer.from(value), 0];
    const start = [2, 7, 0, ...text('a')];
    const head = [
      ...Buffer.from('MOJ'),
      4,
      1,
      ...text('mode'),
      ...text('wall'),
      ...start,
      11,
      2,
      ...text('x.py'),
      11,
      3,
    ];
    const [depth, repeats] = [200_000, 100_000];
    const bytes = Buffer.concat([
      Uint8Array.from([...head, ...text('f'), 3, 8, 2, 3, 5, 5, 1, 2]),
      Buffer.alloc(depth * 2, Uint8Array.of(5, 8)),
      Uint8Array.of(9, 10),
      Buffer.alloc(repeats * (start.length + 5), Uint8Array.from([...start, 5, 8, 13, 9, 20])),
    ]);
    const { samples, stacks } = importProfile(bytesInMemory(bytes));
    assert.equal(samples.length, repeats + 1);
    assert.equal(stacks.length, depth + repeats);
  });

  it('cut at any byte, or with any byte changed, give a part or are refused in words', () => {
    const bytes = readFileSync(new URL('../../fixtures/austin-mojo/wall.mojo', import.meta.url)).subarray(0, 2500);
    for (let place = 0; place < bytes.length; place++) {
      for (const damaged of [bytes.subarray(0, place), bytes.with(place, bytes[place] ^ 0x80)]) {
        try {
          const profile = austinMojo.read(bytesInMemory(damaged), { progress() {} });
          assert.deepEqual(invalidities(profile), []);
        } catch (error) {
          assert.ok(error instanceof MalformedInput, `at ${place}: ${error}`);
        }
      }
    }
  });
});
