import {
  asyncProfilerFrame,
  asyncProfilerThread,
  asyncProfilerThreadEnd,
  isAsyncProfilerFrame,
} from './folded/async-profiler-frame.ts';
import { foldedHead } from './folded/folded-head.ts';
import { readFolded } from './folded/read-folded.ts';
import type { Importer } from './importer.ts';

/**
 * Folded stacks of JVMs as async-profiler and its converter write them (`-o collapsed`). Recognised by what only it writes: methods marked
 * `_[j]`, `_[i]`, `_[0]` or `_[1]`, names such as `java/lang/Thread.run`, threads such as `[main tid=12]`, functions of the JVM with their
 * parameters. (https://github.com/async-profiler/async-profiler)
 */
export const asyncProfilerCollapsed: Importer = {
  format: 'async-profiler collapsed',
  extensions: ['.collapsed'],
  recognises(head) {
    const found = foldedHead(head);
    return (
      found !== undefined && found.stacks >= found.others && found.stacks > 0 && found.frames.some(isAsyncProfilerFrame)
    );
  },
  read(source, watch) {
    return readFolded(source, watch, {
      format: 'async-profiler collapsed',
      producer: 'async-profiler',
      frameOf: asyncProfilerFrame,
      threadStarts: [BRACKET],
      threadEnd: asyncProfilerThreadEnd,
      threadOf: asyncProfilerThread,
      mayMislead: [
        'What the numbers count is not said in this format: samples, or nanoseconds or bytes where totals were asked for.',
        'In profiles of allocations and locks the innermost frame is a class.',
      ],
    });
  },
};

/** `[`, of `[main tid=12]`. */
const BRACKET = 0x5b;
