import { Session } from 'node:inspector';

/** Part of the sources that is of interest. */
const IMPORTERS = '/src/core/importers/';

interface Script {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
  }[];
}

/** Which of the importers' code ran: by source file a byte for each character, 1 where it ran. */
export type Reached = ReadonlyMap<string, Uint8Array>;

/** Tells which code ran, as V8 counts it. Slows everything down by a few times. */
export class Coverage {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** What ran since the last time. */
  take(): Reached {
    const reached = new Map<string, Uint8Array>();
    for (const { url, functions } of this.#scripts()) {
      const length = Math.max(0, ...functions.map(({ ranges }) => ranges[0].endOffset));
      const bytes = new Uint8Array(length);
      // An inner range comes after the one it lies in.
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) bytes.fill(count > 0 ? 1 : 0, startOffset, endOffset);
      }
      reached.set(url, bytes);
    }
    return reached;
  }

  end(): void {
    this.#session.disconnect();
  }

  #scripts(): readonly Script[] {
    let scripts: readonly Script[] = [];
    this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error) throw error;
      scripts = answer.result;
    });
    return scripts.filter(({ url }) => url.includes(IMPORTERS));
  }
}

/** The share that ran in the first of what ran in the second. */
export function shareOf(wanted: Reached, reached: Reached): number {
  let [both, all] = [0, 0];
  for (const [url, bytes] of wanted) {
    const own = reached.get(url);
    for (let at = 0; at < bytes.length; at++) {
      if (bytes[at] === 0) continue;
      all++;
      if (own?.[at] === 1) both++;
    }
  }
  return both / all;
}
