import type { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameIndex, type FrameKind, NONE, type ThreadIndex } from '../../profile/profile.ts';
import { withoutParameters } from '../perf-script/printed-name.ts';
import { indexWithin } from '../reading/index-within.ts';

/**
 * The frame of a text that async-profiler writes (src/frameName.cpp): `java/util/HashMap.put_[j]`, with a line behind a colon where its
 * converter was asked for lines; `libjvm.so\`JavaThread::run()`; `sys_read_[k]`; `byte[]_[k]` for a class.
 */
export function asyncProfilerFrame(builder: ProfileBuilder, text: string): FrameIndex {
  const [, marked, mark] = /^(.*)_\[([01jik])\]$/s.exec(text) ?? [];
  const name = marked ?? text;
  if ((mark === 'k' || mark === 'i') && CLASS.test(name)) {
    // Allocated in a thread's own buffer, or outside of it.
    return builder.frame({ function: builder.function({ name }), kind: 'jit' });
  }
  if (mark === 'k') return builder.frame({ function: builder.function({ name }), kind: 'kernel' });
  if (mark !== undefined || METHOD.test(name)) {
    const [, method, line] = /^(.*):(\d{1,9})$/s.exec(name) ?? [];
    const kind: FrameKind = mark === '0' ? 'interpreted' : 'jit';
    const func = builder.function({ name: method ?? name });
    return builder.frame({ function: func, line: Number(line ?? 0), kind, inlined: mark === 'i' });
  }
  const [, library, symbol] = /^([^`]+)`(.+)$/s.exec(name) ?? [];
  const module = library === undefined ? NONE : builder.module(library);
  const fullName = symbol ?? name;
  const func = builder.function({ name: withoutParameters(fullName), fullName, systemName: fullName, module });
  return builder.frame({ function: func, module });
}

/** `[main tid=12]`, with its semicolon. */
export function asyncProfilerThreadEnd(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== OPEN) return start;
  let semicolon = indexWithin(bytes, SEMICOLON, start, end);
  if (semicolon === -1) semicolon = end;
  let at = semicolon - 1;
  if (bytes[at] !== CLOSE) return start;
  at--;
  while (at > start && bytes[at] >= 0x30 && bytes[at] <= 0x39) at--;
  const isTid =
    at < semicolon - 2 &&
    bytes[at] === 0x3d &&
    bytes[at - 1] === 0x64 &&
    bytes[at - 2] === 0x69 &&
    bytes[at - 3] === 0x74;
  return isTid ? Math.min(end, semicolon + 1) : start;
}

export function asyncProfilerThread(builder: ProfileBuilder, text: string): ThreadIndex {
  const [, name = '', digits = ''] = /^\[(?:(.*) )?tid=(\d+)\];?$/s.exec(text) ?? [];
  const tid = Number(digits);
  return builder.thread(NONE, tid < 2 ** 31 ? tid : NONE, name);
}

/** Whether a text is one that only async-profiler writes. */
export function isAsyncProfilerFrame(text: string): boolean {
  return MARKED_METHOD.test(text) || SLASHED_METHOD.test(text) || THREAD.test(text) || JVM.test(text);
}

/** `byte[]`, `java.lang.String`: the last part of a method's name starts with a small letter or `<`. */
const CLASS = /^(?:[\w$]+\.)*[A-Z][\w$]*(?:\[\])*$|^[\w$.]+(?:\[\])+$/;
/** `java.lang.Thread.run`, `java/lang/Thread.run`, with a signature or a line; not `copy.part.0` and `copy.cold`, as compilers name parts. */
const METHOD =
  /^[A-Za-z_$][\w$]*(?:[./+][\w$]+)*\.(?!cold$)(?:[A-Za-z_$][\w$]*|<init>|<clinit>)(?:\([^()]*\)[^()]*)?(?::\d+)?$/;
const MARKED_METHOD = /^[\w$/.+-]+\.[\w$<>-]+(?:\([^()]*\)[^()]*)?(?::\d+)?_\[[01ij]\]$/;
/** The class with a capital, as Java has them: `crypto/sha512.Sum512` is a function of Go. */
const SLASHED_METHOD = /^(?:[\w$-]+\/)+[A-Z$_][\w$-]*\.[\w$<>-]+(?:\([^()]*\)[^()]*)?(?::\d+)?(?:_\[[01ij]\])?$/;
const THREAD = /^\[(?:.* )?tid=\d+\]$/;
const JVM =
  /^(?:libjvm\.so`)?(?:JavaThread::(?:run|thread_main_inner)\(\)|(?:java_start|thread_native_entry)\(Thread\*\))$/;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const SEMICOLON = 0x3b;
