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
  'async-profiler collapsed': (names) =>
    Buffer.from(`[main tid=1];${names.map((name) => `${name}_[j]`).join(';')} 1\n`),
  'austin mojo': (names) => {
    const known = new Map([...new Set(names)].map((name, at) => [name, at + 2] as const));
    const strings = [...known].map(([name, key]) => [11, ...integer(key), ...Buffer.from(name), 0]);
    const frames = [...known.values()].map((key) => [3, ...integer(key), 1, ...integer(key), 5, 5, 1, 2]);
    const bytes = [
      ...[...Buffer.from('MOJ'), 4, 1, ...Buffer.from('mode\0wall\0'), 2, 7, 0, ...Buffer.from('a\0')],
      ...[11, 1, ...Buffer.from('x.py\0')],
    ];
    const stack = names.map((name) => Uint8Array.of(5, ...integer(known.get(name)!)));
    return Buffer.concat([
      Uint8Array.from(bytes),
      ...[...strings, ...frames].map((event) => Uint8Array.from(event)),
      ...stack,
      Uint8Array.of(9, 10),
    ]);
  },
  'pprof-legacy': (names) => {
    // The stack is of addresses to return to, the names are of the byte before.
    const places = names.map((name, at) => ({ name, address: 0x400010 + at * 16 })).reverse();
    const hex = (address: number) => `0x${address.toString(16)}`;
    const stack = places.map(({ address }) => hex(address)).join(' ');
    const lines = places.map(({ name, address }) => `#\t${hex(address - 1)}\t${name}+0x1\ta.go:1\n`);
    return Buffer.from(`goroutine profile: total 1\n1 @ ${stack}\n${lines.join('')}\n`);
  },
  callgrind: (names) => {
    // What a function calls costs as much as the call; only the innermost costs anything itself.
    const functions = names.map((name, at) => {
      const next = names[at + 1];
      return `fl=a.c\nfn=${name}\n${next === undefined ? '1 5\n' : `cfn=${next}\ncalls=1 1\n1 5\n`}`;
    });
    return Buffer.from(`# callgrind format\nversion: 1\npositions: line\nevents: Ir\n\n${functions.join('\n')}`);
  },
  'Firefox profile': (names) => {
    const strings = [...new Set(names)];
    const indices = new Map(strings.map((name, at) => [name, at]));
    const own = <T>(value: T) => strings.map(() => value);
    const thread = {
      name: 'main',
      pid: '1',
      tid: 1,
      stringArray: strings,
      samples: { length: 1, stack: [names.length - 1], time: [1], weight: null, weightType: 'samples' },
      stackTable: {
        length: names.length,
        prefix: names.map((_, at) => (at === 0 ? null : at - 1)),
        frame: names.map((name) => indices.get(name)),
      },
      frameTable: {
        length: strings.length,
        address: own(-1),
        inlineDepth: own(0),
        category: own(0),
        func: strings.map((_, at) => at),
        nativeSymbol: own(null),
        line: own(1),
        column: own(null),
      },
      funcTable: {
        length: strings.length,
        isJS: own(false),
        name: strings.map((_, at) => at),
        resource: own(-1),
        fileName: own(null),
        lineNumber: own(null),
      },
      resourceTable: { length: 0, lib: [], name: [], type: [] },
      nativeSymbols: { length: 0, libIndex: [], address: [], name: [] },
    };
    const meta = {
      preprocessedProfileVersion: 50,
      version: 29,
      interval: 1,
      startTime: 1,
      product: 'a',
      categories: [],
    };
    return json({ meta, libs: [], threads: [thread] });
  },
  pyinstrument: (names) => {
    const open = names.map((name) => {
      const place = `"file_path_short":"a.py","file_path":"a.py","line_no":1,"time":0.5,"await_time":0.0`;
      return `{"function":${JSON.stringify(name)},${place},"is_application_code":true,"children":[`;
    });
    const head = '"start_time":1.5,"duration":0.5,"sample_count":1,"target_description":"a","cpu_time":0.5';
    return Buffer.from(`{${head},"root_frame":${open.join('')}${']}'.repeat(open.length)}}`);
  },
  pprof: (names) => {
    const functions = [...new Set(names)];
    const ids = new Map(functions.map((name, at) => [name, at + 1]));
    return message(smallProfile(functions, [names.toReversed().map((name) => ids.get(name)!)]));
  },
};

/** Formats that have each function once, and stacks that are worked out from who calls whom. */
export const GRAPHS: ReadonlySet<string> = new Set(['callgrind']);

/** Formats that are not in the table, and why. */
export const UNABLE: Readonly<Record<string, string>> = {
  'perf.data': 'has no names of functions, and 65,535 bytes at most in a record',
  jfr: 'has its own tests of this, with its own writer',
  simpleperf: 'has its own tests of broken files',
  scalene: 'has lines and no stacks',
};

/** A number as MOJO has it: six bits, then seven each. */
function integer(value: number): number[] {
  const bytes = [value & 0x3f];
  for (let rest = value >> 6; rest > 0; rest >>= 7) {
    bytes[bytes.length - 1] |= 0x80;
    bytes.push(rest & 0x7f);
  }
  return bytes;
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
