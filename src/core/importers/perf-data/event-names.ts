import type { EventAttribute } from './event-attribute.ts';

/**
 * The name perf gives to an event whose recording doesn't name it: what is counted, then modifiers as in `cycles:u`. `tracepoints`
 * names trace points by their number, as the recording's tracing data does.
 */
export function eventName(attribute: EventAttribute, tracepoints: ReadonlyMap<number, string>): string {
  const config = Number(attribute.config);
  switch (attribute.type) {
    case EVENT_TYPE.HARDWARE:
      // A hybrid machine's processor type is in the upper half.
      return (HARDWARE[Number(attribute.config & 0xffffffffn)] ?? 'unknown-hardware') + modifiers(attribute);
    case EVENT_TYPE.SOFTWARE:
      return (SOFTWARE[config] ?? 'unknown-software') + modifiers(attribute);
    case EVENT_TYPE.TRACEPOINT:
      return tracepoints.get(config) ?? 'unknown tracepoint';
    case EVENT_TYPE.CACHE:
      return cacheName(config) + modifiers(attribute);
    case EVENT_TYPE.RAW:
      return `raw 0x${attribute.config.toString(16)}${modifiers(attribute)}`;
    case EVENT_TYPE.BREAKPOINT:
      return `mem:0x${attribute.config1.toString(16)}${breakpointAccess(attribute.breakpointType)}${modifiers(attribute)}`;
    default:
      return `type ${attribute.type} config 0x${attribute.config.toString(16)}${modifiers(attribute)}`;
  }
}

/** A placeholder event: it carries the side-band and is never a measurement. */
export function isDummy({ type, config }: EventAttribute): boolean {
  return type === EVENT_TYPE.SOFTWARE && config === BigInt(SOFTWARE.indexOf('dummy'));
}

/** Whether the event's periods are nanoseconds: the two clocks. */
export function isClock({ type, config }: EventAttribute): boolean {
  return type === EVENT_TYPE.SOFTWARE && config <= 1n;
}

const EVENT_TYPE = { HARDWARE: 0, SOFTWARE: 1, TRACEPOINT: 2, CACHE: 3, RAW: 4, BREAKPOINT: 5 } as const;

/** By `config`: `enum perf_hw_id`. */
const HARDWARE = [
  'cycles',
  'instructions',
  'cache-references',
  'cache-misses',
  'branches',
  'branch-misses',
  'bus-cycles',
  'stalled-cycles-frontend',
  'stalled-cycles-backend',
  'ref-cycles',
];

/** By `config`: `enum perf_sw_ids`. */
const SOFTWARE = [
  'cpu-clock',
  'task-clock',
  'page-faults',
  'context-switches',
  'cpu-migrations',
  'minor-faults',
  'major-faults',
  'alignment-faults',
  'emulation-faults',
  'dummy',
  'bpf-output',
  'cgroup-switches',
];

const CACHES = ['L1-dcache', 'L1-icache', 'LLC', 'dTLB', 'iTLB', 'branch', 'node'];
const CACHE_OPERATIONS = [
  ['loads', 'load-misses'],
  ['stores', 'store-misses'],
  ['prefetches', 'prefetch-misses'],
];

/** Cache in the low byte, operation in the next, result (access or miss) in the third. */
function cacheName(config: number): string {
  const cache = CACHES[config & 0xff];
  const operation = CACHE_OPERATIONS[(config >>> 8) & 0xff]?.[(config >>> 16) & 0xff];
  return cache && operation ? `${cache}-${operation}` : 'unknown-ext-hardware-cache-type';
}

/** `HW_BREAKPOINT_R`, `_W` and `_X` are the bits 1, 2 and 4. */
function breakpointAccess(type: number): string {
  const letters = (type & 1 ? 'r' : '') + (type & 2 ? 'w' : '') + (type & 4 ? 'x' : '');
  return letters === '' ? '' : `:${letters}`;
}

/** What the event was limited to, with the letters of perf's event syntax: nothing is said where all is counted. */
function modifiers({ excludes, precise }: EventAttribute): string {
  let letters = '';
  const limited = excludes.kernel || excludes.user || excludes.hypervisor;
  if (limited) letters += (excludes.kernel ? '' : 'k') + (excludes.user ? '' : 'u') + (excludes.hypervisor ? '' : 'h');
  letters += 'p'.repeat(precise);
  // perf's own rule, odd as it is: names must be the same as those it prints.
  if (excludes.host || excludes.guest === (limited || precise > 0)) {
    letters += (excludes.host ? '' : 'H') + (excludes.guest ? '' : 'G');
  }
  return letters === '' ? '' : `:${letters}`;
}
