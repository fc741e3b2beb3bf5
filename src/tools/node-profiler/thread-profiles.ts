import { createReadStream, createWriteStream, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A thread of a Node process whose recording was begun. */
export interface RecordedThread {
  readonly pid: number;
  /** As Node numbers them: 0 is a process's first. */
  readonly thread: number;
  readonly name: string;
  readonly argv: readonly string[];
  readonly version: string;
  /** Where its profile is, or will be. */
  readonly profile: string;
}

/** The threads that have begun in a folder, by process and number. */
export function recordedThreads(folder: string): RecordedThread[] {
  if (!existsSync(folder)) return [];
  const threads = readdirSync(folder)
    .filter((name) => name.endsWith('.started'))
    .flatMap((name) => {
      try {
        const about = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Omit<RecordedThread, 'profile'>;
        return [{ ...about, profile: join(folder, name.replace(/\.started$/, '.cpuprofile')) }];
      } catch {
        // Being written.
        return [];
      }
    });
  return threads.sort((a, b) => a.pid - b.pid || a.thread - b.thread);
}

export function isWritten({ profile }: RecordedThread): boolean {
  return existsSync(profile);
}

/**
 * Puts the profiles of threads, as V8 wrote them, into one file: a trace of Chrome's, which other programs open as well.
 * (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU)
 */
export async function joinProfiles(threads: readonly RecordedThread[], output: string): Promise<void> {
  const part = `${output}.part`;
  await pipeline(pieces(threads), createWriteStream(part));
  renameSync(part, output);
}

async function* pieces(threads: readonly RecordedThread[]): AsyncGenerator<string | Buffer> {
  yield '{"traceEvents":[';
  for (const [index, { pid, thread, name, argv, profile }] of threads.entries()) {
    const of = { pid, tid: thread, ts: 0 };
    const title = [basename(argv[0] ?? 'node'), ...argv.slice(1)].join(' ').slice(0, MOST_TITLE);
    const threadName = name || (thread === 0 ? 'main' : `worker ${thread}`);
    yield index === 0 ? '\n' : ',\n';
    yield `${JSON.stringify({ name: 'process_name', ph: 'M', ...of, args: { name: title } })},\n`;
    yield `${JSON.stringify({ name: 'thread_name', ph: 'M', ...of, args: { name: threadName } })},\n`;
    const event = JSON.stringify({ name: 'CpuProfile', ph: 'P', cat: CATEGORY, ...of, id: `0x${thread.toString(16)}` });
    yield `${event.slice(0, -1)},"args":{"data":{"cpuProfile":`;
    yield* createReadStream(profile);
    yield '}}}';
  }
  yield '\n]}\n';
}

const CATEGORY = 'disabled-by-default-v8.cpu_profiler';
const MOST_TITLE = 200;
