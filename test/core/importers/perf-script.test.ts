import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { importerFor, importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput } from '../../../src/core/importers/importer.ts';
import { PerfScriptParser } from '../../../src/core/importers/perf-script/parser.ts';
import { perfScript } from '../../../src/core/importers/perf-script.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { FRAME_KINDS, NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { foldedStacks } from '../../../src/core/writers/folded.ts';
import { frames, parse, read, text } from '../../support/perf-script-text.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/perf-script');
const FILES = readdirSync(FIXTURES).filter((name) => name.endsWith('.txt'));

describe('the text of perf script', () => {
  for (const name of FILES) {
    it(`is recognised by its content, and read whole: ${name}`, () => {
      const bytes = readFileSync(join(FIXTURES, name));
      assert.ok(perfScript.recognises(bytes.subarray(0, 65536)));
      const profile = read(bytes);
      assert.ok(profile.samples.length > 0);
      const doubts = profile.quality.warnings.filter((warning) => !warning.startsWith('Samples without a period'));
      assert.deepEqual(doubts, []);
    });

    it(`gives the same whatever chunks it comes in: ${name}`, () => {
      const bytes = readFileSync(join(FIXTURES, name));
      const whole = read(bytes);
      for (const size of [1, 2, 3, 7, 64, 1000]) assert.deepEqual(parse(bytes, {}, size), whole, `chunks of ${size}`);
    });

    it(`gives the same with CRLF at the ends of lines: ${name}`, () => {
      const text = readFileSync(join(FIXTURES, name), 'latin1');
      assert.deepEqual(read(Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1')), read(Buffer.from(text, 'latin1')));
    });
  }

  it('without events is read with the columns it has', () => {
    const files: [string, string[]][] = [
      ['ip,sym', [' - -']],
      ['time,ip,sym', [' - -']],
      ['comm,ip,sym,dso', ['blend - -', 'checksum - -', 'planted-c - -']],
      ['pid,tid,ip,sym,dso', [' 2446 2446', ' 2446 2448', ' 2446 2449']],
    ];
    for (const [fields, expected] of files) {
      const bytes = readFileSync(join(FIXTURES, `fields-${fields.replaceAll(',', '-')}.txt`));
      assert.equal(importerFor(bytesInMemory(bytes))?.format, 'perf script', fields);
      const profile = read(bytes);
      const { samples, threads, strings, quality } = profile;
      const names = Array.from(samples.thread, (thread) =>
        thread === NONE
          ? ' - -'
          : `${strings[threads.name[thread]]} ${known(threads.pid[thread])} ${known(threads.tid[thread])}`,
      );
      assert.deepEqual([...new Set(names)].sort(), expected, fields);
      // As perf report counts them.
      const counts = ['price_of', 'fold_block', 'blend_work'].map(
        (name) => Array.from(samples.stack.keys()).filter((sample) => frames(profile, sample).at(-1) === name).length,
      );
      assert.deepEqual(counts, [29, 6, 5], fields);
      assert.deepEqual(quality.warnings.length, 1, quality.warnings.join());
      for (const size of [1, 7, 64]) assert.deepEqual(parse(bytes, {}, size), profile, `chunks of ${size}`);
    }
  });

  it('is recognised by the comments before it, which no other line of equals signs is', () => {
    const recognises = (start: string) => perfScript.recognises(Buffer.from(start));
    assert.ok(recognises('# ========\n# captured on    : Tue Jul 21 12:00:00 2020\n'));
    assert.ok(!recognises('# PostgreSQL User Name Maps\n# =========================\n#\n'));
  });

  it('with raw records is refused with what to open instead', () => {
    const dump =
      '\n0x108@perf.data [0x50]: event: 69\n.\n. ... raw event: size 80 bytes\n.  0000:  45 00 00 00  E...\n';
    assert.throws(
      () => importProfile(bytesInMemory(Buffer.from(dump))),
      /dump of raw records.*open the perf.data file/,
    );
  });

  it('of threads whose names have a line end in them keeps their numbers and places, and says what it left out', () => {
    const alone = text(`
                  b2 26852  3610.04:   10 cpu-clock:      55d97e7a116e leaf (/bin/spin)
                   a
      b 26853  3610.08:   10 cpu-clock:      55d97e7a116e leaf (/bin/spin)
    `);
    const stacks = text(`
      a
      b 26853  3610.08:   10 cpu-clock:
      \t    55d97e7a116e leaf (/bin/spin)

    `);
    for (const profile of [alone, stacks]) {
      const last = profile.samples.length - 1;
      assert.equal(profile.threads.tid[profile.samples.thread[last]], 26853);
      assert.deepEqual(frames(profile, last), ['leaf']);
      assert.match(profile.quality.warnings.join(' '), /left out, not understood: 1. The first is line \d, "a"/);
    }
  });

  it('cut at any byte keeps the samples before the cut, or is refused clearly', () => {
    const bytes = readFileSync(join(FIXTURES, 'events-and-records.txt')).subarray(0, 6000);
    const whole = read(bytes);
    for (let cut = 0; cut < bytes.length; cut++) {
      const profile = readOrRefused(bytes.subarray(0, cut));
      if (!profile) continue;
      const before = completeSamples(bytes.subarray(0, cut));
      const { length, stack } = profile.samples;
      assert.ok(
        length >= before && length <= before + 1,
        `cut at ${cut}: ${length} samples, ${before} of them complete`,
      );
      for (let sample = 0; sample < before; sample++) {
        assert.equal(depthOf(profile, stack[sample]), depthOf(whole, whole.samples.stack[sample]), `cut at ${cut}`);
      }
    }
  });

  it('with bytes changed at random is read in part, or is refused clearly', () => {
    const random = seededRandom(11);
    for (const name of FILES) {
      const sound = readFileSync(join(FIXTURES, name));
      for (let round = 0; round < 60; round++) {
        const bytes = Buffer.from(sound);
        for (let change = 0; change < 20; change++) {
          const at = Math.floor(random() * bytes.length);
          bytes[at] =
            random() < 0.5 ? ' \n\t:()/[]#0'.charCodeAt(Math.floor(random() * 11)) : Math.floor(random() * 256);
        }
        readOrRefused(bytes);
      }
    }
  });
});

describe('what -F and --show-… add below a stack', () => {
  const header = 'p 7 [000] 1.000001: 1 cpu-clock: \n\t 401000 main+0x1 (/bin/x)\n';

  it('may be registers, which end the sample: no blank line does', () => {
    const profile = read(Buffer.from(`${header} ABI:2    AX:0x0    IP:0x40 \n`.repeat(3)));
    assert.equal(profile.samples.length, 3);
    assert.deepEqual(profile.quality.warnings, []);
  });

  it('may be the namespaces of a process, which are no lines of a stack', () => {
    const record =
      'p 7 [000] 1.0: PERF_RECORD_NAMESPACES 7/7 - nr_namespaces: 7\n\t\t[0/net: 4/0xeff, 1/uts: 4/0xefe, \n';
    const profile = read(Buffer.from(`${record}\t\t 4/user: 4/0xefd, 6/cgroup: 4/0xefb]\n${header}\n`));
    assert.equal(profile.samples.length, 1);
    assert.deepEqual(profile.quality.warnings, []);
  });
});

describe('the address of data on the first line of a sample', () => {
  const line = (text: string) => `p 7 [000] 1.000001: 1 page-faults: ${text}\n`;
  const chain = (name: string) => `\t 401136 ${name}+0x6 (/bin/x)\n\t 401000 main+0x1 (/bin/x)\n\n`;

  it('is no place of the stack below it', () => {
    const header = line('7fa8 table+0x8 (/lib/a.so)');
    const profile = read(Buffer.from(`${header}${chain('f')}${header}${chain('f')}${header}${chain('g')}`));
    assert.deepEqual(
      [0, 1, 2].map((sample) => frames(profile, sample).join()),
      ['main,f', 'main,f', 'main,g'],
    );
  });

  it('is no place where there is no stack, either', () => {
    const text = line('7fa8 table+0x8 (/lib/a.so)           401136 f+0x6 (/bin/x)');
    const profile = read(Buffer.from(text + text));
    assert.deepEqual([frames(profile, 0), frames(profile, 1)], [['f'], ['f']]);
  });
});

describe('the text of perf script, as it is stored', () => {
  it('may be UTF-16, or have a byte-order mark', () => {
    const text = readFileSync(join(FIXTURES, 'planted-c.txt'), 'utf8');
    for (const bytes of [Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
      assert.ok(perfScript.recognises(bytes.subarray(0, 65536)));
      assert.deepEqual(read(bytes), read(Buffer.from(text)));
    }
  });
});

describe('events', () => {
  const profile = text(`
    a 1 1.5: 100 cycles:
    \t 10 work (/bin/a)

    a 1 1.5: 1 page-faults:u:
    \t 10 work (/bin/a)

    a 1 1.6: 300 cycles:
    \t 20 main (/bin/a)

    a 1 1.7: sched:sched_switch: prev_comm=a (x)
    \t 20 main (/bin/a)

    a 1 1.8: 5 dummy:HG:
  `);

  it('have a value each that weighs their periods, and one that counts their samples', () => {
    const totals = profile.values.map(({ type, unit }, value) => [
      type,
      unit,
      profile.samples.weights[value].reduce((a, b) => a + b),
    ]);
    assert.deepEqual(totals, [
      ['cycles', 'count', 400],
      ['cycles samples', 'count', 2],
      ['page-faults:u', 'count', 1],
      ['page-faults:u samples', 'count', 1],
      ['sched:sched_switch samples', 'count', 1],
    ]);
    assert.equal(profile.defaultValue, 0);
  });

  it('that are placeholders are left out', () => {
    assert.equal(profile.samples.length, 4);
  });

  it('without periods say so', () => {
    assert.match(profile.quality.warnings.join(), /Samples without a period: 1\./);
  });
});

describe('what stands around the samples', () => {
  it('tells of the recording: host, version, command and frequency', () => {
    const { origin, quality } = read(readFileSync(join(FIXTURES, 'planted-c.txt')));
    assert.equal(origin.hostname, 'vm');
    assert.equal(origin.architecture, 'x86_64');
    assert.match(origin.producer, /^perf 6\./);
    assert.deepEqual(origin.commandLine.slice(0, 2), ['/usr/bin/perf', 'record']);
    assert.equal(quality.requestedHz, 49);
  });

  it('tells of lost samples, throttling, build-ids and the processes of threads', () => {
    const { quality, modules, threads, strings } = text(`
      a 1 1.0: PERF_RECORD_MMAP2 1/1: [0x4000(0x1000) @ 0 <0123456789abcdef0123456789abcdef01234567>]: r-xp /bin/a
      a 1 1.1: PERF_RECORD_FORK(1:2):(1:1)
      a 1 1.2: PERF_RECORD_LOST lost 5
      a 1 1.3: PERF_RECORD_LOST_SAMPLES lost 7
      a 1 1.3: PERF_RECORD_THROTTLE
      a 2 1.5: 1 cycles:
      \t 10 work (/bin/a)
    `);
    assert.deepEqual([quality.lostSamples, quality.throttled], [12, 1]);
    assert.equal(strings[modules.buildId[0]], '0123456789abcdef0123456789abcdef01234567');
    assert.deepEqual([threads.pid[0], threads.tid[0]], [1, 2]);
  });

  it('is said to be left out where it is not understood, with its line', () => {
    const { samples, quality } = text(`
      a 1 1.5: 1 cycles:
      \t 10 work (/bin/a)
      \t THIS_IS_A_WEIRD_LINE
      nor is this

      \t 10 orphan (/bin/a)
    `);
    assert.equal(samples.length, 1);
    assert.deepEqual(quality.warnings, [
      'Lines left out, not understood: 3. The first is line 3, "THIS_IS_A_WEIRD_LINE".',
    ]);
  });

  it('is left out where a line is longer than a megabyte, and memory stays bounded', () => {
    const parser = new PerfScriptParser();
    parser.write(Buffer.from('a 1 1.5: 1 cycles:\n\t 10 work (/bin/a)\n\t'));
    const chunk = Buffer.alloc(1 << 16, 'x');
    for (let chunks = 0; chunks < 800; chunks++) parser.write(chunk);
    parser.write(Buffer.from('\n\n'));
    const { samples, quality } = parser.finish();
    assert.equal(samples.length, 1);
    assert.deepEqual(quality.warnings, ['Lines left out, longer than 1 MB: 1.']);
  });

  it('is refused where there are no samples in it', () => {
    assert.throws(
      () => text('what is this\nand this'),
      (error) => error instanceof MalformedInput && /line 1, "what is this"/.test(error.message),
    );
  });
});

describe('a text of more different places than can be held', () => {
  it('is refused', () => {
    const places = (count: number) =>
      Array.from({ length: count }, (_, at) => `\t ${at + 1} f${at} (/bin/a)\n`).join('');
    const bytes = (count: number) => Buffer.from(`a 1 1.5: 1 cycles:\n${places(count)}`);
    assert.equal(parse(bytes(100), { mostPlaces: 100 }).frames.length, 100);
    assert.throws(() => parse(bytes(101), { mostPlaces: 100 }), /perf script: more than 100 different places/);
  });
});

describe('a stream whose symbols are looked up elsewhere', () => {
  it('has frames of module and address, without functions and without inlined frames', () => {
    const lines = `
      a 1 1.5: 1 cycles:
      \tffffffff81000100 read+0x1 ([kernel.kallsyms])
      \t 1010 mix+0x10 (inlined)
      \t 1010 work+0x10 (/bin/a)
      \t 7f20 jitted (/tmp/perf-1.map)
    `;
    const { frames: table, functions, modules, strings } = text(lines, { unresolved: true });
    assert.equal(functions.length, 0);
    const rows = Array.from(table.address, (address, frame) => [
      address,
      strings[modules.path[table.module[frame]]],
      FRAME_KINDS[table.kind[frame]],
      table.function[frame],
    ]);
    assert.deepEqual(rows, [
      [0x7f1fn, '/tmp/perf-1.map', 'jit', NONE],
      [0x1010n, '/bin/a', 'native', NONE],
      [0xffffffff81000100n, '[kernel.kallsyms]', 'kernel', NONE],
    ]);
  });
});

describe('recognising perf script', () => {
  const OTHERS = {
    'folded stacks': 'main;run;work 12\nmain;rest 3\n',
    'a log': '2026-01-02 12:30:00 INFO started 12 workers: ready\n',
    ftrace: '# tracer: nop\n#\n bash-1977 [000] .... 17284.993652: sys_close: 3\n',
    'a number, a time and no event': 'worker 12 1.5: started\n',
    'a header whose stack is missing': 'Error 404 not-found:\nsee above\n',
    'binary data': 'a 1 1.5: 1 cycles:\n\t 10 work (/bin/a)\n\0',
    nothing: '',
    Go: 'func main() {\n\tadd (x)\n}\n',
    'words after a number and a colon': 'Error at line 12 failed: add it (now)\n',
    'an error with what led to it': 'Error 404 not-found: here\n\tadd more\n',
  };
  const ITS_OWN = {
    'no time, and no call chain': ['sh 7/7 cpu-clock:  ffffffff813369dd write_msr ([kernel.kallsyms])\n', 'write_msr'],
    'no time, and no modules': ['sh 7 cpu-clock: \n\tffffffff813369dd write_msr\n\n', 'write_msr'],
    'no time, and offsets': ['sh 7 1 cpu-clock: \n\t            1139 f+0x10\n\n', 'f'],
  };
  for (const [what, content] of Object.entries(OTHERS)) {
    it(`does not take ${what} for it`, () => assert.equal(perfScript.recognises(Buffer.from(content)), false));
  }
  for (const [what, [content, name]] of Object.entries(ITS_OWN)) {
    it(`takes what has ${what}, by -F, and reads it`, () => {
      const bytes = Buffer.from(content.repeat(3));
      assert.ok(perfScript.recognises(bytes));
      const profile = read(bytes);
      assert.deepEqual([frames(profile, 0), frames(profile, 2)], [[name], [name]]);
    });
  }
});

function readOrRefused(bytes: Uint8Array): Profile | undefined {
  try {
    const profile = read(bytes);
    foldedStacks(profile);
    return profile;
  } catch (error) {
    assert.ok(error instanceof MalformedInput, String(error));
    return undefined;
  }
}

/** Samples whose last line, an empty one, is there. */
function completeSamples(bytes: Uint8Array): number {
  return Buffer.from(bytes).toString('latin1').split('\n\n').length - 1;
}

/** A number, or a dash where it isn't known. */
function known(number: number): string {
  return number === NONE ? '-' : String(number);
}

function depthOf({ stacks }: Profile, stack: number): number {
  let depth = 0;
  for (let at = stack; at !== NONE; at = stacks.parent[at]) depth++;
  return depth;
}
