import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import type { Descriptor } from '../tools/run.ts';
import { type LineMark, type MessageFilter, withoutMessages } from '../tools/without-messages.ts';

/** Where the target's output goes: nowhere, to a descriptor of ours (`inherit`: that of the same number), or to a function. */
export type OutputWish = 'ignore' | 'inherit' | number | ((chunk: Uint8Array) => void);

/** One output of a target, on its way to where it is wished. */
export interface TargetOutput {
  /** What the watchdog gets for it. */
  readonly descriptor: Descriptor;
  /** Takes our end of it, where it is a pipe. */
  read(pipe: Readable): void;
  /** Resolves when all that came has gone on. */
  readonly done: Promise<void>;
  /** What the tool itself said, as far as that went through here. */
  said(): string;
}

/**
 * Wires an output. It is handed to the target itself, so that a terminal stays a terminal, unless a tool writes lines of its own there and
 * it is none: then it comes through here without them, no faster than it is taken.
 * @param own the descriptor that `inherit` means
 */
export function targetOutput(wish: OutputWish = 'ignore', own: number, mark: LineMark | undefined): TargetOutput {
  const fd = wish === 'inherit' ? own : wish;
  const { promise: done, resolve } = Promise.withResolvers<void>();
  if (typeof fd !== 'function' && (mark === undefined || (typeof fd === 'number' && isatty(fd)))) {
    resolve();
    return { descriptor: fd, read: () => {}, done, said: () => '' };
  }
  let filter: MessageFilter | undefined;
  return {
    descriptor: 'pipe',
    read(pipe) {
      const { sink, end } = sinkOf(fd, pipe);
      filter = mark && withoutMessages(mark, sink);
      pipe.on('data', filter ? (chunk) => filter?.write(chunk) : sink);
      pipe.once('close', () => {
        filter?.end();
        end(resolve);
      });
    },
    done,
    said: () => filter?.said() ?? '',
  };
}

function sinkOf(to: Exclude<OutputWish, 'inherit'>, pipe: Readable) {
  if (typeof to === 'function') return { sink: to, end: (done: () => void) => done() };
  if (to === 'ignore') return { sink: () => {}, end: (done: () => void) => done() };
  const file = createWriteStream('', { fd: to, autoClose: false });
  // Nobody reads it any more: then the target is told so as well, by its own next write.
  file.on('error', () => pipe.destroy());
  file.on('drain', () => pipe.resume());
  return {
    sink: (chunk: Uint8Array) => {
      if (!file.write(chunk)) pipe.pause();
    },
    end: (done: () => void) => {
      if (file.destroyed) done();
      else file.end(done);
    },
  };
}
