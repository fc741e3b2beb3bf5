import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChunkWriter, CLASSES, constants, sample, soundChunk, TYPE } from '../../../support/jfr/chunk-writer.ts';
import { imported, importedOrRefused, joined, stacksOf } from '../../../support/jfr/imported.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

describe('a recording that is broken', () => {
  for (const isCompressed of [true, false]) {
    it(`is refused in words, or gives its sound part, cut at any byte (compressed: ${isCompressed})`, () => {
      const bytes = joined(
        soundChunk(new ChunkWriter(isCompressed)).finish(),
        soundChunk(new ChunkWriter(isCompressed)).finish(),
      );
      let partly = 0;
      for (let length = 0; length < bytes.length; length++) {
        const profile = importedOrRefused(bytes.subarray(0, length));
        if (!profile) continue;
        assert.ok(profile.samples.length <= 6);
        if (length !== bytes.length / 2)
          assert.ok(profile.quality.warnings.length > 0, `cut at ${length}: nothing is said`);
        partly++;
      }
      assert.ok(partly > bytes.length / 3, `${partly} of ${bytes.length} cuts give a part`);
    });

    it(`never makes anything but a profile or a refusal with any byte changed (compressed: ${isCompressed})`, () => {
      const bytes = soundChunk(new ChunkWriter(isCompressed)).finish();
      const random = seededRandom(7);
      for (let at = 4; at < bytes.length; at++) {
        for (const value of [0, 0xff, Math.floor(random() * 256)]) {
          const changed = bytes.slice();
          changed[at] = value;
          importedOrRefused(changed);
        }
      }
    });
  }

  it('cut within an event says one thing: up to where it is shown, or why nothing is', () => {
    const chunk = new ChunkWriter();
    chunk.checkpoint(constants(chunk)).metadata(CLASSES).event(TYPE.execution, sample(chunk, 2000));
    const end = chunk.offset;
    const bytes = chunk.event(TYPE.execution, sample(chunk, 2001)).finish();
    assert.deepEqual(imported(bytes.subarray(0, end + 3)).quality.warnings, [
      `The chunk at byte 0 is cut (${end + 3} of its ${bytes.length} bytes are there). What it holds up to byte ${end} is shown.`,
    ]);
    const untyped = new ChunkWriter();
    const start = untyped.event(TYPE.execution, sample(untyped, 2000)).offset;
    const whole = untyped.checkpoint(constants(untyped)).metadata(CLASSES).finish();
    assert.throws(() => imported(whole.subarray(0, start + 3)), {
      message: `jfr, at byte 0: The chunk at byte 0 is cut (${start + 3} of its ${whole.length} bytes are there) and is left out: it describes no types.`,
    });
  });

  it('ends at an event of no size, or one that goes beyond the chunk', () => {
    for (const size of [0, 1, 100_000, 0x7fffffff]) {
      const chunk = new ChunkWriter();
      chunk.checkpoint(constants(chunk)).metadata(CLASSES);
      chunk.event(TYPE.execution, sample(chunk, 2000)).event(TYPE.execution, sample(chunk, 2001), size);
      const profile = imported(chunk.event(TYPE.execution, sample(chunk, 2002)).finish());
      assert.equal(profile.samples.length, 1);
      assert.match(profile.quality.warnings[0], /At byte \d+ no event can be/);
    }
  });

  it('leaves out events that hold less than their type says, and keeps the others', () => {
    const chunk = new ChunkWriter();
    chunk.event(TYPE.execution, [1, 2]).event(TYPE.execution, sample(chunk, 2000));
    const profile = imported(chunk.checkpoint(constants(chunk)).metadata(CLASSES).finish());
    assert.equal(profile.samples.length, 1);
    assert.match(profile.quality.warnings[0], /^Left out of the chunk at byte 0, .* than their type says: 1 event\./);
  });

  it('with checkpoints that lead round in a circle, forward or nowhere is read by going through its events', () => {
    for (const delta of [1, -1, 68, -(2 ** 40), 2 ** 62]) {
      const chunk = new ChunkWriter();
      chunk.metadata(CLASSES).event(TYPE.execution, sample(chunk, 2000));
      const profile = imported(chunk.checkpoint(constants(chunk), delta).finish());
      assert.equal(stacksOf(profile)[0], 'org.example.Map$Entry.main:34 org.example.Map$Entry.put:12');
    }
  });

  it('with an event in the way, and checkpoints of which one is broken, keeps what the header leads to', () => {
    const chunk = new ChunkWriter();
    chunk.event(TYPE.execution, sample(chunk, 2000)).event(TYPE.execution, sample(chunk, 2001), 0);
    const broken = chunk.offset;
    chunk.event(1, [0, 0, 0, 0, 99, 99]);
    chunk.checkpoint(constants(chunk), broken - chunk.offset).metadata(CLASSES);
    const profile = imported(chunk.finish());
    assert.deepEqual(stacksOf(profile), ['org.example.Map$Entry.main:34 org.example.Map$Entry.put:12']);
    assert.match(profile.quality.warnings.join(' '), /has broken constants at byte \d+.*no event can be/);
  });

  it('with a class that contains itself loses the constants of it, and says so', () => {
    const chunk = new ChunkWriter();
    const itself = { id: 60, name: 'Ring', fields: [['next', 61]] as const };
    const other = { id: 61, name: 'Gnir', fields: [['next', 60]] as const };
    chunk.event(TYPE.execution, sample(chunk, 2000)).event(60, [1]);
    chunk
      .checkpoint([...constants(chunk), [60, [[1, 1]]], [TYPE.string, [[9, 1]]]])
      .metadata([...CLASSES, itself, other]);
    const profile = imported(chunk.finish());
    assert.equal(profile.samples.length, 1);
    assert.match(profile.quality.warnings[0], /has constants of Ring, which it doesn't describe/);
  });

  it('with classes that double at each of a hundred levels takes no time and no memory', () => {
    const chunk = new ChunkWriter();
    const levels = Array.from({ length: 100 }, (_, level) => ({
      id: 200 + level,
      name: `Level${level}`,
      fields:
        level === 0
          ? []
          : ([
              ['a', 199 + level],
              ['b', 199 + level],
              ['c', 199 + level, 'array'],
            ] as const),
    }));
    chunk.event(TYPE.execution, sample(chunk, 2000)).event(299, [0, 0, 0, 0]);
    chunk.checkpoint([...constants(chunk), [203, [[1, 0, 0, 0, 0, 0, 0, 0]]]]).metadata([...CLASSES, ...levels]);
    assert.equal(imported(chunk.finish()).samples.length, 1);
  });

  it('with counts that are huge is refused or read, without the memory they ask for', () => {
    for (const count of [0x7fffffff, 0xffffffff]) {
      const chunk = new ChunkWriter();
      const empty = [
        { id: 70, name: 'Empty' },
        { id: 71, name: 'Empties', fields: [['all', 70, 'array']] as const },
      ];
      chunk.event(TYPE.execution, sample(chunk, 2000));
      // So many items of a class without fields take no bytes.
      chunk.checkpoint([[71, [[1, ...chunk.int(count)]]], ...constants(chunk)]).metadata([...CLASSES, ...empty]);
      assert.equal(stacksOf(imported(chunk.finish()))[0], 'org.example.Map$Entry.main:34 org.example.Map$Entry.put:12');

      const greedy = new ChunkWriter();
      greedy.event(TYPE.execution, sample(greedy, 2000, 9));
      const frames = [...greedy.long(9), 0, ...greedy.int(count), ...greedy.long(31), 1, 0, 1];
      greedy
        .checkpoint([...constants(greedy).filter(([type]) => type !== TYPE.stack), [TYPE.stack, [frames]]])
        .metadata(CLASSES);
      assert.match(imported(greedy.finish()).quality.warnings[0], /has broken constants/);
    }
  });

  it('with keys that lead nowhere has samples without a stack or a name, and counts them', () => {
    const chunk = new ChunkWriter();
    for (const key of [0, -1, 77]) chunk.event(TYPE.execution, sample(chunk, 2000, key, key));
    chunk.event(TYPE.execution, sample(chunk, 2000, 10));
    const nameless = [...chunk.long(10), 0, 1, ...chunk.long(-5), ...chunk.int(-1), 0, ...chunk.long(99)];
    chunk.checkpoint([...constants(chunk), [TYPE.stack, [nameless]]]).metadata(CLASSES);
    const profile = imported(chunk.finish());
    assert.deepEqual(stacksOf(profile), ['', '', '', '[unknown]:0']);
    assert.deepEqual(profile.quality.warnings, ["Samples without a stack, since the file doesn't hold it: 2."]);
  });

  it('with names of a megabyte and names of properties is read', () => {
    const chunk = new ChunkWriter();
    const long = 'x'.repeat(1 << 20);
    chunk.event(TYPE.execution, sample(chunk, 2000));
    const pools = constants(chunk).map(([type, list]) => {
      if (type !== TYPE.symbol) return [type, list] as const;
      const texts = [
        [51, long],
        [52, '__proto__'],
        [53, 'constructor'],
        [54, '('],
        [55, 'toString'],
      ] as const;
      return [type, texts.map(([key, text]) => [...chunk.long(key), ...chunk.text(text)])] as const;
    });
    const profile = imported(
      chunk
        .checkpoint(pools)
        .metadata([...CLASSES, { id: 500, name: '__proto__', fields: [['__proto__', 500]] }])
        .finish(),
    );
    assert.deepEqual(stacksOf(profile), [`toString.__proto__:34 toString.${long}:12`]);
  });

  it('with a stack of a million frames is read', () => {
    const chunk = new ChunkWriter();
    chunk.event(TYPE.execution, sample(chunk, 2000, 10));
    const frames: number[] = [];
    for (let index = 0; index < 1_000_000; index++) frames.push(31, 12, 0, 1);
    const stack = [...chunk.long(10), 0, ...chunk.int(1_000_000)].concat(frames);
    chunk.checkpoint([...constants(chunk), [TYPE.stack, [stack]]]).metadata(CLASSES);
    assert.equal(imported(chunk.finish()).stacks.length, 1_000_000);
  });

  it('whose clock stands still has samples without times', () => {
    const profile = imported(soundChunk().finish({ ticksPerSecond: 0 }));
    assert.ok(profile.samples.time.every(Number.isNaN));
    assert.match(profile.quality.warnings[0], /clock stands still/);
  });
});
