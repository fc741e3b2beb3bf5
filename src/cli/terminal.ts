import { writeSync } from 'node:fs';
import type { Terminal } from './command.ts';

/** The process' own streams. A reader that goes away early (`| head`) ends the program quietly, as it does other tools. */
export function createTerminal(): Terminal {
  const isTerminal = process.stderr.isTTY === true;
  let shown = 0;
  const wipe = () => {
    if (shown > 0) process.stderr.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    out(text) {
      wipe();
      writeAll(1, text);
    },
    err(text) {
      wipe();
      writeAll(2, text);
    },
    progress(line) {
      if (!isTerminal) return;
      const fitting = line.slice(0, (process.stderr.columns ?? 80) - 1);
      wipe();
      process.stderr.write(fitting);
      shown = fitting.length;
    },
  };
}

// In one piece and before going on: what was written is out when the process ends, whatever ends it.
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(141);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
