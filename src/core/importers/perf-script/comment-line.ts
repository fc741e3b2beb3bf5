/** What the comments of `perf script --header` say of the recording. */
export interface CommentFacts {
  hostname: string;
  architecture: string;
  /** Version of the perf that recorded. */
  perfVersion: string;
  commandLine: readonly string[];
  /** Frequency that was asked for, in Hz, or NaN. */
  requestedHz: number;
}

export function newCommentFacts(): CommentFacts {
  return { hostname: '', architecture: '', perfVersion: '', commandLine: [], requestedHz: Number.NaN };
}

/** Takes what a line that starts with `#` says into `facts`. (tools/perf/util/header.c: perf_header__fprintf_info.) */
export function readCommentLine(text: string, facts: CommentFacts): void {
  const match = /^# ([a-z ]{1,20}?)\s*: (.*)$/.exec(text);
  if (!match) return;
  const [, key, value] = match;
  FACTS[key]?.(value.trim(), facts);
}

const FACTS: Readonly<Record<string, ((value: string, facts: CommentFacts) => void) | undefined>> = {
  __proto__: null as never,
  hostname: (value, facts) => {
    facts.hostname = value;
  },
  arch: (value, facts) => {
    facts.architecture = value;
  },
  'perf version': (value, facts) => {
    facts.perfVersion = value;
  },
  cmdline: (value, facts) => {
    // perf joins the arguments by blanks, so one that holds a blank can't be told from two.
    facts.commandLine = value === '' ? [] : value.split(/\s+/);
  },
  event: (value, facts) => {
    const frequency = /\{ sample_period, sample_freq \} = (\d{1,9}),/.exec(value);
    if (frequency && /, freq = 1,/.test(value) && Number.isNaN(facts.requestedHz)) {
      facts.requestedHz = Number(frequency[1]);
    }
  },
};
