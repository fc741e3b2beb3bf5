import { ProfileBuilder } from '../../profile/builder.ts';
import {
  type FrameIndex,
  NONE,
  type Profile,
  type StackIndex,
  type ThreadIndex,
  type ValueIndex,
} from '../../profile/profile.ts';
import { AddressRanges } from '../reading/address-ranges.ts';

/** What one line, or one sample in MOJO, weighs; what isn't recorded is NaN. */
export interface AustinMetrics {
  timeUs: number;
  isIdle: boolean;
  memoryBytes: number;
}

/**
 * Collects Austin's samples. What its numbers are is told by its metadata, which comes first: `mode` is wall, cpu, memory or full.
 * (https://p403n1x87.github.io/austin)
 */
export class AustinSamples {
  readonly builder = new ProfileBuilder();
  /** Native modules by where they were mapped, in order of the file. */
  readonly #maps: { readonly start: number; readonly end: number; readonly path: string }[] = [];
  readonly #mapsByAddress = new AddressRanges(this.#maps);
  #assumedMode = '';
  readonly #metadata = new Map<string, string>();
  readonly #python = new Set<FrameIndex>();
  readonly #comments: string[] = [];
  #values: { samples: ValueIndex; time: ValueIndex; cpu: ValueIndex; memory: ValueIndex } | undefined;

  /** Takes a line `# key: value`. */
  addMetadata(key: string, value: string): void {
    const map = key === 'map' ? /^([0-9a-f]{1,16})-([0-9a-f]{1,16})\s+(\S.*)$/.exec(value) : null;
    if (map) {
      const [start, end] = [Number.parseInt(map[1], 16), Number.parseInt(map[2], 16)];
      if (this.#maps.length < MOST_MAPS) this.#maps.push({ start, end, path: map[3] });
      return;
    }
    this.#metadata.set(key, value);
    if (this.#comments.length < MOST_COMMENTS) this.#comments.push(`${key}: ${value}`.slice(0, 1000));
  }

  get mode(): string {
    return this.#metadata.get('mode') ?? this.#assumedMode;
  }

  /** Austin 1 writes no metadata, but three numbers a line show that they are times and memory. */
  assumeFirstFull(): void {
    this.#assumedMode = 'first full';
  }

  /** Thread of a process, by the text that names it: decimal or hexadecimal digits, or anything. */
  thread(pid: number, tid: number, name: string): ThreadIndex {
    const fits = (id: number) => (Number.isInteger(id) && id >= 0 && id < 2 ** 31 ? id : NONE);
    return this.builder.thread(fits(pid), fits(tid), name);
  }

  /** The frame of `file:function:line`, as Austin names it. `line` is 0 where it isn't known. */
  frame(file: string, name: string, line: number, column = 0): FrameIndex {
    const native = /^native@([0-9a-f]{1,16})$/.exec(file);
    if (native) {
      // What stands for the line is where in the function the address is.
      const address = Number.parseInt(native[1], 16);
      const path = this.#maps[this.#mapsByAddress.find(address)]?.path ?? '';
      const module = path === '' ? NONE : this.builder.module(path);
      return this.builder.frame({ function: this.builder.function({ name, module }), module });
    }
    if (file === 'kernel') return this.kernelFrame(name);
    const known = file === '' || file === '<unknown>' ? '' : file;
    const func = this.builder.function({ name: name || '<unknown>', file: known });
    const frame = this.builder.frame({ function: func, line, column, kind: 'interpreted' });
    if (/\.py$|^<.*>$/.test(file)) this.#python.add(frame);
    return frame;
  }

  kernelFrame(name: string): FrameIndex {
    return this.builder.frame({ function: this.builder.function({ name }), kind: 'kernel' });
  }

  /** Whether a frame runs Python, as far as its file's name tells. */
  isPython(frame: FrameIndex): boolean {
    return this.#python.has(frame);
  }

  add(stack: StackIndex, thread: ThreadIndex, { timeUs, isIdle, memoryBytes }: AustinMetrics): void {
    const values = this.#valuesOfMode();
    const sample = this.builder.sample(stack, thread, Number.NaN);
    this.builder.addWeight(sample, values.samples, 1);
    // Without a mode nobody knows what the number is.
    const unitNs = this.mode === '' ? 1 : 1000;
    if (values.time !== NONE && !Number.isNaN(timeUs)) this.builder.addWeight(sample, values.time, timeUs * unitNs);
    if (values.cpu !== NONE && !isIdle && !Number.isNaN(timeUs))
      this.builder.addWeight(sample, values.cpu, timeUs * unitNs);
    if (values.memory !== NONE && !Number.isNaN(memoryBytes))
      this.builder.addWeight(sample, values.memory, memoryBytes);
  }

  finish(format: string, warnings: readonly string[]): Profile {
    const number = (key: string) => Number(this.#metadata.get(key) ?? Number.NaN);
    const intervalUs = number('interval');
    const values = this.#valuesOfMode();
    const version = this.#metadata.get('austin');
    const { mode } = this;
    return this.builder.finish({
      origin: {
        format,
        producer: version ? `austin ${version}` : 'austin',
        durationNs: number('duration') * 1000,
        comments: this.#comments,
        period:
          intervalUs > 0
            ? { type: mode === 'cpu' ? 'cpu' : 'wall', unit: 'nanoseconds', amount: intervalUs * 1000 }
            : null,
        mayMislead: MISLEADING[mode] ?? MISLEADING[''],
      },
      quality: { requestedHz: intervalUs > 0 ? 1e6 / intervalUs : Number.NaN, warnings },
      defaultValue: values.time !== NONE ? values.time : values.memory,
    });
  }

  #valuesOfMode() {
    if (this.#values) return this.#values;
    const { builder, mode } = this;
    const time = TIMES[mode];
    this.#values = {
      samples: builder.value('samples', 'count'),
      time: mode === 'memory' ? NONE : time ? builder.value(time, 'nanoseconds') : builder.value('metric', 'count'),
      cpu: mode === 'full' ? builder.value('cpu', 'nanoseconds') : NONE,
      memory: /full$|^memory$/.test(mode) ? builder.value('memory', 'bytes') : NONE,
    };
    return this.#values;
  }
}

const MOST_MAPS = 100_000;
const MOST_COMMENTS = 100;
const TIMES: Readonly<Record<string, string | undefined>> = {
  // A look-up of a text from a file: nothing is found that isn't here.
  __proto__: null as never,
  wall: 'wall',
  cpu: 'cpu',
  full: 'wall',
  'first full': 'wall',
};
const ORDER = 'Samples are in the order they were taken in; when each was taken is not recorded.';
const MEMORY = 'Memory is what the process grew or shrank by since the sample before, in all its threads together.';
const MISLEADING: Readonly<Record<string, readonly string[] | undefined>> = {
  __proto__: null as never,
  wall: ['Time is wall-clock time: waiting counts like working.', ORDER],
  cpu: ['Time is counted while a thread was not idle: an estimate of CPU time.', ORDER],
  memory: [MEMORY, ORDER],
  'first full': ['Time is wall-clock time: waiting counts like working.', MEMORY, ORDER],
  full: ['Time is wall-clock time; cpu is the part of it in which the thread was not idle.', MEMORY, ORDER],
  '': [
    'The file does not say what its numbers are: microseconds by default, but kilobytes or bytes of memory in memory mode.',
    ORDER,
  ],
};
