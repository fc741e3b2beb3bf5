import type { ProfileBuilder } from '../../profile/builder.ts';
import type { FrameIndex, FrameKind } from '../../profile/profile.ts';

/**
 * The frame of a name with the mark that stackcollapse-perf.pl and others put at its end: `_[k]` kernel, `_[j]` compiled at run time,
 * `_[i]` inlined there. `_[w]` stays in the name: it marks the stack of whoever woke a thread, which the thread wasn't in.
 * (https://github.com/brendangregg/FlameGraph, flamegraph.pl)
 */
export function markedFrame(builder: ProfileBuilder, text: string): FrameIndex {
  const mark = MARKS[text.slice(-4)];
  if (mark === undefined) return builder.frame({ function: builder.function({ name: text }) });
  return builder.frame({ function: builder.function({ name: text.slice(0, -4) }), ...mark });
}

const MARKS: Readonly<Partial<Record<string, { readonly kind: FrameKind; readonly inlined?: boolean }>>> = {
  '_[k]': { kind: 'kernel' },
  '_[j]': { kind: 'jit' },
  '_[i]': { kind: 'jit', inlined: true },
};
