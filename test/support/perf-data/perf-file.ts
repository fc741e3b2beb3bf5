import {
  type AttributeFields,
  FLAG,
  PerfBytes,
  perfAttribute,
  perfFileEnd,
  perfFileStart,
  perfRecord,
} from '../../../scripts/bench/perf-data-writer.ts';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { NONE, type Profile, type SampleIndex } from '../../../src/core/profile/profile.ts';

/** Bits of sample_type, by their names in the kernel. */
export const BIT = {
  IP: 1,
  TID: 2,
  TIME: 4,
  ADDR: 8,
  READ: 16,
  CALLCHAIN: 32,
  ID: 64,
  CPU: 128,
  PERIOD: 256,
  STREAM_ID: 512,
  RAW: 1024,
  BRANCH_STACK: 2048,
  STACK_USER: 8192,
  IDENTIFIER: 65536,
} as const;

export const KERNEL = 1;
export const USER = 2;
export const KERNEL_MARKER = -128n;
export const USER_MARKER = -512n;

export interface PerfFile {
  readonly little?: boolean;
  readonly events?: readonly (AttributeFields & { readonly ids?: readonly number[]; readonly name?: string })[];
  readonly records: readonly Uint8Array[];
  /** Sections of features besides the names of events. */
  readonly features?: ReadonlyMap<number, Uint8Array>;
}

/** What most tests record: address, thread, time and callchain; other records say the same of themselves. */
export const USUAL_EVENT: AttributeFields = {
  type: 1,
  period: 1000,
  sampleType: BIT.IP | BIT.TID | BIT.TIME | BIT.CALLCHAIN,
  flags: [FLAG.sampleIdAll, FLAG.excludeGuest],
};

/** The bytes of a perf.data file in file mode. */
export function perfFile({
  little = true,
  events = [USUAL_EVENT],
  records,
  features = new Map(),
}: PerfFile): Uint8Array {
  const described = events.map((event) => ({ attribute: perfAttribute(event, little), ids: event.ids ?? [] }));
  const dataBytes = records.reduce((sum, { length }) => sum + length, 0);
  const all = new Map(features);
  if (events.some(({ name }) => name !== undefined)) {
    const names = new PerfBytes(little).u32(events.length, described[0].attribute.length);
    for (const [index, { attribute, ids }] of described.entries()) {
      names
        .bytes(attribute)
        .u32(ids.length)
        .string(events[index].name ?? '')
        .u64(...ids);
    }
    all.set(EVENT_DESC, names.finish());
  }
  const file = new PerfBytes(little).bytes(perfFileStart(described, dataBytes, [...all.keys()], little));
  for (const record of records) file.bytes(record);
  return file.bytes(perfFileEnd(all, file.length, little)).finish();
}

const EVENT_DESC = 12;

/** Writes the records of one process whose records all end in pid, tid and time, as USUAL_EVENT has it. */
export function recordsOf(little = true) {
  const record = (
    type: number,
    misc: number,
    pid: number,
    tid: number,
    time: number,
    fields: (to: PerfBytes) => void,
  ) =>
    perfRecord(
      type,
      misc,
      (to) => {
        fields(to);
        to.u32(pid, tid).u64(time);
      },
      little,
    );
  return {
    comm: (pid: number, tid: number, time: number, name: string, misc = 0) =>
      record(3, misc, pid, tid, time, (to) => to.u32(pid, tid).text(name)),
    map: (
      pid: number,
      time: number,
      start: number | bigint,
      length: number,
      pageOffset: number,
      name: string,
      misc: number = USER,
    ) => record(1, misc, pid, pid, time, (to) => to.u32(pid, pid).u64(start, length, pageOffset).text(name)),
    fork: (pid: number, tid: number, parentPid: number, parentTid: number, time: number, misc = 0) =>
      record(7, misc, parentPid, parentTid, time, (to) => to.u32(pid, parentPid, tid, parentTid).u64(time)),
    /** A sample with a callchain; its address is the first in the chain that is no marker. */
    sample: (pid: number, tid: number, time: number, chain: readonly (number | bigint)[], misc: number = USER) =>
      perfRecord(
        9,
        misc,
        (to) => {
          const ip =
            chain.find(
              (entry) => BigInt.asIntN(64, BigInt(entry)) >= 0n || BigInt.asIntN(64, BigInt(entry)) < -4095n,
            ) ?? 0;
          to.u64(ip)
            .u32(pid, tid)
            .u64(time, chain.length, ...chain);
        },
        little,
      ),
    record,
  };
}

export function imported(bytes: Uint8Array, name = 'perf.data'): Profile {
  return importProfile(bytesInMemory(bytes, name));
}

/** Frames of a sample's stack, innermost first: `module+0xaddress`. */
export function framesOf({ samples, stacks, frames, modules, strings }: Profile, sample: SampleIndex): string[] {
  const found: string[] = [];
  for (let stack = samples.stack[sample]; stack !== NONE; stack = stacks.parent[stack]) {
    const frame = stacks.frame[stack];
    const module = frames.module[frame];
    found.push(`${module === NONE ? '?' : strings[modules.path[module]]}+0x${frames.address[frame].toString(16)}`);
  }
  return found;
}

/** `name pid/tid` of each sample. */
export function threadsOf({ samples, threads, strings }: Profile): string[] {
  return Array.from(
    samples.thread,
    (thread) => `${strings[threads.name[thread]]} ${threads.pid[thread]}/${threads.tid[thread]}`,
  );
}
