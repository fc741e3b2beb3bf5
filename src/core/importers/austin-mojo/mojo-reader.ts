import { type FrameIndex, NONE, type Profile, type StackIndex, type ThreadIndex } from '../../profile/profile.ts';
import { AustinSamples } from '../austin/austin-samples.ts';
import { type ImportWatch, MalformedInput } from '../importer.ts';
import { CutShort } from '../reading/byte-cursor.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { ByteStream } from '../reading/byte-stream.ts';

export const AUSTIN_MOJO = 'austin mojo';

/** Strings and frames are told by numbers, which each process has its own of. */
interface Process {
  readonly strings: Map<string | number, string>;
  readonly frames: Map<string | number, FrameIndex>;
}

/** A stack, and how many frames it has. */
interface MeasuredStack {
  readonly stack: StackIndex;
  readonly length: number;
}

/** Reads the stream of events of a MOJO file. (https://p403n1x87.github.io/austin/formats/mojo) */
export class MojoReader {
  readonly #bytes: ByteStream;
  readonly #source: ByteSource;
  readonly #samples = new AustinSamples();
  readonly #processes = new Map<number, Process>();
  /** What was told before the first sample. */
  readonly #first: Process = { strings: new Map(), frames: new Map() };
  /** By thread: the stack of its last sample, without frames of native code at its inner end. */
  readonly #lastStacks = new Map<ThreadIndex, MeasuredStack>();
  #process = this.#first;
  #version = 0;
  #count = 0;
  #isOpen = false;
  #thread: ThreadIndex = NONE;
  /** What the open sample repeats of its thread's last one, and the frames that are inside of that. */
  #repeated = NO_STACK;
  #frames: FrameIndex[] = [];
  #isGc = false;
  readonly #metrics = { timeUs: Number.NaN, isIdle: false, memoryBytes: Number.NaN };
  /** Frames still to come of an asyncio task. */
  #taskFrames = 0;
  #tasks = 0;
  #unknownFrames = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#bytes = new ByteStream(source);
  }

  read(watch: ImportWatch): Profile {
    const warnings: string[] = [];
    try {
      for (let index = 0; index < 3; index++) this.#bytes.u8();
      this.#version = this.#integer();
      if (this.#version < 1 || this.#version > NEWEST) {
        throw new MalformedInput(AUSTIN_MOJO, `its version is ${this.#version}, known are 1 to ${NEWEST}`, 3);
      }
      let told = 0;
      while (!this.#bytes.isAtEnd) {
        this.#event();
        if (this.#bytes.offset - told > WATCH_BYTES) {
          told = this.#bytes.offset;
          watch.progress(told);
        }
      }
      // What a sample weighs comes last.
      if (this.#isOpen && Number.isNaN(this.#metrics.timeUs) && Number.isNaN(this.#metrics.memoryBytes))
        throw new CutShort();
      this.#endSample();
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      // The open sample may lack frames.
      warnings.push('The file is cut short: its last sample is left out.');
    }
    if (this.#count === 0 && warnings.length > 0) {
      throw new MalformedInput(AUSTIN_MOJO, 'it is cut short before its first sample', this.#source.size);
    }
    if (this.#count === 0) warnings.push('There are no samples in it.');
    if (this.#unknownFrames > 0)
      warnings.push(`Frames that the file refers to and does not have: ${this.#unknownFrames}.`);
    if (this.#tasks > 0) warnings.push(`Stacks of waiting asyncio tasks are left out: ${this.#tasks}.`);
    watch.progress(this.#source.size);
    return this.#samples.finish(AUSTIN_MOJO, warnings);
  }

  #event(): void {
    const offset = this.#bytes.offset;
    const id = this.#bytes.u8();
    const read = this.#events[id];
    if (!read) throw new MalformedInput(AUSTIN_MOJO, `an event of unknown kind, ${id}`, offset);
    read();
  }

  /** By number of the event. */
  readonly #events: Readonly<Record<number, () => void>> = {
    1: () => this.#samples.addMetadata(this.#text(), this.#text()),
    2: () => this.#stack(),
    3: () => this.#frame(),
    // A frame that couldn't be read.
    4: () => this.#push(this.#samples.frame('', 'INVALID', 0)),
    5: () => this.#frameReference(),
    6: () => this.#push(this.#samples.kernelFrame(this.#text())),
    7: () => {
      this.#isGc = true;
    },
    8: () => {
      this.#metrics.isIdle = true;
    },
    9: () => {
      this.#metrics.timeUs = this.#integer();
    },
    10: () => {
      this.#metrics.memoryBytes = this.#integer();
    },
    11: () => void this.#process.strings.set(this.#key(), this.#text()),
    12: () => void this.#key(),
    13: () => this.#repeat(),
    14: () => this.#task(),
    15: () => {
      this.#key();
      this.#key();
    },
    16: () => void this.#key(),
  };

  #stack(): void {
    this.#endSample();
    const pid = this.#integer();
    const interpreter = this.#version >= 3 ? this.#integer() : 0;
    const thread = this.#text();
    let process = this.#processes.get(pid);
    if (!process) {
      process = { strings: new Map(), frames: new Map() };
      this.#processes.set(pid, process);
    }
    this.#process = process;
    const tid = /^[0-9a-f]{1,8}$/.test(thread) ? Number.parseInt(thread, 16) : Number.NaN;
    const name = [interpreter > 0 ? `interpreter ${interpreter}` : '', tid < 2 ** 31 ? '' : thread];
    this.#thread = this.#samples.thread(pid, tid, name.filter((part) => part !== '').join(', '));
    this.#isOpen = true;
  }

  #endSample(): void {
    const { timeUs, memoryBytes } = this.#metrics;
    if (this.#isOpen && !(Number.isNaN(timeUs) && Number.isNaN(memoryBytes))) {
      let stack = this.#endStack();
      if (this.#isGc) stack = this.#samples.builder.stack(stack, this.#samples.frame('', 'GC', 0));
      this.#count++;
      this.#samples.add(stack, this.#thread, this.#metrics);
    }
    this.#isOpen = false;
    this.#repeated = NO_STACK;
    this.#frames = [];
    this.#isGc = false;
    this.#taskFrames = 0;
    this.#metrics.timeUs = this.#metrics.memoryBytes = Number.NaN;
    this.#metrics.isIdle = false;
  }

  /** The open sample's stack, which is kept for the thread's next one. Takes time for new frames only, however deep the repeated ones are. */
  #endStack(): StackIndex {
    let { stack, length } = this.#repeated;
    let last = this.#repeated;
    for (const frame of this.#frames) {
      stack = this.#samples.builder.stack(stack, frame);
      length++;
      if (this.#samples.isPython(frame)) last = { stack, length };
    }
    if (this.#version >= 4) this.#lastStacks.set(this.#thread, last);
    return stack;
  }

  #frame(): void {
    const key = this.#key();
    const file = this.#string(this.#key());
    const name = this.#string(this.#key());
    const line = this.#integer();
    if (this.#version >= 2) this.#integer();
    const column = this.#version >= 2 ? this.#integer() : 0;
    if (this.#version >= 2) this.#integer();
    const isPlace = (number: number) => number > 0 && number < 2 ** 31;
    this.#process.frames.set(
      key,
      this.#samples.frame(file, name, isPlace(line) ? line : 0, isPlace(column) ? column : 0),
    );
  }

  #frameReference(): void {
    const key = this.#key();
    if (this.#taskFrames > 0) {
      this.#taskFrames--;
      return;
    }
    const frame = this.#process.frames.get(key) ?? this.#first.frames.get(key);
    if (frame === undefined) this.#unknownFrames++;
    this.#push(frame ?? this.#samples.frame('', '', 0));
  }

  #push(frame: FrameIndex): void {
    if (this.#isOpen) this.#frames.push(frame);
  }

  /** The outer frames are those of the thread's last sample; what has come of this one are the inner ones. */
  #repeat(): void {
    const last = this.#lastStacks.get(this.#thread) ?? NO_STACK;
    if (last.length + this.#frames.length > MOST_FRAMES) {
      throw new MalformedInput(AUSTIN_MOJO, `a stack of more than ${MOST_FRAMES} frames`, this.#bytes.offset);
    }
    if (this.#isOpen) this.#repeated = last;
  }

  #task(): void {
    this.#key();
    this.#key();
    this.#taskFrames = Math.max(0, this.#integer());
    if (this.#taskFrames > 0) this.#tasks++;
  }

  /** 1 is a string that isn't known. */
  #string(key: string | number): string {
    return this.#process.strings.get(key) ?? this.#first.strings.get(key) ?? (key === 0 ? '' : '<unknown>');
  }

  #text(): string {
    return this.#bytes.textUntilZero(MOST_TEXT_BYTES);
  }

  /** A number of six bits with a sign, and seven more with every further byte. */
  #integer(): number {
    const first = this.#bytes.u8();
    let value = first & 0x3f;
    let scale = 64;
    for (let byte = first, bytes = 1; (byte & 0x80) !== 0; bytes++, scale *= 128) {
      if (bytes > MOST_INTEGER_BYTES)
        throw new MalformedInput(AUSTIN_MOJO, 'a number of too many bytes', this.#bytes.offset);
      byte = this.#bytes.u8();
      value += (byte & 0x7f) * scale;
    }
    return (first & 0x40) !== 0 ? -value : value;
  }

  /** A number that only stands for something. Those that a double can't hold are kept as text. */
  #key(): string | number {
    const first = this.#bytes.u8();
    let value = first & 0x3f;
    let scale = 64;
    let high = '';
    for (let byte = first, bytes = 1; (byte & 0x80) !== 0; bytes++, scale *= 128) {
      if (bytes > MOST_INTEGER_BYTES)
        throw new MalformedInput(AUSTIN_MOJO, 'a number of too many bytes', this.#bytes.offset);
      byte = this.#bytes.u8();
      if (bytes < 7) value += (byte & 0x7f) * scale;
      else high += `${byte} `;
    }
    return high === '' ? value : `${high}${value}`;
  }
}

const NO_STACK: MeasuredStack = { stack: NONE, length: 0 };
const NEWEST = 4;
const MOST_INTEGER_BYTES = 10;
const MOST_TEXT_BYTES = 1 << 20;
const MOST_FRAMES = 1 << 20;
const WATCH_BYTES = 1 << 22;
