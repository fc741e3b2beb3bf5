import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import { firefox } from '../../src/core/writers/firefox.ts';
import { ProtobufWriter } from '../../src/core/writers/protobuf-writer.ts';
import { callWalk, WALKED_FUNCTIONS } from './call-walk.ts';
import { generateCpuProfile } from './cpuprofile-generator.ts';
import { generateFolded } from './folded-generator.ts';
import { generateRecording } from './generate-recording.ts';
import { generatePprof } from './pprof-generator.ts';

/** A file's pieces, made of the stacks of a program. */
type Pieces = (stacks: Iterable<readonly number[]>) => Iterable<string | Uint8Array>;

/**
 * By format: writes a file of about so many bytes as its profiler would, of stacks of 10 to 60 frames of 5,000 functions, nearly every
 * one of them once, which is what takes most memory.
 */
export const LARGE_FILES: Readonly<Record<string, (path: string, bytes: number, root: string) => void>> = {
  'perf.data': (path, bytes, root) => generateRecording(root, path, Math.ceil(bytes / 336)),
  pprof: (path, bytes) =>
    generatePprof(path, { samples: Math.ceil(bytes / 90), locations: Math.ceil(bytes / 900), seed: 1 }),
  'V8 cpuprofile': (path, bytes) =>
    generateCpuProfile(path, { nodes: Math.ceil(bytes / 280), samples: Math.ceil(bytes / 340), seed: 1 }),
  folded: (path, bytes) => generateFolded(path, bytes, false),
  'async-profiler collapsed': pieces(function* (stacks) {
    for (const stack of stacks)
      yield `${stack.map((func) => `example/Class${func % 300}.call${func}_[j]`).join(';')} 3\n`;
  }),
  'py-spy raw': pieces(function* (stacks) {
    for (const stack of stacks)
      yield `${stack.map((func) => `call_${func} (${file(func)}:${line(func)})`).join(';')} 3\n`;
  }),
  austin: pieces(function* (stacks) {
    yield '# austin: 3.7.0\n# interval: 4000\n# mode: cpu\n\n';
    for (const stack of stacks)
      yield `P42;T0:43;${stack.map((func) => `${file(func)}:call_${func}:${line(func)}`).join(';')} 4000\n`;
  }),
  'austin mojo': pieces(function* (stacks) {
    yield 'MOJ\x03\x01mode\0wall\0';
    yield Uint8Array.from([...mojoStack(), ...mojoFrames(), 9, 1]);
    for (const stack of stacks)
      yield Uint8Array.from([...mojoStack(), ...stack.flatMap((func) => [5, ...varint(func)]), 9, 9]);
  }),
  'perf script': pieces(function* (stacks) {
    let index = 0;
    for (const stack of stacks) {
      const places = stack.map((func) => `\t${address(func)} call_${func}+0x1c (/opt/service)\n`);
      yield `service 42/43 [001] ${(index++ / 1000).toFixed(6)}: 1001001 cpu-clock: \n${places.reverse().join('')}\n`;
    }
  }),
  'pprof-legacy': pieces(function* (stacks) {
    yield 'heap profile: 1: 4096 [1: 4096] @ heapprofile\n';
    for (const stack of stacks)
      yield `  1:  4096 [  2:  8192] @ ${stack
        .map((func) => `0x${address(func)}`)
        .reverse()
        .join(' ')}\n`;
  }),
  callgrind: pieces(function* (stacks) {
    yield '# callgrind format\nversion: 1\npositions: line\nevents: Ir\n';
    for (const stack of stacks) {
      const [caller, callee] = stack.slice(-2);
      yield `fl=${file(caller)}\nfn=call_${caller}\n${line(callee)} 17\ncfn=call_${callee}\ncalls=1 ${line(callee)}\n+1 42\n`;
    }
  }),
  speedscope: pieces(function* (stacks) {
    yield '{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[';
    yield each((func) => `{"name":"call_${func}","file":"${file(func)}","line":${line(func)}}`).join();
    yield ']},"profiles":[{"type":"sampled","name":"main","unit":"seconds","startValue":0,"endValue":1,"samples":[';
    let count = 0;
    for (const stack of stacks) yield `${count++ === 0 ? '' : ','}[${stack.join()}]`;
    yield `],"weights":[${'1,'.repeat(count - 1)}1]}]}`;
  }),
  'Chrome trace': pieces(function* (stacks) {
    yield '[{"ph":"M","pid":1,"tid":1,"ts":0,"name":"thread_name","args":{"name":"main"}}';
    let time = 0;
    const event = (func: number, ph: string) =>
      `,{"args":{"filename":"${file(func)}"},"cat":"py-spy","name":"call_${func}","ph":"${ph}","pid":1,"tid":1,"ts":${time++}}`;
    yield* nested(
      stacks,
      (func) => event(func, 'B'),
      (func) => event(func, 'E'),
    );
    yield ']';
  }),
  'Firefox profile'(path, bytes) {
    const builder = new ProfileBuilder();
    const samples = builder.value('samples', 'count');
    const frames = each((func) =>
      builder.frame({ function: builder.function({ name: `call_${func}`, file: file(func) }) }),
    );
    let count = 0;
    for (const stack of callWalk(1)) {
      if (count * FIREFOX_SAMPLE > bytes) break;
      const sample = builder.sample(builder.stackOf(stack.map((func) => frames[func])), NONE, count++ * 1e6);
      builder.addWeight(sample, samples, 1);
    }
    writeFileSync(path, firefox.write(builder.finish()));
  },
  'V8 heapprofile': pieces(function* (stacks) {
    let id = 1;
    const frame = (func: number) =>
      `"functionName":"call_${func}","scriptId":"1","url":"file:///opt/${file(func)}","lineNumber":${line(func)},"columnNumber":4`;
    yield `{"head":{"callFrame":{${frame(0)}},"selfSize":0,"id":1,"children":[`;
    yield* nested(
      stacks,
      (func, isFirst) => `${isFirst ? '' : ','}{"callFrame":{${frame(func)}},"selfSize":64,"id":${++id},"children":[`,
      () => ']}',
    );
    yield ']}}';
  }),
  pyinstrument: pieces(function* (stacks) {
    const frame = (func: number) =>
      `"function": "call_${func}","file_path_short": "${file(func)}","file_path": "${file(func)}","line_no": ${line(func)},"time": 0.5,"await_time": 0.0,"is_application_code": true,"children": [`;
    yield `{"start_time": 1795652289.2,"duration": 0.5,"sample_count": 62,"target_description": "Program: a.py","cpu_time": 0.4,"root_frame": {${frame(0)}`;
    yield* nested(
      stacks,
      (func, isFirst) => `${isFirst ? '' : ','}{${frame(func)}`,
      () => ']}',
    );
    yield ']}}';
  }),
  dhat: pieces(function* (stacks) {
    yield '{"dhatFileVersion":2,"mode":"heap","verb":"Allocated","bklt":true,"bkacc":true,"tu":"instrs","Mtu":"Minstr","tuth":500,';
    yield `"cmd":"service","pid":42,"te":90000000,"tg":80000000,"ftbl":["[root]"`;
    yield each((func) => `,"0x${address(func)}: call_${func} (${file(func)}:${line(func)})"`).join('');
    yield '],"pps":[';
    let count = 0;
    for (const stack of stacks) {
      const own = '"tb":272,"tbk":1,"tl":89364743,"mb":272,"mbk":1,"gb":272,"gbk":1,"eb":0,"ebk":0,"rb":256,"wb":40';
      yield `${count++ === 0 ? '' : ','}{${own},"fs":[${stack
        .map((func) => func + 1)
        .reverse()
        .join()}]}\n`;
    }
    yield ']}';
  }),
  scalene: pieces(function* (stacks) {
    yield '{"alloc_samples":0,"args":[],"elapsed_time_sec":9.5,"entrypoint_dir":"/opt","filename":"a.py","files":{';
    let count = 0;
    for (const stack of stacks) {
      const lines = stack.map((func, at) => {
        const own = `"line":"call_${func}()","lineno":${at + 1},"n_cpu_percent_c":0.5,"n_cpu_percent_python":1.5,"n_malloc_mb":0.25`;
        return `{"cpu_samples_list":[],${own},"n_sys_percent":0.125,"start_function_line":1,"start_region_line":1}`;
      });
      yield `${count === 0 ? '' : ','}"/opt/file_${count++}.py":{"functions":[],"imports":[],"lines":[${lines.join()}]}`;
    }
    yield '},"gpu":false,"memory":true,"program":"a.py","stacks":[]}';
  }),
  simpleperf: pieces(function* (stacks) {
    yield Uint8Array.of(...Buffer.from('SIMPLEPERF'), 1, 0);
    yield simpleperfRecord(3, (message) => {
      message.integer(1, 1);
      message.text(2, '/system/lib64/libc.so');
      for (const name of each((func) => `call_${func}`)) message.text(3, name);
    });
    yield simpleperfRecord(5, (message) => message.text(1, 'cpu-cycles'));
    let time = 1;
    for (const stack of stacks) {
      yield simpleperfRecord(1, (message) => {
        message.integer(1, time);
        message.integer(2, 43);
        for (const func of stack.toReversed())
          message.message(3, (frame) => {
            frame.integer(1, 0x1000 + func * 64);
            frame.integer(2, 1);
            frame.integer(3, func);
          });
        message.integer(4, 1_000_000);
      });
      time += 1_000_000;
    }
    yield new Uint8Array(4);
  }),
  // A recording is chunks, each whole in itself: here the same again and again, so that only its samples are new.
  jfr(path, bytes, root) {
    const chunk = gunzipSync(readFileSync(join(root, 'test', 'fixtures', 'jfr', 'planted-jdk17.jfr.gz')));
    const out = openSync(path, 'w');
    for (let size = 0; size < bytes; size += chunk.length) writeSync(out, chunk);
    closeSync(out);
  },
};

/** Bytes of a sample, with what is new of its stack. */
const FIREFOX_SAMPLE = 48;

/** Writes pieces until they are so many bytes, and what is to come after the last stack. */
function pieces(of: Pieces): (path: string, bytes: number) => void {
  return (path, bytes) => {
    const out = openSync(path, 'w');
    let size = 0;
    let kept: Uint8Array[] = [];
    const write = () => {
      writeSync(out, Buffer.concat(kept));
      kept = [];
    };
    function* stacks() {
      for (const stack of callWalk(1)) {
        if (size >= bytes) return;
        yield stack;
      }
    }
    for (const piece of of(stacks())) {
      const own = typeof piece === 'string' ? Buffer.from(piece) : piece;
      size += own.length;
      if (kept.push(own) === 10_000) write();
    }
    write();
    closeSync(out);
  };
}

/** The stacks as one tree: what opens a call and what ends it. */
function* nested(
  stacks: Iterable<readonly number[]>,
  open: (func: number, isFirst: boolean) => string,
  close: (func: number) => string,
): Generator<string> {
  const path: number[] = [];
  let isFirst = true;
  for (const stack of stacks) {
    const common = path.findIndex((func, at) => func !== stack[at]);
    for (const func of path.splice(common < 0 ? path.length : common).reverse()) {
      yield close(func);
      isFirst = false;
    }
    for (const func of stack.slice(path.length)) {
      path.push(func);
      yield open(func, isFirst);
      isFirst = true;
    }
  }
  for (const func of path.reverse()) yield close(func);
}

function each<T>(of: (func: number) => T): T[] {
  return Array.from({ length: WALKED_FUNCTIONS }, (_, func) => of(func));
}

function file(func: number): string {
  return `package/file_${func % 300}.py`;
}

function line(func: number): number {
  return 1 + (func % 800);
}

function address(func: number): string {
  return (0x5575_7266_a000 + func * 64).toString(16);
}

function simpleperfRecord(field: number, write: (message: ProtobufWriter) => void): Uint8Array {
  const record = new ProtobufWriter();
  record.message(field, write);
  const bytes = record.finish();
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  return Buffer.concat([size, bytes]);
}

/** A sample's beginning in MOJO 3: process, interpreter, thread. */
function mojoStack(): number[] {
  return [2, ...varint(42), 0, ...Buffer.from('2b\0')];
}

/** Every function's names and its frame, in MOJO 3. */
function mojoFrames(): number[] {
  return each((func) => {
    const key = 2 * func + 10;
    const name = (at: number, text: string) => [11, ...varint(at), ...Buffer.from(`${text}\0`)];
    const place = [...varint(line(func)), 0, 0, 0];
    return [
      ...name(key, file(func)),
      ...name(key + 1, `call_${func}`),
      3,
      ...varint(func),
      ...varint(key),
      ...varint(key + 1),
      ...place,
    ];
  }).flat();
}

/** MOJO's whole numbers: six bits and a sign in the first byte, seven in each other. */
function varint(value: number): number[] {
  const bytes = [value & 0x3f];
  for (let rest = value >> 6; rest > 0; rest >>= 7) {
    bytes[bytes.length - 1] |= 0x80;
    bytes.push(rest & 0x7f);
  }
  return bytes;
}
