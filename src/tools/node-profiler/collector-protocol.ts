import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** How the collector's own lines on stderr begin. */
export const COLLECTOR_SAYS = 'perfwright node> ';
/** Has a thread write its profile down; the preload puts it there. */
export const FLUSH = "process[Symbol.for('perfwright.flush')]?.()";
/** Where profiles are while the recording goes on, beside the collector's output. */
export const THREADS_FOLDER = 'threads';
/** The target's own NODE_OPTIONS: what it is for must not work on the collector, which is a Node as well. */
export const TARGET_NODE_OPTIONS = 'PERFWRIGHT_TARGET_NODE_OPTIONS';

/** What is shipped beside the product's bundles; where Node runs the sources, beside this one. */
export const COLLECTOR = beside('node-collector.cjs', 'collector.ts');
export const PRELOAD = beside('node-preload.cjs', 'preload.cjs');

function beside(shipped: string, source: string): string {
  const path = join(import.meta.dirname, shipped);
  return existsSync(path) ? path : join(import.meta.dirname, source);
}
