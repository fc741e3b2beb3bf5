/**
 * Types of the records that are read: below 64 the kernel writes them (`include/uapi/linux/perf_event.h`), from 64 on the perf tool does
 * (`tools/lib/perf/include/perf/event.h`).
 */
export const RECORD = {
  MMAP: 1,
  LOST: 2,
  COMM: 3,
  THROTTLE: 5,
  FORK: 7,
  SAMPLE: 9,
  MMAP2: 10,
  LOST_SAMPLES: 13,
  KSYMBOL: 17,
  CALLCHAIN_DEFERRED: 22,
  HEADER_ATTR: 64,
  HEADER_EVENT_TYPE: 65,
  HEADER_TRACING_DATA: 66,
  HEADER_BUILD_ID: 67,
  FINISHED_ROUND: 68,
  AUXTRACE: 71,
  EVENT_UPDATE: 78,
  HEADER_FEATURE: 80,
  COMPRESSED: 81,
  COMPRESSED2: 83,
} as const;

/** Last type the kernel is known to write, and last the tool is. Types past these come from a newer perf. */
export const LAST_KERNEL_TYPE = 22;
export const FIRST_TOOL_TYPE = 64;
export const LAST_TOOL_TYPE = 86;

/** Bits of a record's `misc`. */
export const MISC = {
  CPUMODE_MASK: 7,
  /** On FORK: perf made it up for a process that ran already, and writes its mappings as well. */
  FORK_EXEC: 1 << 13,
  MMAP_BUILD_ID: 1 << 14,
} as const;

/** Where the processor was: the low bits of `misc`. */
export const CPUMODE = { UNKNOWN: 0, KERNEL: 1, USER: 2, HYPERVISOR: 3, GUEST_KERNEL: 4, GUEST_USER: 5 } as const;

/** Bits of `sample_type` that matter here, in the order of their values. */
export const SAMPLE = {
  IP: 1 << 0,
  TID: 1 << 1,
  TIME: 1 << 2,
  ADDR: 1 << 3,
  READ: 1 << 4,
  CALLCHAIN: 1 << 5,
  ID: 1 << 6,
  CPU: 1 << 7,
  PERIOD: 1 << 8,
  STREAM_ID: 1 << 9,
  RAW: 1 << 10,
  BRANCH_STACK: 1 << 11,
  STACK_USER: 1 << 13,
  IDENTIFIER: 1 << 16,
} as const;

/** Every bit of `sample_type` whose place in a sample is known: up to WEIGHT_STRUCT, 1 << 24. */
export const KNOWN_SAMPLE_BITS = 0x1ffffff;

export const READ_FORMAT = { TIME_ENABLED: 1, TIME_RUNNING: 2, ID: 4, GROUP: 8, LOST: 16 } as const;

/** Markers in a callchain, as the low half of a 64-bit number whose high half is all ones. */
export const CONTEXT = {
  HYPERVISOR: 0xffffffe0,
  KERNEL: 0xffffff80,
  USER: 0xfffffe00,
  USER_DEFERRED: 0xfffffd80,
  GUEST: 0xfffff800,
  GUEST_KERNEL: 0xfffff780,
  GUEST_USER: 0xfffff600,
  /** A low half at or above this, under a high half of all ones, is a marker and no address. */
  LEAST: 0xfffff001,
} as const;
