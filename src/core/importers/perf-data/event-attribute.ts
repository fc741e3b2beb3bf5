import { KNOWN_SAMPLE_BITS } from './record-types.ts';

/** What one event was configured to record: `struct perf_event_attr`, the parts that matter to a reader. */
export interface EventAttribute {
  readonly type: number;
  readonly config: bigint;
  /** Address or second configuration word: for breakpoints and cache events. */
  readonly config1: bigint;
  readonly breakpointType: number;
  /** Low 32 bits of `sample_type`. */
  readonly sampleType: number;
  /** Whether `sample_type` has bits that aren't known here, so that the layout of the event's samples can't be known. */
  readonly hasUnknownSampleBits: boolean;
  readonly readFormat: number;
  /** Events between samples, or samples per second where `isFrequency`. */
  readonly periodOrFrequency: number;
  readonly isFrequency: boolean;
  /** Whether threads that a recorded one starts are recorded too, each with counters of its own under the same id. */
  readonly inherit: boolean;
  /** Whether every record, not only samples, ends in the fields that identify it. */
  readonly sampleIdAll: boolean;
  readonly excludes: {
    readonly user: boolean;
    readonly kernel: boolean;
    readonly hypervisor: boolean;
    readonly host: boolean;
    readonly guest: boolean;
  };
  /** 0 to 3: how exact the sampled address is asked to be. */
  readonly precise: number;
  readonly branchSampleType: number;
  /** Depth limit of callchains, or 0 where the recording doesn't say. */
  readonly maxStack: number;
}

/** Smallest published attribute (PERF_ATTR_SIZE_VER0), in bytes. */
export const LEAST_ATTRIBUTE_BYTES = 64;

/**
 * Reads the attribute at `at`, of which `length` bytes belong to it: older perfs write fewer than now, newer ones more; what is
 * missing is zero, what is more is ignored. Expects `length >= LEAST_ATTRIBUTE_BYTES`.
 */
export function eventAttribute(view: DataView, at: number, length: number, little: boolean): EventAttribute {
  const u32 = (offset: number) => (offset + 4 <= length ? view.getUint32(at + offset, little) : 0);
  const u64 = (offset: number) => (offset + 8 <= length ? view.getBigUint64(at + offset, little) : 0n);
  // Bit fields are numbered from the other end of each byte on a big-endian machine.
  const flag = (bit: number) => {
    const byte = view.getUint8(at + 40 + (bit >> 3));
    return ((byte >> (little ? bit & 7 : 7 - (bit & 7))) & 1) === 1;
  };
  const sampleType = u64(24);
  return {
    type: u32(0),
    config: u64(8),
    config1: u64(56),
    breakpointType: u32(52),
    sampleType: Number(sampleType & 0xffffffffn),
    hasUnknownSampleBits: (sampleType & ~BigInt(KNOWN_SAMPLE_BITS)) !== 0n,
    readFormat: Number(u64(32) & 0xffffffffn),
    periodOrFrequency: Number(u64(16)),
    isFrequency: flag(10),
    inherit: flag(1),
    sampleIdAll: flag(18),
    excludes: { user: flag(4), kernel: flag(5), hypervisor: flag(6), host: flag(19), guest: flag(20) },
    precise: little ? Number(flag(15)) + 2 * Number(flag(16)) : 2 * Number(flag(15)) + Number(flag(16)),
    branchSampleType: Number(u64(72) & 0xffffffffn),
    maxStack: length >= 110 ? view.getUint16(at + 108, little) : 0,
  };
}
