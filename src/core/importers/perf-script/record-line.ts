/** What the lines of `--show-task-events`, `--show-mmap-events` and `--show-lost-events` say. */
export interface RecordFacts {
  /** Samples the kernel dropped; NaN until a line says so. */
  lostSamples: number;
  throttled: number;
  /** Process of a thread. */
  readonly pidOfTid: Map<number, number>;
  /** Build-id of a module by its path. */
  readonly buildIds: Map<string, string>;
}

export function newRecordFacts(): RecordFacts {
  return { lostSamples: Number.NaN, throttled: Number.NaN, pidOfTid: new Map(), buildIds: new Map() };
}

/** Takes what `PERF_RECORD_…` says into `facts`. (tools/perf/util/event.c: perf_event__fprintf.) */
export function readRecordLine(text: string, facts: RecordFacts): void {
  const lost = /^PERF_RECORD_LOST(?:_SAMPLES)? lost (\d{1,15})/.exec(text);
  if (lost) {
    facts.lostSamples = (Number.isNaN(facts.lostSamples) ? 0 : facts.lostSamples) + Number(lost[1]);
    return;
  }
  if (text.startsWith('PERF_RECORD_THROTTLE')) {
    facts.throttled = (Number.isNaN(facts.throttled) ? 0 : facts.throttled) + 1;
    return;
  }
  const thread = /^PERF_RECORD_(?:FORK\((\d{1,10}):(\d{1,10})\)|COMM.*:(\d{1,10})\/(\d{1,10})$)/.exec(text);
  if (thread) {
    facts.pidOfTid.set(Number(thread[2] ?? thread[4]), Number(thread[1] ?? thread[3]));
    return;
  }
  const mapping = /^PERF_RECORD_MMAP2 .*@ \S+ <([0-9a-f]{8,64})>\]: \S+ (.+)$/.exec(text);
  if (mapping) facts.buildIds.set(mapping[2], mapping[1]);
}
