import { ByteCursor } from '../reading/byte-cursor.ts';
import { utf8 } from '../reading/utf8.ts';

/**
 * Names of trace points (`sched:sched_switch`) by number, from a recording's tracing data. Format: `tools/perf/util/
 * trace-event-info.c`, which writes it: page headers, then a text that describes each event, by system. Throws CutShort where it ends
 * too early; the names up to there are in `into`.
 */
export function readTracepointNames(bytes: Uint8Array, into: Map<number, string>): void {
  const start = new ByteCursor(bytes, true);
  if (utf8(start.take(10), 3, 10) !== 'tracing') return;
  start.textUntilZero();
  const little = start.u8() === 0;
  const cursor = new ByteCursor(start.take(start.left), little);
  cursor.take(1 + 4);
  for (const heading of ['header_page', 'header_event']) {
    cursor.take(heading.length + 1);
    cursor.take(cursor.u64());
  }
  for (let left = cursor.u32(); left > 0; left--) cursor.take(cursor.u64());
  for (let systems = cursor.u32(); systems > 0; systems--) {
    const system = cursor.textUntilZero();
    for (let events = cursor.u32(); events > 0; events--) {
      const description = cursor.take(cursor.u64());
      const head = utf8(description, 0, Math.min(description.length, HEAD_BYTES));
      const found = /^name: (\S+)\nID: (\d+)$/m.exec(head);
      if (found) into.set(Number(found[2]), `${system}:${found[1]}`);
    }
  }
}

/** Name and number come first in an event's description. */
const HEAD_BYTES = 512;
