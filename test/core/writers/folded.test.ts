import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { operated } from '../../../src/core/profile/operations/index.ts';
import { NONE } from '../../../src/core/profile/profile.ts';
import { type FoldedOptions, folded, foldedStacks } from '../../../src/core/writers/folded.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';

function text(profile: Parameters<typeof foldedStacks>[0], options?: FoldedOptions): string {
  return Buffer.from(foldedStacks(profile, options)).toString();
}

/** The text of one sample of one frame. */
function frameText(
  name: string,
  module = '/bin/a',
  thread = 'main',
  { format = 'perf.data', ...options }: FoldedOptions & { format?: string } = {},
): string {
  const builder = new ProfileBuilder();
  const index = module === '' ? NONE : builder.module(module);
  const kind = module.endsWith('.map') ? 'jit' : 'native';
  const frame = builder.frame({
    function: builder.function({ name, module: index }),
    module: index,
    address: 0x10n,
    kind,
  });
  builder.addWeight(
    builder.sample(builder.stackOf([frame]), builder.thread(5, 6, thread), 0),
    builder.value('v', 'count'),
    1,
  );
  return text(builder.finish({ origin: { format } }), options);
}

describe('folded stacks', () => {
  it('add up equal stacks, in order of the text', () => {
    const profile = drawnProfile(`
      #w    5     2     1     4
      main  main  main  .
      work  idle  work  .
    `);
    assert.equal(text(profile), 'main 4\nmain;main;idle 2\nmain;main;work 6\n');
  });

  it('leave out what weighs nothing, and are of the value that is asked for', () => {
    const profile = drawnProfile(`
      #e    cycles  faults
      #w    100     3
      main  main
      a     b
    `);
    assert.equal(text(profile), 'main;main;a 100\n');
    assert.equal(text(profile, { value: 1 }), 'main;main;b 3\n');
  });

  it('have no place for what they are a part of, which is said', () => {
    const profile = drawnProfile('main\n');
    const told = (looked: readonly string[]) => folded.losses(profile, { looked }).filter((loss) => /part/.test(loss));
    assert.deepEqual(told([]), []);
    assert.deepEqual(told(['only with /leaf/', 'from 2 s']), [
      'That it is a part of the recording is not written: only with /leaf/, from 2 s.',
    ]);
  });

  it('are of one thread for all of its name, unless numbers are asked for', () => {
    const profile = drawnProfile(`
      #t  worker  worker
      f   f
    `);
    assert.equal(text(profile), 'worker;f 2\n');
    assert.equal(text(profile, { threadNumbers: 'pid' }), 'worker-1;f 2\n');
    assert.equal(text(profile, { threadNumbers: 'tid' }), 'worker-1/1;f 2\n');
  });

  it('are spelt as stackcollapse-perf.pl spells them', () => {
    assert.equal(frameText('f;g'), 'main;f:g 1\n');
    assert.equal(frameText('f(int, char)'), 'main;f 1\n');
    assert.equal(frameText('(anonymous namespace)::f'), 'main;(anonymous namespace)::f 1\n');
    assert.equal(frameText('net/http.(*Client).Do'), 'main;net/http.(*Client).Do 1\n');
    assert.equal(frameText(`RegExp:["']`), 'main;RegExp:[] 1\n');
    assert.equal(frameText('La/B;.run', '/tmp/perf-5.map', 'java'), 'java;a/B:.run 1\n');
    assert.equal(frameText('La/B;.run', '/tmp/perf-5.map', 'other'), 'other;La/B:.run 1\n');
    assert.equal(frameText('f', '/bin/a', 'Web Content'), 'Web_Content;f 1\n');
  });

  it('have whole names where perf recorded none of them', () => {
    for (const name of [
      '(garbage collector)',
      '<F as core::ops::function::FnOnce<()>>::call_once',
      'Foo::operator()(int) const',
      './index.js:(anonymous):22',
      'decltype(auto) foo<int>()',
      `it's "quoted"`,
      'libfoo.so.1+0x10',
      '0x234f2abc',
    ]) {
      assert.equal(frameText(name, '/bin/a', 'main', { format: 'V8 cpuprofile' }), `main;${name} 1\n`);
    }
    assert.equal(frameText('La/B;.run\u0001', '/bin/a', 'main', { format: 'folded' }), 'main;La/B:.run  1\n');
    assert.equal(frameText('', '/lib/a.so', 'main', { format: 'pprof' }), 'main;[a.so] 1\n');
  });

  it('have the module for a frame without a symbol', () => {
    assert.equal(frameText('libfoo.so.1+0x10', '/usr/lib/libfoo.so.1'), 'main;[libfoo.so.1] 1\n');
    assert.equal(frameText('[vdso]+0x10', '[vdso]'), 'main;[[vdso]] 1\n');
    assert.equal(frameText('0x10', ''), 'main;[unknown] 1\n');
  });

  it('have what stands for a thread or a package of a perf recording as it is called, so that two of one name are two', () => {
    const drawn = drawnProfile(`
      #t  one   two
          main  main
    `);
    const { threads } = drawn;
    const named = { ...drawn, threads: { ...threads, name: new Int32Array(threads.length).fill(threads.name[0]) } };
    const ofPerf = { ...named, origin: { ...named.origin, format: 'perf.data' } };
    assert.equal(text(operated(ofPerf, [{ op: 'root', by: 'thread' }])), 'one;one (1);main 1\none;one (2);main 1\n');
  });

  it('mark kernel and JIT frames where that is asked for', () => {
    const marks = { marksKernel: true, marksJit: true };
    assert.equal(frameText('read', '[kernel.kallsyms]', 'main', marks), 'main;read_[k] 1\n');
    assert.equal(frameText('run', '/tmp/perf-5.map', 'main', marks), 'main;run_[j] 1\n');
    assert.equal(frameText('main', '/bin/a', 'main', marks), 'main;main 1\n');
  });

  it('never break a line, whatever a name holds', () => {
    assert.equal(frameText('a\nb\r', '/bin/a', 'x\ny'), 'x_y;a b  1\n');
  });

  it('never break a line, whatever a thread or a module is called', () => {
    assert.equal(frameText('f', '/bin/a', 'a\0b;\u0085c'), 'a_b__c;f 1\n');
    for (const format of ['perf.data', 'simpleperf'])
      assert.equal(frameText('', '/tmp/a;b\nc.so', 'main', { format }), 'main;[a:b c.so] 1\n');
  });

  it('have a sample without a stack as its thread alone, or else as its number alone, and say so', () => {
    const ofThread = drawnProfile(`
      #w    5     7
      main  .
    `);
    const noThread = { ...ofThread, samples: { ...ofThread.samples, thread: new Int32Array(2).fill(NONE) } };
    assert.equal(text(ofThread), 'main 7\nmain;main 5\n');
    assert.match(folded.losses(ofThread).join(' '), /without a stack look like a frame: they are their thread alone\./);
    assert.equal(text(noThread), ' 7\nmain 5\n');
    assert.match(
      folded.losses(noThread).join(' '),
      /without a stack are a number alone, which some programs leave out\./,
    );
    const whole = drawnProfile('main  main');
    assert.doesNotMatch(folded.losses(whole).join(' '), /without a stack/);
    const again = importProfile(bytesInMemory(foldedStacks(noThread), 'a.folded'));
    assert.deepEqual(
      [...again.samples.stack].map((stack) => stack === NONE),
      [true, false],
    );
    assert.deepEqual([...again.samples.weights[0]], [7, 5]);
  });

  it('say what they leave out', () => {
    const profile = drawnProfile(`
      #e    cycles  faults
      main  main
      ~a    b
    `);
    assert.doesNotMatch(folded.losses(profile).join(' '), /Names/);
    const losses = folded.losses(profile).join(' ');
    for (const lost of ['lines', 'modules', 'One value', 'What the numbers count', 'Times', 'Inlined'])
      assert.match(losses, new RegExp(lost));
  });
});
