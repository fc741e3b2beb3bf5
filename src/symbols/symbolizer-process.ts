import type { Readable, Writable } from 'node:stream';

/** Starts a program that runs beside us, without a shell: `src/tools/run.ts` does, and whoever symbolizes hands it in. */
export type Launch = (argv: readonly string[]) => LaunchedProgram;

export interface LaunchedProgram {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when the program has exited; never rejects. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: string | null }>;
  kill(signal: NodeJS.Signals): boolean;
}

/** How long a symbolizer may be silent before it is given up, in milliseconds: reading a gigabyte of DWARF takes a while. */
const SILENCE_MS = 120_000;
/** No line of an answer is longer; a program that writes one is given up. */
const MOST_LINE_BYTES = 64 << 20;

/**
 * Writes `input` to a program's stdin, ends it, and hands each line of its stdout to `onLine` as it comes. Resolves when the program has
 * ended and all it wrote was handed on. A program that falls silent, or writes a line without end, is killed: then this throws, as it
 * does where the program can't be started, exits with another code than 0 or dies of a signal.
 */
export async function eachAnswerLine(
  launch: Launch,
  argv: readonly string[],
  input: string,
  onLine: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const program = launch(argv);
  let problem = '';
  const giveUp = (why: string) => {
    problem ||= why;
    program.kill('SIGKILL');
  };
  const onAbort = () => giveUp('cancelled');
  signal?.addEventListener('abort', onAbort, { once: true });
  let silence = setTimeout(() => {}, 0);
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => giveUp(`silent for ${SILENCE_MS / 1000} s`), SILENCE_MS);
  };
  heard();
  try {
    program.stderr.resume();
    program.stdin.end(input);
    let rest: Buffer[] = [];
    let restBytes = 0;
    for await (const chunk of program.stdout as AsyncIterable<Buffer>) {
      heard();
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        const part = chunk.subarray(from, end);
        onLine((rest.length === 0 ? part : Buffer.concat([...rest, part])).toString('utf8'));
        if (rest.length > 0) [rest, restBytes] = [[], 0];
        from = end + 1;
      }
      if (from < chunk.length) {
        rest.push(chunk.subarray(from));
        restBytes += chunk.length - from;
        if (restBytes > MOST_LINE_BYTES) giveUp('a line without end');
      }
    }
    const ended = await program.ended;
    signal?.throwIfAborted();
    if (ended.exitCode !== 0) problem ||= ended.signal ? `ended by ${ended.signal}` : `exit code ${ended.exitCode}`;
    if (problem !== '') throw new Error(`${argv[0]}: ${problem}`);
  } finally {
    clearTimeout(silence);
    signal?.removeEventListener('abort', onAbort);
    program.kill('SIGKILL');
  }
}
