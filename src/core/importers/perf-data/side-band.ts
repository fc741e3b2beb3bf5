import { utf8UntilZero } from '../reading/utf8.ts';
import type { RecordReader } from './record-reader.ts';
import { CPUMODE, MISC, RECORD } from './record-types.ts';

/** What happened to processes beside the samples, in the order of the file; `time` is when, in the recording's order. */
export type SideBandEvent = MapEvent | CommEvent | ForkEvent;

export type SpaceOwner = 'user' | 'kernel' | 'guest-kernel';

export interface MapEvent {
  readonly kind: 'map';
  time: number;
  readonly owner: SpaceOwner;
  readonly pid: number;
  readonly start: bigint;
  readonly length: bigint;
  readonly pageOffset: bigint;
  readonly name: string;
  /** Hexadecimal, or ''. */
  readonly buildId: string;
  /** Whether the mapping is a single function, and `name` its name. */
  readonly isFunction: boolean;
}

export interface CommEvent {
  readonly kind: 'comm';
  time: number;
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  /** Whether the process now runs another program, so that its mappings are gone. */
  readonly isExec: boolean;
}

export interface ForkEvent {
  readonly kind: 'fork';
  time: number;
  readonly pid: number;
  readonly parentPid: number;
  readonly tid: number;
  readonly parentTid: number;
  /** Whether the child starts with its parent's mappings. */
  readonly copiesMappings: boolean;
}

/** Reads the reader's record as a side-band event; undefined where it is of another type or too short to be read. */
export function sideBandEvent(reader: RecordReader, time: number): SideBandEvent | undefined {
  const { type, view, at, size, misc, little, bytes } = reader;
  const end = at + size;
  const u32 = (offset: number) => view.getUint32(at + offset, little);
  const i32 = (offset: number) => view.getInt32(at + offset, little);
  const u64 = (offset: number) => view.getBigUint64(at + offset, little);
  if (type === RECORD.MMAP || type === RECORD.MMAP2) {
    const nameAt = type === RECORD.MMAP ? 40 : 72;
    if (size < nameAt) return undefined;
    const hasBuildId = type === RECORD.MMAP2 && (misc & MISC.MMAP_BUILD_ID) !== 0;
    return {
      kind: 'map',
      time,
      owner: ownerOf(misc, i32(8)),
      pid: i32(8),
      start: u64(16),
      length: u64(24),
      pageOffset: u64(32),
      name: utf8UntilZero(bytes, at + nameAt, end),
      buildId: hasBuildId ? hex(bytes, at + 44, Math.min(20, bytes[at + 40])) : '',
      isFunction: false,
    };
  }
  if (type === RECORD.COMM) {
    if (size < 16) return undefined;
    const name = utf8UntilZero(bytes, at + 16, end);
    return { kind: 'comm', time, pid: i32(8), tid: i32(12), name, isExec: (misc & MISC.COMM_EXEC) !== 0 };
  }
  if (type === RECORD.FORK) {
    if (size < 24) return undefined;
    const copiesMappings = (misc & MISC.FORK_EXEC) === 0;
    return { kind: 'fork', time, pid: i32(8), parentPid: i32(12), tid: i32(16), parentTid: i32(20), copiesMappings };
  }
  if (type === RECORD.KSYMBOL) {
    if (size < 24 || (view.getUint16(at + 22, little) & KSYMBOL_GONE) !== 0) return undefined;
    return {
      kind: 'map',
      time,
      owner: 'kernel',
      pid: -1,
      start: u64(8),
      length: BigInt(u32(16)),
      pageOffset: 0n,
      name: utf8UntilZero(bytes, at + 24, end),
      buildId: '',
      isFunction: true,
    };
  }
  return undefined;
}

export function hex(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let at = start; at < start + length; at++) text += bytes[at].toString(16).padStart(2, '0');
  return text;
}

/** PERF_RECORD_KSYMBOL_FLAGS_UNREGISTER. What was there stays known: samples of it may still come. */
const KSYMBOL_GONE = 1;

/** Kernel mappings say so in `misc`; in old recordings only by a process of -1. */
function ownerOf(misc: number, pid: number): SpaceOwner {
  const mode = misc & MISC.CPUMODE_MASK;
  if (mode === CPUMODE.GUEST_KERNEL) return 'guest-kernel';
  return mode === CPUMODE.KERNEL || (pid === -1 && mode !== CPUMODE.GUEST_USER) ? 'kernel' : 'user';
}
