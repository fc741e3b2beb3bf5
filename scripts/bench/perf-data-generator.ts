import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { hostname, release } from 'node:os';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../test/support/seeded-random.ts';
import { type CodeFunction, codeFunctions } from './code-functions.ts';
import { FLAG, PerfBytes, perfAttribute, perfFileEnd, perfFileStart, perfRecord } from './perf-data-writer.ts';

export interface GeneratorOptions {
  readonly samples: number;
  /** ELF files whose functions the stacks are made of. */
  readonly binaries: readonly string[];
  readonly threads: number;
  /** Ways to come to a place: inner nodes of the tree of calls. */
  readonly contexts: number;
  readonly seed: number;
}

/**
 * Writes a recording as `perf record -F 4000 -g` would have made it of a program of several threads on several processors: stacks of
 * LEAST_DEPTH to MOST_DEPTH frames, evenly, that are paths in one tree of calls between functions of real files. `perf` reads it too.
 */
export function generatePerfData(path: string, options: GeneratorOptions): void {
  const random = seededRandom(options.seed);
  const modules = options.binaries.map((binary, index) => ({
    ...codeFunctions(binary),
    start: MAPPED_AT + index * MODULE_STRIDE,
  }));
  const functions = modules.flatMap(({ functions, start }) =>
    functions.map((func) => ({ ...func, offset: func.offset + start })),
  );
  if (functions.length === 0) throw new Error(`No functions in ${options.binaries.join(', ')}.`);
  const tree = callTree(functions, options.contexts, random);
  const events = [{ attribute: perfAttribute(ATTRIBUTE), ids: [1] }];
  const file = openSync(path, 'w');
  try {
    const start = perfFileStart(events, 0, FEATURES);
    let dataBytes = 0;
    const write = (bytes: Uint8Array) => {
      writeSync(file, bytes);
      dataBytes += bytes.length;
    };
    writeSync(file, start);
    write(sideBand(modules, options));
    writeSamples(write, functions, tree, options, random);
    writeSync(file, perfFileEnd(features(options), start.length + dataBytes));
    writeSync(file, perfFileStart(events, dataBytes, FEATURES), 0, start.length, 0);
  } finally {
    closeSync(file);
  }
}

const LEAST_DEPTH = 10;
const MOST_DEPTH = 60;
const PID = 4000;
const PROCESSORS = 4;
const START_NS = 1_000_000_000_000;
const PERIOD_NS = 250_000;
/** Samples of one processor that stand together in the file, as one of perf's buffers is written out. */
const ROUND_SAMPLES = 500;
const MAPPED_AT = 0x7f0000000000;
const MODULE_STRIDE = 0x10000000;
const CONTEXT_USER = 0xfffffe00;
/** cpu-clock; IP, TID, TIME, CALLCHAIN, PERIOD. */
const ATTRIBUTE = {
  type: 1,
  period: 4000,
  sampleType: 0x127,
  flags: [
    FLAG.inherit,
    FLAG.mmap,
    FLAG.comm,
    FLAG.freq,
    FLAG.task,
    FLAG.sampleIdAll,
    FLAG.excludeGuest,
    FLAG.mmap2,
    FLAG.commExec,
  ],
};
const FEATURE = { HOSTNAME: 3, OSRELEASE: 4, VERSION: 5, ARCH: 6, NRCPUS: 7, CMDLINE: 11, EVENT_DESC: 12 };
const FEATURES = Object.values(FEATURE);

/** A tree of calls as columns: a node is a call made at an address of a function, a path of nodes a stack. */
interface CallContexts {
  /** By node: its addresses from the innermost call to the outermost, as pairs of halves. */
  readonly paths: Uint32Array[];
  readonly functions: number[];
  /** Nodes by depth. */
  readonly byDepth: number[][];
}

function callTree(functions: readonly CodeFunction[], contexts: number, random: () => number): CallContexts {
  const below = (end: number) => Math.floor(random() * end);
  const tree: CallContexts = { paths: [], functions: [], byDepth: Array.from({ length: MOST_DEPTH }, () => []) };
  const add = (parent: number | undefined) => {
    const func = below(functions.length);
    const outer = parent === undefined ? new Uint32Array(0) : tree.paths[parent];
    const path = new Uint32Array(outer.length + 2);
    path.set(halves(addressIn(functions[func], below(CALL_SITES))), 0);
    path.set(outer, 2);
    tree.functions.push(func);
    tree.byDepth[path.length / 2 - 1].push(tree.paths.length);
    return tree.paths.push(path) - 1;
  };
  let node = add(undefined);
  for (let count = 1; count < contexts; count++) {
    // Chains of calls, so that deep stacks are as common as shallow ones. Each starts somewhere on the way of another.
    const isChainEnd = tree.byDepth[MOST_DEPTH - 1].length > 0 && random() < 0.02;
    while (isChainEnd || tree.paths[node].length / 2 === MOST_DEPTH) {
      node = below(tree.paths.length);
      if (tree.paths[node].length / 2 < MOST_DEPTH) break;
    }
    node = add(node);
  }
  return tree;
}

/** Places in a function that call, and that are sampled: few, as in a real program. */
const CALL_SITES = 6;
const HOT_PLACES = 12;

function addressIn({ offset, size }: CodeFunction, place: number): number {
  return offset + 1 + ((place * 7919) % (size - 1));
}

function halves(value: number): [number, number] {
  return [value >>> 0, Math.floor(value / 2 ** 32)];
}

function writeSamples(
  write: (bytes: Uint8Array) => void,
  functions: readonly CodeFunction[],
  tree: CallContexts,
  options: GeneratorOptions,
  random: () => number,
): void {
  const below = (end: number) => Math.floor(random() * end);
  // Hot contexts are hit far more often than others.
  const pick = (nodes: readonly number[]) => nodes[Math.floor(random() ** 3 * nodes.length)];
  const words = new Uint32Array((ROUND_SAMPLES * (48 + 8 * (MOST_DEPTH + 1))) / 4);
  const finishedRound = perfRecord(68, 0, () => {});
  for (let written = 0; written < options.samples; ) {
    const round = Math.floor(written / (ROUND_SAMPLES * PROCESSORS));
    for (let processor = 0; processor < PROCESSORS && written < options.samples; processor++) {
      let at = 0;
      for (let sample = 0; sample < ROUND_SAMPLES && written < options.samples; sample++, written++) {
        const depth = LEAST_DEPTH + below(MOST_DEPTH - LEAST_DEPTH + 1);
        const caller = pick(tree.byDepth[depth - 2]);
        const callee = functions[(tree.functions[caller] * 31 + 17) % functions.length];
        const ip = halves(addressIn(callee, below(HOT_PLACES)));
        const thread = below(options.threads);
        const time = START_NS + (round * ROUND_SAMPLES + sample) * PERIOD_NS + processor * 1000;
        const path = tree.paths[caller];
        // SAMPLE, in user space; then ip, pid and tid, time, period, the length of the callchain with its marker, the callchain.
        words.set([9, 2 | ((48 + 8 * (depth + 1)) << 16), ...ip, PID, PID + thread, ...halves(time), PERIOD_NS, 0], at);
        words.set([depth + 1, 0, CONTEXT_USER, 0xffffffff, ...ip], at + 10);
        words.set(path, at + 16);
        at += 16 + path.length;
      }
      write(new Uint8Array(words.buffer, 0, at * 4));
    }
    write(finishedRound);
  }
}

interface MappedModule {
  readonly path: string;
  readonly bytes: number;
  readonly start: number;
}

/** The process, its threads and what is mapped. */
function sideBand(modules: readonly MappedModule[], { threads }: GeneratorOptions): Uint8Array {
  const to = new PerfBytes();
  // pid and tid, time: what ends every record that isn't a sample.
  const trailer = (body: PerfBytes, tid: number) => body.u32(PID, tid).u64(START_NS - 1000);
  to.bytes(perfRecord(3, 1 << 13, (body) => trailer(body.u32(PID, PID).text('generated'), PID)));
  for (const { path, bytes, start } of modules) {
    const length = Math.ceil(bytes / 4096) * 4096;
    // Device, inode and generation of the file aren't known; PROT_READ | PROT_EXEC, MAP_PRIVATE.
    to.bytes(
      perfRecord(10, 2, (body) =>
        trailer(body.u32(PID, PID).u64(start, length, 0).u32(0, 0).u64(0, 0).u32(5, 2).text(path), PID),
      ),
    );
  }
  for (let thread = 1; thread < threads; thread++) {
    const tid = PID + thread;
    to.bytes(perfRecord(7, 0, (body) => trailer(body.u32(PID, PID, tid, PID).u64(START_NS - 1000), PID)));
    to.bytes(perfRecord(3, 0, (body) => trailer(body.u32(PID, tid).text(`worker-${thread}`), tid)));
  }
  return to.finish();
}

function features({ samples }: GeneratorOptions): Map<number, Uint8Array> {
  const text = (text: string) => new PerfBytes().string(text).finish();
  const commandLine = ['perf', 'record', '-F', '4000', '-g', 'generated', String(samples)];
  const line = new PerfBytes().u32(commandLine.length);
  for (const word of commandLine) line.string(word);
  const description = new PerfBytes().u32(1, 128).bytes(perfAttribute(ATTRIBUTE)).u32(1).string('cpu-clock').u64(1);
  return new Map([
    [FEATURE.HOSTNAME, text(hostname())],
    [FEATURE.OSRELEASE, text(release())],
    [FEATURE.VERSION, text('generated')],
    [FEATURE.ARCH, text('x86_64')],
    [FEATURE.NRCPUS, new PerfBytes().u32(PROCESSORS, PROCESSORS).finish()],
    [FEATURE.CMDLINE, line.finish()],
    [FEATURE.EVENT_DESC, description.finish()],
  ]);
}

/** The sample programs if they are built, and the C library: they have functions by the thousand, with and without lines. */
function defaultBinaries(): string[] {
  const built = ['planted-cpp', 'planted-c', 'libplanted.so'];
  const own = built.map((name) => new URL(`../../experiments/cpu-profiling/build/${name}`, import.meta.url).pathname);
  return [...own.filter((path) => existsSync(path)), ...mappedLibraries()];
}

/** Libraries of the C compiler's runtime that this process itself uses. */
function mappedLibraries(): string[] {
  const maps = readFileSync('/proc/self/maps', 'utf8');
  return [...new Set(maps.match(/\/\S+\/(?:libc|libm|libstdc\+\+)\.so\.6$/gm) ?? [])];
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      samples: { type: 'string', default: '1000000' },
      binary: { type: 'string', multiple: true },
      threads: { type: 'string', default: '8' },
      contexts: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (positionals.length !== 1) {
    console.error('perf-data-generator.ts OUT [--samples N] [--binary ELF]… [--threads N] [--contexts N] [--seed N]');
    process.exit(2);
  }
  generatePerfData(positionals[0], {
    samples: Number(values.samples),
    binaries: values.binary ?? defaultBinaries(),
    threads: Number(values.threads),
    contexts: Number(values.contexts),
    seed: Number(values.seed),
  });
}
