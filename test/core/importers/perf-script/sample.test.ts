import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRAME_KINDS, NONE, type Profile } from '../../../../src/core/profile/profile.ts';
import { frames, read, stackFrames, text } from '../../../support/perf-script-text.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

describe('a sample', () => {
  it('has thread, time and weight from its first line and its stack from those below, innermost first', () => {
    const profile = text(`
      Web Content 10/11 [001] 5.5: 1000 cpu-clock:u:
      \t 1010 work+0x10 (/bin/a)
      \t 2020 main+0x20 (/bin/a)

      other 12/12 [000] 5.25: 3000 cpu-clock:u:
      \t 2020 main+0x20 (/bin/a)
    `);
    const { samples, threads, strings, values, origin } = profile;
    assert.deepEqual(values, [
      { type: 'cpu-clock:u', unit: 'nanoseconds' },
      { type: 'samples', unit: 'count' },
    ]);
    assert.deepEqual(
      samples.weights.map((column) => [...column]),
      [
        [1000, 3000],
        [1, 1],
      ],
    );
    assert.deepEqual(
      [[...threads.pid], [...threads.tid]],
      [
        [10, 12],
        [11, 12],
      ],
    );
    assert.deepEqual(
      Array.from(threads.name, (name) => strings[name]),
      ['Web Content', 'other'],
    );
    assert.deepEqual([...samples.time], [0.25e9, 0]);
    assert.deepEqual([origin.startTimeNs, origin.durationNs], [5.25e9, 0.25e9]);
    assert.deepEqual(frames(profile, 0), ['main', 'work']);
  });

  it("keeps a caller's address less one, and as printed where the processor was, also below the kernel", () => {
    const profile = text(`
      a 1 1.5: 1 cycles:
      \tffffffff81000100 read+0x1 ([kernel.kallsyms])
      \tffffffff81000200 entry+0x1 ([kernel.kallsyms])
      \t 1010 libc_read+0x10 (/lib/libc.so.6)
      \t 2020 main+0x20 (/bin/a)
    `);
    assert.deepEqual(
      stackFrames(profile, 0).map((frame) => profile.frames.address[frame]),
      [0x201fn, 0x1010n, 0xffffffff810001ffn, 0xffffffff81000100n],
    );
    assert.deepEqual(
      stackFrames(profile, 0).map((frame) => FRAME_KINDS[profile.frames.kind[frame]]),
      ['native', 'native', 'kernel', 'kernel'],
    );
  });

  it('is the same whatever stack comes before it', () => {
    const random = seededRandom(9);
    const below = (end: number) => Math.floor(random() * end);
    const lines = [
      ['\t  ffffffff81000010 do_work+0x10 ([kernel.kallsyms])'],
      ['\t  ffffffff81000020 asm_exc_page_fault+0x20 ([kernel.kallsyms])'],
      ['\t  401010 leaf+0x10 (/bin/program)'],
      ['\t  401020 inlined_one (inlined)', '\t  401020 inlined_two (inlined)', '\t  401020 holder+0x20 (/bin/program)'],
      ['\t  7f0000001030 call+0x30 (/lib/libpart.so)'],
      ['\t  7f0000001040 astray (inlined)'],
    ];
    const samples = Array.from({ length: 300 }, () => {
      const places = Array.from({ length: 1 + below(5) }, () => lines[below(lines.length)]);
      return `program 1/1 [000] 1.000000: 1 cycles:\n${places.flat().join('\n')}\n\t  400000 main+0x0 (/bin/program)\n\n`;
    });
    const together = read(Buffer.from(samples.join('')));
    for (const [row, sample] of samples.entries()) {
      const alone = read(Buffer.from(sample));
      assert.deepEqual(spelt(together, row), spelt(alone, 0), sample);
    }
  });

  it('has inlined frames in the module of the frame that holds them', () => {
    const profile = text(`
      a 1 1.5: 1 cycles:
      \t 1010 mix+0x10 (inlined)
      \t 1010 blend+0x10 (inlined)
      \t 1010 work+0x10 (/lib/libwork.so)
      \t 2020 main+0x20 (/bin/a)
    `);
    const { frames: table, modules, strings } = profile;
    const rows = stackFrames(profile, 0).map((frame) => [
      table.inlined[frame],
      strings[modules.path[table.module[frame]]],
    ]);
    assert.deepEqual(frames(profile, 0), ['main', 'work', 'blend', 'mix']);
    assert.deepEqual(rows, [
      [0, '/bin/a'],
      [0, '/lib/libwork.so'],
      [1, '/lib/libwork.so'],
      [1, '/lib/libwork.so'],
    ]);
  });

  it('has one frame more for each method that a compiler for Java inlined', () => {
    const profile = text(`
      java 1 1.5: 1 cycles:
      \t 7f10 La/Outer;.run()V->La/Inner;.step(I)I (/tmp/perf-1.map)
      \t 2020 operator-> (/bin/a)
    `);
    assert.deepEqual(frames(profile, 0), ['operator->', 'La/Outer;.run', 'La/Inner;.step']);
    assert.deepEqual(
      stackFrames(profile, 0).map((frame) => profile.frames.inlined[frame]),
      [0, 0, 1],
    );
    assert.equal(profile.strings[profile.functions.fullName[1]], 'La/Outer;.run()V');
  });

  it('has the source lines that stand below its places', () => {
    const profile = text(`
      a 1 1.5: 1 cycles:
      \t 1010 mix+0x10
      __b.h:9 (inlined)
      \t 1010 work+0x10 (/bin/a)
      __a.c:12
      \t 2020 main+0x20 (/bin/a)
      __a.c:30 (discriminator 3)
      \t 3030 start (/lib/libc.so.6)
      __libc.so.6[3030]
      \t 3031 clone (/lib/libc.so.6)
      __??:0
    `);
    const { functions, frames: table, strings } = profile;
    assert.deepEqual(
      stackFrames(profile, 0).map((frame) => [
        strings[functions.file[table.function[frame]]],
        table.line[frame],
        table.inlined[frame],
      ]),
      [
        ['', 0, 0],
        ['', 0, 0],
        ['a.c', 30, 0],
        ['a.c', 12, 0],
        ['b.h', 9, 1],
      ],
    );
  });

  it('has each line in its file where a function takes lines from another', () => {
    const { functions, frames, strings } = text(`
      a 1 1.5: 1 cycles:
      \t 1010 work+0x10 (/bin/a)
      __a.c:12

      a 1 1.6: 1 cycles:
      \t 1020 work+0x20 (/bin/a)
      __vector.h:900
    `);
    assert.equal(functions.length, 1);
    assert.equal(strings[functions.file[0]], 'a.c');
    assert.deepEqual(
      Array.from(frames.line, (line, frame) => `${strings[frames.file[frame]]}:${line}`),
      ['a.c:12', 'vector.h:900'],
    );
  });

  it('without a symbol is named by module and address, without a module by its address', () => {
    const profile = text(`
      a 1 1.5: 1 cycles:
      \t 1010 [unknown] (/lib/libwork.so)
      \t 20 [unknown] ([unknown])
    `);
    assert.deepEqual(frames(profile, 0), ['0x1f', 'libwork.so+0x1010']);
  });

  it('may stand on one line, without a call chain', () => {
    const profile = text(`
                 false 39654 19115.489713:          1 cycles:  ffffffff9b201293 [unknown] ([unknown])
                 false 39654 19115.489719:          1 cycles:      7fa68b1f2d84 _dl_start+0x4 (/usr/lib/ld-2.31.so)
      __rtld.c:500
            faded cafe 39655 19115.489719:          1 cycles:      7fa68b1f2d84 _dl_start+0x4 (/usr/lib/ld-2.31.so)
    `);
    assert.equal(profile.samples.length, 3);
    assert.deepEqual(
      [0, 1, 2].map((sample) => frames(profile, sample)),
      [['0xffffffff9b201293'], ['_dl_start'], ['_dl_start']],
    );
    assert.deepEqual([...profile.frames.line], [0, 500, 0]);
  });

  it('may have no first line at all', () => {
    const profile = text(`

      \t 1010 work (/bin/a)
      \t 2020 main (/bin/a)

      \t 2020 main (/bin/a)
    `);
    assert.deepEqual([frames(profile, 0), frames(profile, 1)], [['main', 'work'], ['main']]);
    assert.deepEqual([...profile.samples.thread], [NONE, NONE]);
    assert.deepEqual(profile.values, [{ type: 'samples', unit: 'count' }]);
  });

  it('may have no stack, and weighs all the same', () => {
    const profile = text(`
      a 1 1.5: 7 cycles:

      a 1 1.6: 8 cycles:
      \t 2020 main (/bin/a)
    `);
    assert.deepEqual([...profile.samples.stack], [NONE, 0]);
    assert.deepEqual([...profile.samples.weights[0]], [7, 8]);
  });

  it('may have registers, branches and instructions below its stack, which are passed over', () => {
    const profile = text(`
      a 1 1.5: 7 cycles:
      \t 2020 main (/bin/a)
       0x401/0x402/P/-/-/0  0x501/0x502/P/-/-/0
       ABI:2    AX:0x0    BX:0x1

      a 1 1.6: 7 cycles:
      \t 2020 main (/bin/a)

    `);
    assert.deepEqual(frames(profile, 0), ['main']);
    assert.deepEqual(profile.quality.warnings, []);
  });
});

/** A sample's frames, innermost first. */
function spelt({ samples, stacks, frames, functions, modules, strings }: Profile, sample: number): string[] {
  const found: string[] = [];
  for (let at = samples.stack[sample]; at !== NONE; at = stacks.parent[at]) {
    const frame = stacks.frame[at];
    const name = strings[functions.name[frames.function[frame]]];
    const module = frames.module[frame] === NONE ? '' : strings[modules.path[frames.module[frame]]];
    found.push(`${name} ${frames.address[frame]} ${module} ${frames.kind[frame]} ${frames.inlined[frame]}`);
  }
  return found;
}
