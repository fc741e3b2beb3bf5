import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PATIENCE_MS } from './patience.ts';

/** A thread as the Firefox Profiler lists it. */
export interface FrontEndThread {
  readonly threadHandle: string;
  readonly name: string;
  readonly tid: number | string;
  readonly pid: string;
  readonly process: string;
}

/** A function of a thread, in the thread's weights; times are milliseconds. */
export interface FrontEndFunction {
  readonly functionHandle: string;
  readonly name: string;
  readonly library?: string;
  readonly selfSamples: number;
  readonly totalSamples: number;
}

/** A line of a file, by all of a thread's samples. */
export interface FrontEndLine {
  readonly lineNumber: number;
  readonly selfSamples: number;
  readonly totalSamples: number;
}

/**
 * The Firefox Profiler's own front end without its pages: Mozilla's command line, in which its reading of files, call trees and figures are. It reads a
 * file in a process of its own, which is asked until `close`.
 */
export class FirefoxProfiler {
  readonly #folder = mkdtempSync(join(tmpdir(), 'perfwright-front-end-'));

  /** Throws what the front end says against the file. */
  constructor(file: string) {
    const end = Date.now() + PATIENCE_MS;
    try {
      while (!this.#load(file)) if (Date.now() > end) throw new Error(`profiler-cli was not ready in time for ${file}`);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** It waits half a second for its own process, which on a busy machine has only begun by then: that one is ended, and the next tried. */
  #load(file: string): boolean {
    try {
      this.#run('load', file);
      return true;
    } catch (error) {
      const late = /did not become ready.*pid (\d+)/s.exec(String(error));
      if (!late) throw error;
      try {
        process.kill(Number(late[1]));
      } catch {
        // It has ended by itself.
      }
      return false;
    }
  }

  threads(): FrontEndThread[] {
    const { processes } = this.#ask('profile', 'info', '--all') as {
      processes: readonly { pid: string; name: string; threads: readonly Omit<FrontEndThread, 'pid' | 'process'>[] }[];
    };
    return processes.flatMap(({ pid, name, threads }) => threads.map((thread) => ({ ...thread, pid, process: name })));
  }

  /** The functions of a thread, all samples counted. */
  functions(thread: string): readonly FrontEndFunction[] {
    const all = ['--thread', thread, '--limit', '0', '--include-idle'];
    return (this.#ask('thread', 'functions', ...all) as { functions: readonly FrontEndFunction[] }).functions;
  }

  /** The lines of the file that a function of the selected thread is in. */
  lines(
    thread: string,
    functionHandle: string,
  ): { readonly filename: string; readonly lines: readonly FrontEndLine[] } {
    this.#run('thread', 'select', thread);
    const how = ['--mode', 'src', '--context', 'file'];
    return (
      this.#ask('function', 'annotate', functionHandle, ...how) as {
        srcAnnotation: ReturnType<FirefoxProfiler['lines']>;
      }
    ).srcAnnotation;
  }

  /** From here on only samples of a range of time count, in seconds, to its end (exclusive). */
  zoom(from: number, to: number): void {
    this.#run('zoom', 'clear');
    this.#run('zoom', 'push', `${from},${to}`);
  }

  close(): void {
    try {
      this.#run('stop', '--all');
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  #ask(...args: readonly string[]): unknown {
    return JSON.parse(this.#run(...args, '--json'));
  }

  #run(...args: readonly string[]): string {
    const env = { ...process.env, PROFILER_CLI_SESSION_DIR: this.#folder };
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [PROGRAM, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env,
    });
    if (status !== 0) throw new Error(`profiler-cli ${args.join(' ')}: ${error?.message ?? stderr}${stdout}`);
    return stdout;
  }
}

const PROGRAM = join(
  dirname(createRequire(import.meta.url).resolve('@firefox-devtools/profiler-cli/package.json')),
  'dist',
  'profiler-cli.js',
);
