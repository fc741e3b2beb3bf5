import { ProfileBuilder } from '../../profile/builder.ts';
import {
  type FrameIndex,
  type FrameKind,
  NONE,
  type Profile,
  type StackIndex,
  type ThreadIndex,
} from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { moduleKind } from '../perf-script/module-kind.ts';
import { withoutParameters } from '../perf-script/printed-name.ts';
import { finishedSamples, SampleRows } from '../perf-script/sample-rows.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { perfMisleads } from '../reading/perf-meaning.ts';
import { utf8 } from '../reading/utf8.ts';
import type { ProtoFields } from './proto-fields.ts';
import { eachRecord, SIMPLEPERF } from './records.ts';

/** A file that code is in, with the functions that samples are in. */
interface CodeFile {
  readonly path: string;
  readonly symbols: readonly string[];
  readonly mangled: readonly string[];
}

/** Reads simpleperf's report: first what stands behind the samples in the file, then the samples. */
export class SimpleperfReport {
  readonly #source: ByteSource;
  readonly #builder = new ProfileBuilder();
  readonly #rows = new SampleRows();
  readonly #files = new Map<number, CodeFile>();
  readonly #threads = new Map<number, ThreadIndex>();
  readonly #frames = new Map<string, FrameIndex>();
  readonly #events: string[] = [];
  readonly #comments: string[] = [];
  #lost = Number.NaN;
  #unknownFiles = 0;
  #broken = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  read(progress: (offset: number) => void): Profile {
    const { size } = this.#source;
    eachRecord(
      this.#source,
      (...record) => this.#table(...record),
      (offset) => progress(offset / 2),
    );
    const isWhole = eachRecord(
      this.#source,
      (field, message) => {
        if (field === 1) this.#sample(message);
      },
      (offset) => progress((size + offset) / 2),
    );
    progress(size);
    if (this.#rows.length === 0 && !isWhole)
      throw new MalformedInput(SIMPLEPERF, 'it is cut short before its first sample', size);
    const { samples, values, startTimeNs, durationNs, defaultValue } = finishedSamples(
      this.#rows.finish(),
      this.#events,
    );
    const warnings: string[] = [];
    if (this.#rows.length === 0) warnings.push('There are no samples in it.');
    if (!isWhole) warnings.push('The file is cut short: samples, files or threads may be missing.');
    if (this.#unknownFiles > 0)
      warnings.push(`Frames in files that the report does not tell of: ${this.#unknownFiles}.`);
    const tables = this.#builder.finish({
      origin: {
        format: SIMPLEPERF,
        producer: 'simpleperf',
        startTimeNs,
        durationNs,
        comments: this.#comments,
        mayMislead: [...perfMisleads(this.#events.map((type) => ({ type, unit: '' }))), 'The report has no lines.'],
      },
      quality: { lostSamples: this.#lost, brokenStacks: this.#broken > 0 ? this.#broken : Number.NaN, warnings },
      defaultValue,
    });
    return { ...tables, samples, values };
  }

  /** Takes a record that isn't a sample. */
  #table(field: number, message: ProtoFields, bytes: Uint8Array): void {
    const text = () => utf8(bytes, message.start, message.end);
    if (field === 2) {
      while (message.next()) if (message.field === 2) this.#lost = message.number;
    } else if (field === 3) {
      const file = { path: '', symbols: [] as string[], mangled: [] as string[] };
      let id = 0;
      while (message.next()) {
        if (message.field === 1) id = message.number;
        else if (message.field === 2) file.path = text();
        else if (message.field === 3) file.symbols.push(text());
        else if (message.field === 4) file.mangled.push(text());
      }
      this.#files.set(id, file);
    } else if (field === 4) {
      let [tid, pid, name] = [0, NONE, ''];
      while (message.next()) {
        if (message.field === 1) tid = message.int32;
        else if (message.field === 2) pid = message.int32;
        else if (message.field === 3) name = text();
      }
      this.#threads.set(tid, this.#builder.thread(pid, tid, name));
    } else if (field === 5) {
      while (message.next()) {
        const meta = META[message.field];
        if (message.field === 1) this.#events.push(text());
        else if (meta !== undefined) this.#comments.push(`${meta}: ${text()}`.slice(0, 1000));
      }
    }
  }

  #sample(message: ProtoFields): void {
    const frames: FrameIndex[] = [];
    let [timeNs, tid, count, event] = [Number.NaN, 0, Number.NaN, 0];
    while (message.next()) {
      if (message.field === 1) timeNs = message.number;
      else if (message.field === 2) tid = message.int32;
      else if (message.field === 3) frames.push(this.#frame(message.message()));
      else if (message.field === 4) count = message.number;
      else if (message.field === 5) event = message.number;
      // Only samples whose stack couldn't be unwound whole say how that ended.
      else if (message.field === 6) this.#broken++;
    }
    let thread = this.#threads.get(tid);
    if (thread === undefined) {
      thread = this.#builder.thread(NONE, tid, '');
      this.#threads.set(tid, thread);
    }
    let stack: StackIndex = NONE;
    for (let at = frames.length - 1; at >= 0; at--) stack = this.#builder.stack(stack, frames[at]);
    this.#rows.add(stack, thread, event < MOST_EVENTS ? event : 0, timeNs, count);
  }

  #frame(message: ProtoFields): FrameIndex {
    let [address, fileId, symbolId, type] = [0n, 0, NONE, 0];
    while (message.next()) {
      if (message.field === 1) address = message.wide;
      else if (message.field === 2) fileId = message.number;
      else if (message.field === 3) symbolId = message.int32;
      else if (message.field === 4) type = message.int32;
    }
    const key = `${fileId} ${symbolId} ${address} ${type}`;
    let frame = this.#frames.get(key);
    if (frame === undefined) {
      frame = this.#newFrame(address, this.#files.get(fileId), symbolId, type);
      this.#frames.set(key, frame);
    }
    return frame;
  }

  #newFrame(address: bigint, file: CodeFile | undefined, symbolId: number, type: number): FrameIndex {
    if (!file) this.#unknownFiles++;
    const module = file && file.path !== '' ? this.#builder.module(file.path) : NONE;
    const fullName = file?.symbols[symbolId];
    const kind: FrameKind = KINDS[type] ?? moduleKind(file?.path ?? '', address);
    if (!fullName) return this.#builder.frame({ function: NONE, module, address, kind });
    const systemName = file?.mangled[symbolId] || fullName;
    const func = this.#builder.function({ name: withoutParameters(fullName), fullName, systemName, module });
    return this.#builder.frame({ function: func, module, address, kind });
  }
}

/** Methods of the JVM that are interpreted, or compiled at run time. */
const KINDS: Readonly<Record<number, FrameKind | undefined>> = { 1: 'interpreted', 2: 'jit' };
const META: Readonly<Record<number, string | undefined>> = {
  2: 'app package',
  3: 'app type',
  4: 'Android SDK version',
  5: 'Android build type',
};
const MOST_EVENTS = 1000;
