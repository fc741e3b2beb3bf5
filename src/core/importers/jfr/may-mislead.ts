import type { ValueType } from '../../profile/profile.ts';
import type { Recording } from './recording.ts';

/** What a picture of a recording may mislead about, by what is in it. */
export function mayMislead({ facts, eventCounts }: Recording, values: readonly ValueType[]): string[] {
  const has = (event: string) => (eventCounts.get(event) ?? 0) > 0;
  const sentences: string[] = [];
  if (facts.asyncProfiler === '' && (has('jdk.ExecutionSample') || has('jdk.NativeMethodSample')))
    sentences.push(JDK_SAMPLER);
  if (has('jdk.NativeMethodSample')) sentences.push(NATIVE_METHODS);
  if (values.some(({ type }) => type.startsWith('wall '))) sentences.push(WALL);
  if (has('jdk.CPUTimeSample')) sentences.push(CPU_TIME);
  if (
    has('jdk.ObjectAllocationInNewTLAB') ||
    has('jdk.ObjectAllocationOutsideTLAB') ||
    has('jdk.ObjectAllocationSample')
  )
    sentences.push(ALLOCATIONS);
  if (has('jdk.ObjectAllocationSample') && has('jdk.ObjectAllocationInNewTLAB')) sentences.push(ALLOCATIONS_TWICE);
  if (has('jdk.OldObjectSample') || has('profiler.LiveObject')) sentences.push(LIVE);
  if (has('jdk.JavaMonitorEnter') || has('jdk.ThreadPark')) sentences.push(LOCKS);
  if (has('profiler.Malloc')) sentences.push(MALLOC);
  if (has('jdk.MethodTrace')) sentences.push(TRACED);
  sentences.push(FILES);
  return sentences;
}

/** MAX_NR_OF_JAVA_SAMPLES and MAX_NR_OF_NATIVE_SAMPLES of src/hotspot/share/jfr/periodic/sampling/jfrThreadSampler.cpp. */
const JDK_SAMPLER =
  "The JDK's sampler looks at five threads in Java code and one in native code each period (10 or 20 ms): with more threads at work, samples are fewer than CPU time would have. Stacks that can't be walked are left out, and without -XX:+DebugNonSafepoints compiled code may be blamed on a line near by.";
const NATIVE_METHODS =
  'Native method samples are of threads inside a native method, whether they run or wait: most of them wait.';
const WALL =
  'Wall clock samples are of all threads, also of those that sleep: a sample says that time passed, not that work was done.';
const CPU_TIME = 'CPU time samples without a stack are those whose stack could not be had.';
const ALLOCATIONS =
  'Allocations are a sample: an event stands for all that was allocated since the one before it, and is put on one class and one place.';
const ALLOCATIONS_TWICE = 'Allocations were recorded in two ways: the values of both must not be added up.';
const LIVE =
  'Objects that live on are a small sample of those that were allocated; the stack is that of their allocation.';
const LOCKS =
  'Waits shorter than the threshold of the recording (20 ms, 10 ms or 0) are not in it, and a parked thread may just have had nothing to do.';
const MALLOC =
  'Native memory is what was asked of malloc, sampled. Not freed means: not before the recording ended; it need not be a leak.';
const TRACED =
  'Traced calls are measured one by one, which costs time of its own. The stack is that of the caller: the method itself is in the label.';
const FILES =
  'JFR names no source files: they are derived from class names, as Java has it. In Kotlin, Scala and Groovy a class may be in another file.';
