/** A kind of event that is shown: what its samples weigh, and where its fields are. */
export interface EventKind {
  readonly event: string;
  /** Name of the value that counts its samples. */
  readonly count: string;
  readonly thread: 'sampledThread' | 'eventThread';
  readonly amount?: {
    readonly type: string;
    readonly unit: 'bytes' | 'nanoseconds';
    /** The first of these that isn't 0. */
    readonly fields: readonly string[];
  };
  /** What a sample is tagged with: a class, the state of the thread, a method. */
  readonly label?: {
    readonly key: string;
    readonly field: string;
    readonly of: 'class' | 'object' | 'state' | 'method';
  };
  /** A label that all of its samples have besides. */
  readonly mark?: { readonly key: string; readonly text: string };
  /** Field that says how many samples one event stands for. */
  readonly samples?: string;
  /** Whether it allocates or frees the native memory at the address that it has. */
  readonly memory?: 'allocates' | 'frees';
}

/**
 * Every kind of event that has samples. What is shown first comes first. A value type's name says what was counted: samples of different
 * kinds are never added up, but for allocations in and outside of TLABs, which are halves of one whole. Amounts are those of
 * async-profiler's converter (src/converter/one/jfr/event). (src/hotspot/share/jfr/metadata/metadata.xml in the JDK, src/jfrMetadata.cpp in
 * async-profiler)
 */
export const EVENT_KINDS: readonly EventKind[] = [
  {
    event: 'jdk.ExecutionSample',
    count: 'execution samples',
    thread: 'sampledThread',
    label: { key: 'state', field: 'state', of: 'state' },
  },
  {
    event: 'jdk.CPUTimeSample',
    count: 'cpu time samples',
    thread: 'eventThread',
    amount: { type: 'cpu time', unit: 'nanoseconds', fields: ['samplingPeriod'] },
  },
  {
    event: 'profiler.WallClockSample',
    count: 'wall samples',
    thread: 'sampledThread',
    label: { key: 'state', field: 'state', of: 'state' },
    samples: 'samples',
  },
  {
    event: 'jdk.NativeMethodSample',
    count: 'native method samples',
    thread: 'sampledThread',
    label: { key: 'state', field: 'state', of: 'state' },
  },
  {
    event: 'jdk.ObjectAllocationInNewTLAB',
    count: 'allocations',
    thread: 'eventThread',
    // The size of the TLAB stands for the objects in it that had no event.
    amount: { type: 'allocated', unit: 'bytes', fields: ['tlabSize', 'allocationSize'] },
    label: { key: 'class', field: 'objectClass', of: 'class' },
    mark: { key: 'TLAB', text: 'new' },
  },
  {
    event: 'jdk.ObjectAllocationOutsideTLAB',
    count: 'allocations',
    thread: 'eventThread',
    amount: { type: 'allocated', unit: 'bytes', fields: ['allocationSize'] },
    label: { key: 'class', field: 'objectClass', of: 'class' },
    mark: { key: 'TLAB', text: 'outside' },
  },
  {
    event: 'jdk.ObjectAllocationSample',
    count: 'sampled allocations',
    thread: 'eventThread',
    amount: { type: 'allocated, by samples', unit: 'bytes', fields: ['weight'] },
    label: { key: 'class', field: 'objectClass', of: 'class' },
  },
  {
    event: 'profiler.LiveObject',
    count: 'live objects',
    thread: 'eventThread',
    amount: { type: 'live object size', unit: 'bytes', fields: ['allocationSize'] },
    label: { key: 'class', field: 'objectClass', of: 'class' },
  },
  {
    event: 'jdk.OldObjectSample',
    count: 'old objects',
    thread: 'eventThread',
    amount: { type: 'old object size', unit: 'bytes', fields: ['objectSize'] },
    label: { key: 'class', field: 'object', of: 'object' },
  },
  {
    event: 'jdk.JavaMonitorEnter',
    count: 'monitor contentions',
    thread: 'eventThread',
    amount: { type: 'blocked on monitors', unit: 'nanoseconds', fields: ['duration'] },
    label: { key: 'class', field: 'monitorClass', of: 'class' },
  },
  {
    event: 'jdk.ThreadPark',
    count: 'parks',
    thread: 'eventThread',
    amount: { type: 'parked', unit: 'nanoseconds', fields: ['duration'] },
    label: { key: 'class', field: 'parkedClass', of: 'class' },
  },
  {
    event: 'profiler.NativeLock',
    count: 'native lock contentions',
    thread: 'eventThread',
    amount: { type: 'blocked on native locks', unit: 'nanoseconds', fields: ['duration'] },
  },
  {
    event: 'profiler.Malloc',
    count: 'mallocs',
    thread: 'eventThread',
    amount: { type: 'malloc', unit: 'bytes', fields: ['size'] },
    memory: 'allocates',
  },
  { event: 'profiler.Free', count: 'frees', thread: 'eventThread', memory: 'frees' },
  {
    event: 'jdk.MethodTrace',
    count: 'traced calls',
    thread: 'eventThread',
    amount: { type: 'traced time', unit: 'nanoseconds', fields: ['duration'] },
    label: { key: 'method', field: 'method', of: 'method' },
  },
];
