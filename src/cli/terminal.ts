import { writeSync } from 'node:fs';
import { oneLine, visibleText } from '../core/visible-text.ts';
import type { Terminal } from './command.ts';

/** The process' own streams. A reader that goes away early (`| head`) ends the program quietly, as it does other tools. */
export function createTerminal(): Terminal {
  const isTerminal = process.stderr.isTTY === true;
  let shown = 0;
  const wipe = () => {
    if (shown > 0) writeIfHeard(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    out(text) {
      wipe();
      writeResult(Buffer.from(visibleText(text)));
    },
    outBytes(bytes) {
      wipe();
      writeResult(bytes);
    },
    err(text) {
      wipe();
      writeIfHeard(visibleText(text));
    },
    pass(bytes) {
      wipe();
      writeIfHeard(bytes);
    },
    progress(line) {
      if (!isTerminal) return;
      const fitting = oneLine(line).slice(0, (process.stderr.columns || 80) - 1);
      wipe();
      writeIfHeard(fitting);
      shown = fitting.length;
    },
  };
}

function writeResult(bytes: Uint8Array): void {
  try {
    writeAll(1, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(141);
    throw error;
  }
}

/** What nobody hears, because the terminal was closed or the disk is full, is no reason to give up what is being done. */
function writeIfHeard(text: string | Uint8Array): void {
  try {
    writeAll(2, Buffer.from(text));
  } catch {
    // There is no other place to say it.
  }
}

// In one piece and before going on: what was written is out when the process ends, whatever ends it.
function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
