import type { ValueType } from '../../profile/profile.ts';
import { droppedFunctions, type IsDropped } from '../pprof/frame-pruning.ts';

/**
 * The functions that pprof takes out of profiles of these formats, by what they measure: of allocation, of locks, or of the profiler
 * itself. The lists are those of `addLegacyFrameInfo` in https://github.com/google/pprof/blob/main/profile/legacy_profile.go.
 */
export function droppedNames(values: readonly ValueType[]): IsDropped {
  const types = values.map(({ type }) => type).join(' ');
  if (ALLOCATION_TYPES.has(types)) return droppedFunctions(ALLOCATION.join('|'), ALLOCATION_KEPT.join('|'))!;
  return droppedFunctions((types === 'contentions delay' ? LOCKS : PROFILER).join('|'), '')!;
}

/** Whether Go's runtime is among them. */
export function dropsRuntime(values: readonly ValueType[]): boolean {
  return ALLOCATION_TYPES.has(values.map(({ type }) => type).join(' '));
}

const ALLOCATION_TYPES = new Set([
  'allocations size',
  'objects space',
  'inuse_objects inuse_space',
  'alloc_objects alloc_space',
  'alloc_objects alloc_space inuse_objects inuse_space',
]);

const ALLOCATION = [
  '(__)?posix_memalign|c?free|[cm]alloc|(do_)?memalign|p?valloc|realloc',
  'tcmalloc::.*',
  'tc_(calloc|cfree|malloc|free|memalign|posix_memalign|pvalloc|valloc|realloc)',
  'tc_(new|delete|newarray|deletearray|new_nothrow|newarray_nothrow)',
  'malloc_zone_(malloc|calloc|valloc|realloc|memalign|free)',
  'runtime\\..*',
  'BaseArena::.*|(::)?do_malloc(_no_errno|_pages)?|DoSampledAllocation|MallocedMemBlock::MallocedMemBlock',
  '_M_allocate|__builtin_(vec_)?(delete|new)|__gnu_cxx::new_allocator::allocate|__libc_malloc',
  '__malloc_alloc_template::allocate|allocate|cpp_alloc|operator new(\\[\\])?|simple_alloc::allocate',
];

/** Go's runtime where it isn't at the inner end of a stack. */
const ALLOCATION_KEPT = ['runtime\\.panic|runtime\\.reflectcall|runtime\\.call[0-9]*'];

const PROFILER = ['ProfileData::Add|(ProfileData|CpuProfiler)::prof_handler|__pthread_sighandler|__restore'];

const LOCKS = [
  '(base::)?RecordLockProfileData.*|(base::)?Submit(Mutex|SpinLock)ProfileData.*',
  '((base::)?Mutex::)?(AwaitCommon|Unlock|UnlockSlow|ReaderUnlock).*|((base::)?MutexLock::)?~MutexLock.*',
  '(SpinLock::)?(Unlock|SlowUnlock).*|(SpinLockHolder::)?~SpinLockHolder.*',
];
