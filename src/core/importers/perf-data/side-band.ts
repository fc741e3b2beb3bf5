import type { ByteCursor } from '../reading/byte-cursor.ts';
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

/**
 * Reads what follows the header of an MMAP, MMAP2, COMM, FORK or KSYMBOL record. Undefined where nothing came into being. Throws
 * CutShort where the record is too short.
 */
export function sideBandEvent(type: number, misc: number, cursor: ByteCursor, time: number): SideBandEvent | undefined {
  return type === RECORD.COMM
    ? commEvent(cursor, time)
    : type === RECORD.FORK
      ? forkEvent(misc, cursor, time)
      : type === RECORD.KSYMBOL
        ? kernelFunction(cursor, time)
        : mapEvent(type, misc, cursor, time);
}

function mapEvent(type: number, misc: number, cursor: ByteCursor, time: number): MapEvent {
  const pid = cursor.i32();
  cursor.i32();
  const [start, length, pageOffset] = [cursor.wide(), cursor.wide(), cursor.wide()];
  let buildId = '';
  if (type === RECORD.MMAP2) {
    // Either device and inode or the build-id, in the same bytes; then protection and flags, small numbers, which Linux 3.16 added:
    // before, the name comes here already.
    const identity = cursor.take(24);
    if (cursor.peekU32() <= MOST_PROTECTION) cursor.take(8);
    if ((misc & MISC.MMAP_BUILD_ID) !== 0) buildId = hex(identity, 4, Math.min(20, identity[0]));
  }
  const name = cursor.text(cursor.left);
  const owner = ownerOf(misc, pid);
  return { kind: 'map', time, owner, pid, start, length, pageOffset, name, buildId, isFunction: false };
}

function commEvent(cursor: ByteCursor, time: number): CommEvent {
  const [pid, tid] = [cursor.i32(), cursor.i32()];
  return { kind: 'comm', time, pid, tid, name: cursor.text(cursor.left) };
}

function forkEvent(misc: number, cursor: ByteCursor, time: number): ForkEvent {
  const [pid, parentPid, tid, parentTid] = [cursor.i32(), cursor.i32(), cursor.i32(), cursor.i32()];
  return { kind: 'fork', time, pid, parentPid, tid, parentTid, copiesMappings: (misc & MISC.FORK_EXEC) === 0 };
}

/** Code that the kernel made while it ran and gave a name: BPF programs, trampolines. */
function kernelFunction(cursor: ByteCursor, time: number): MapEvent | undefined {
  const start = cursor.wide();
  const length = BigInt(cursor.u32());
  cursor.u16();
  // What is taken away stays known: samples of it may still come.
  if ((cursor.u16() & KSYMBOL_GONE) !== 0) return undefined;
  const name = cursor.text(cursor.left);
  return {
    kind: 'map',
    time,
    owner: 'kernel',
    pid: -1,
    start,
    length,
    pageOffset: 0n,
    name,
    buildId: '',
    isFunction: true,
  };
}

export function hex(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let at = start; at < start + length; at++) text += bytes[at].toString(16).padStart(2, '0');
  return text;
}

/** PROT_… bits; four letters of a name make a far greater number in either byte order. */
const MOST_PROTECTION = 0xffff;

/** PERF_RECORD_KSYMBOL_FLAGS_UNREGISTER. */
const KSYMBOL_GONE = 1;

/** Kernel mappings say so in `misc`; in old recordings only by a process of -1. */
function ownerOf(misc: number, pid: number): SpaceOwner {
  const mode = misc & MISC.CPUMODE_MASK;
  if (mode === CPUMODE.GUEST_KERNEL) return 'guest-kernel';
  return mode === CPUMODE.KERNEL || (pid === -1 && mode !== CPUMODE.GUEST_USER) ? 'kernel' : 'user';
}
