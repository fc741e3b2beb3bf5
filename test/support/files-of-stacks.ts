import { message, smallProfile } from './pprof/pprof-file.ts';

/** Writes a file of one sample whose stack are these functions, outermost first: by format. */
export const FILES_OF_STACKS: Readonly<Record<string, (names: readonly string[]) => Uint8Array>> = {
  folded: (names) => Buffer.from(`${names.join(';')} 1\n`),
  'py-spy raw': (names) => Buffer.from(`${names.map((name) => `${name} (a.py:1)`).join(';')} 1\n`),
  austin: (names) =>
    Buffer.from(
      `# austin: 4.0.0\n# interval: 100\n# mode: wall\n\nP1;T1;${names.map((name) => `a.py:${name}:1`).join(';')} 100\n`,
    ),
  'perf script': (names) => {
    const lines = names.toReversed().map((name) => `\t    10 ${name} (/bin/a)\n`);
    return Buffer.from(`a 1 1.5: 100 cycles:\n${lines.join('')}\n`);
  },
  speedscope: (names) => {
    const frames = [...new Set(names)];
    const indices = new Map(frames.map((name, at) => [name, at]));
    const profile = {
      type: 'sampled',
      name: 'p',
      unit: 'none',
      startValue: 0,
      endValue: 1,
      samples: [names.map((name) => indices.get(name))],
      weights: [1],
    };
    return json({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      shared: { frames: frames.map((name) => ({ name })) },
      profiles: [profile],
    });
  },
  'V8 cpuprofile': (names) => {
    const place = { scriptId: '1', url: 'file:///a.js', lineNumber: 1, columnNumber: 1 };
    const nodes = ['(root)', ...names].map((functionName, at) => ({
      id: at + 1,
      callFrame: { functionName, ...place },
      hitCount: at === names.length ? 1 : 0,
      children: at === names.length ? [] : [at + 2],
    }));
    return json({ nodes, startTime: 1000, endTime: 2000, samples: [names.length + 1], timeDeltas: [1000] });
  },
  'V8 heapprofile': (names) => {
    const open = ['(root)', ...names].map((functionName, at) => {
      const callFrame = { functionName, scriptId: '1', url: 'file:///a.js', lineNumber: 1, columnNumber: 1 };
      const size = at === names.length ? 64 : 0;
      return `{"callFrame":${JSON.stringify(callFrame)},"selfSize":${size},"id":${at + 1},"children":[`;
    });
    return Buffer.from(
      `{"head":${open.join('')}${']}'.repeat(open.length)},"samples":[{"size":64,"nodeId":${open.length},"ordinal":1}]}`,
    );
  },
  'Chrome trace': (names) => {
    const event = (ph: string, name: string, ts: number) => ({ ph, name, cat: 'c', ts, pid: 1, tid: 1 });
    const begins = names.map((name) => event('B', name, 1));
    const ends = names.toReversed().map((name) => event('E', name, 9));
    return json({ traceEvents: [...begins, ...ends] });
  },
  dhat: (names) => {
    const frames = [...new Set(names)];
    const indices = new Map(frames.map((name, at) => [name, at + 1]));
    const table = ['[root]', ...frames.map((name, at) => `0x${(at + 16).toString(16)}: ${name} (a.c:1)`)];
    const point = { tb: 8, tbk: 1, fs: names.toReversed().map((name) => indices.get(name)) };
    return json({
      dhatFileVersion: 2,
      mode: 'ad-hoc',
      verb: 'Allocated',
      bklt: false,
      bkacc: false,
      tu: 'instrs',
      Mtu: 'Minstr',
      cmd: 'a',
      pid: 1,
      te: 10,
      pps: [point],
      ftbl: table,
    });
  },
  pprof: (names) => {
    const functions = [...new Set(names)];
    const ids = new Map(functions.map((name, at) => [name, at + 1]));
    return message(smallProfile(functions, [names.toReversed().map((name) => ids.get(name)!)]));
  },
};

/** Formats that are not in the table, and why. */
export const UNABLE: Readonly<Record<string, string>> = {
  'perf.data': 'has no names of functions, and 65,535 bytes at most in a record',
  jfr: 'has its own tests of this, with its own writer',
  simpleperf: 'has its own tests of broken files',
  'austin mojo': 'is what Austin writes as text, in other bytes',
  'async-profiler collapsed': 'is folded text, with marks on names',
  'pprof-legacy': 'has addresses, or names by line',
  callgrind: 'has a graph of calls, and its own tests of this',
  'Firefox profile': 'has its own tests of tables that lead in a circle',
  scalene: 'has lines and no stacks',
  pyinstrument: 'has its own test of a deep tree',
};

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
