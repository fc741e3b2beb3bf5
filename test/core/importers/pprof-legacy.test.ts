import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { type Costs, costsAsNamedByGo, goTop } from '../../support/go-pprof.ts';
import { needTool } from '../../support/need-tool.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

describe('what Go prints for people', () => {
  for (const name of ['heap', 'mutex', 'block', 'goroutine']) {
    it(`a ${name} profile has the costs of the functions it names that go tool pprof has of the same as pprof`, {
      skip: needTool('go'),
    }, () => {
      const profile = fixture(`pprof-legacy/go-${name}.txt`);
      const path = fileURLToPath(new URL(`pprof/go-${name}.pb`, FIXTURES));
      for (const [value, { unit }] of profile.values.entries()) {
        const expected = goTop(path, value, unit);
        const own = costsAsNamedByGo(profile, value);
        assert.ok(Object.keys(own).length > 3);
        assert.deepEqual(withoutHidden(own), withoutHidden(expected));
      }
    });
  }

  it('goroutines that hold are three and one, told apart by their labels, and each with what it waits for', () => {
    const counts = fixture('pprof-legacy/go-goroutine.txt');
    const { labelSets, samples, strings } = counts;
    assert.equal(labelSets.length, 1);
    const labelled = samples.labels.findIndex((set) => set !== NONE);
    assert.deepEqual([strings[labelSets.key[0]], strings[labelSets.text[0]]], ['request', 'held']);
    assert.equal(samples.weights[0][labelled], 1);
    const printed = fixture('pprof-legacy/go-goroutine-stacks.txt');
    const states = Array.from(
      printed.samples.labels,
      (set) => printed.strings[printed.labelSets.text[printed.labelSets.start[set]]],
    );
    assert.deepEqual(states.sort(), ['chan receive', 'chan receive', 'chan receive', 'chan receive', 'running']);
  });
});

describe('a profile of gperftools', () => {
  it('has its frames in the files that were mapped, as offsets in them, for symbols to be looked up', () => {
    const { frames, modules, strings } = fixture('pprof-legacy/gperftools-cpu.prof');
    const places = Array.from(
      frames.module,
      (module, at) => [strings[modules.path[module]], frames.address[at]] as const,
    );
    const inProgram = places.filter(([path]) => path === '/tmp/lab/build/planted-c');
    assert.ok(inProgram.length > 10);
    // The program's code lies from 0x1000 to 0x2000 in its file.
    assert.ok(inProgram.every(([, address]) => address >= 0x1000n && address < 0x2000n));
  });

  it('is cut short where the mark of its end is missing, and that is said', () => {
    const bytes = readFileSync(new URL('pprof-legacy/gperftools-cpu.prof', FIXTURES));
    const whole = importProfile(bytesInMemory(bytes));
    const part = importProfile(bytesInMemory(bytes.subarray(0, 1000)));
    assert.ok(part.samples.length > 0 && part.samples.length < whole.samples.length);
    assert.match(part.quality.warnings.join(), /goes beyond the end of the file|have no end/);
  });
});

describe('a text of an old format', () => {
  it('that is growth, fragmentation or of threads is read as pprof reads it', () => {
    const growth = text('heap profile: 2: 30 [2: 30] @ growthz\n1: 10 [1: 10] @ 0x10 0x20\n1: 20 [1: 20] @ 0x30\n');
    assert.deepEqual(totals(growth), { objects: 2, space: 30 });
    assert.deepEqual(growth.quality.warnings, []);
    const threads = text(
      '--- threadz 1 ---\n\n--- Thread 7f01 (name: main/1) stack: ---\n  PC: 0x11 a\n    0x21 b\n--- Thread 7f02 (name: x/2) stack: ---\n    [same as previous thread]\n--- Memory map: ---\n10-100: /bin/x\n',
    );
    assert.deepEqual(totals(threads), { thread: 2 });
    assert.deepEqual([...threads.frames.address], [0x1n, 0x10n]);
  });

  it('that lists less than its head counts, or has lines that are none, says so', () => {
    const cut = text('goroutine profile: total 5\n3 @ 0x1234 0x5678\nwhat is this\n1 @ 0x99');
    assert.deepEqual(totals(cut), { goroutine: 4 });
    const warnings = cut.quality.warnings.join('\n');
    assert.match(warnings, /lists 4 of the 5/);
    assert.match(warnings, /can't be read: 1 line, the first of them line 3/);
    assert.match(warnings, /last line has no end/);
  });

  it('that is cut at any byte is refused, or says what it lacks, or has all its samples', () => {
    for (const name of ['go-heap.txt', 'go-goroutine.txt', 'tcmalloc.heap']) {
      const bytes = readFileSync(new URL(`pprof-legacy/${name}`, FIXTURES));
      const whole = totals(importProfile(bytesInMemory(bytes)));
      for (let cut = 0; cut < bytes.length; cut += 1 + (cut >> 8)) {
        try {
          const part = importProfile(bytesInMemory(bytes.subarray(0, cut)));
          if (part.quality.warnings.length === 0 && name !== 'go-heap.txt')
            assert.deepEqual(totals(part), whole, `${name} at ${cut}`);
        } catch (error) {
          if (!(error instanceof MalformedInput || error instanceof UnrecognisedInput)) throw error;
        }
      }
    }
  });

  it('of long lines, long numbers or many mappings takes little time', () => {
    const start = 'heap profile: 1: 1 [1: 1] @ heap/2\n';
    text(`${start}${'1'.repeat(900_000)}\n1: 1 [1: 1] @ 0x${'f'.repeat(900_000)}\n`);
    const hex = 'f'.repeat(15);
    const maps = Array.from(
      { length: 20_000 },
      (_, at) => `${at.toString(16)}000-${at.toString(16)}fff r-xp 0 0:0 1 /lib/${at}`,
    );
    const samples = Array.from({ length: 20_000 }, (_, at) => `1: 1 [1: 1] @ 0x${hex}${at.toString(16)}`);
    text(`${start}${samples.join('\n')}\nMAPPED_LIBRARIES:\n${maps.join('\n')}\n${'f'.repeat(60_000)}\n`);
  });
});

function fixture(name: string): Profile {
  return importProfile(bytesInMemory(readFileSync(new URL(name, FIXTURES))));
}

function text(content: string): Profile {
  return importProfile(bytesInMemory(Buffer.from(content)));
}

function totals(profile: Profile): Record<string, number> {
  const all = profile.values.map(({ type }, value) => [type, stackWeights(profile, { value }).total]);
  return Object.fromEntries(all);
}

describe('texts of pprof from before protobuf that no program writes', () => {
  const imported = (text: string) => importProfile(bytesInMemory(Buffer.from(text)));

  it('long lines of blanks and brackets are read in time by their length', { timeout: 60_000 }, () => {
    const java = imported(`--- heapz 1 ---\nformat = java\na${' '.repeat(1_000_000)}b\n1 1 @ 0x1\n`);
    assert.equal(java.samples.length, 1);
    const dump = imported(`goroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\nf${'('.repeat(1_000_000)}\n\n`);
    assert.equal(dump.samples.length, 1);
  });

  it('a dump may have the place of each frame, registers and the end of the program, as GOTRACEBACK=crash has it', () => {
    const at = (name: string, line: number) =>
      `main.${name}(0x0?)\n\t/a.go:${line} +0x3e fp=0xc0 sp=0xb0 pc=0x484e1e\n`;
    const dump = imported(
      `panic: boom\n\ngoroutine 1 gp=0x14 m=2 mp=0x14 [running]:\n${at('leaf', 6)}${at('main', 9)}\n` +
        `goroutine 7 gp=0x15 m=nil [select (no cases)]:\n${at('wait', 3)}created by main.main in goroutine 1\n\t/a.go:5 +0x2\n` +
        'rax    0xfffffffffffffffc\nrflags 0x286\nr8     0x0\nexit status 2\n',
    );
    assert.deepEqual(dump.quality.warnings, []);
    const names = Array.from(dump.functions.name, (name) => dump.strings[name]);
    assert.deepEqual(names.sort(), ['main.leaf', 'main.main', 'main.wait']);
    assert.deepEqual([...dump.frames.line].sort(), [3, 6, 9]);
    assert.deepEqual(totals(dump), { goroutine: 2 });
  });

  it('the head of a Java profile may have blanks round its names', () => {
    const { values, origin } = imported(
      '--- contentionz 1 ---\nformat = java\nresolution=microseconds\nms since reset   =   5\n1 1 @ 0x1\n',
    );
    assert.equal(values[1].unit, 'microseconds');
    assert.equal(origin.durationNs, 5e6);
  });

  it('numbers that are too large when they are scaled are nothing, and it is said', () => {
    const nines = '9'.repeat(300);
    const { samples, quality } = imported(
      `--- contention:\ncycles/second = 1\nsampling period = 99999999999999999999\n${nines} ${nines} @ 0x1\n2 0 @ 0x2\n`,
    );
    assert.deepEqual([...samples.weights[0]], [0, 0]);
    assert.equal(samples.weights[1][0], 0);
    assert.ok(samples.weights[1][1] > 0);
    assert.match(quality.warnings.join(), /Taken for 0, since they are too large: 2 numbers/);
  });
});

/**
 * Without what Go's text has no names for (its runtime at the inner ends of stacks, and goexit), and what made the two files: it stood in
 * another place each time.
 */
function withoutHidden(costs: Costs): Costs {
  const isHidden = (name: string) =>
    name === '<unknown>' || name.startsWith('[') || /^runtime\.|^runtime\/pprof|^main\.(write|main)$/.test(name);
  const kept = Object.entries(costs).filter(([name]) => !isHidden(name));
  // The text has no type arguments.
  return Object.fromEntries(kept.map(([name, cost]) => [name.replace(/\[.*\]/, '[...]'), cost]));
}
