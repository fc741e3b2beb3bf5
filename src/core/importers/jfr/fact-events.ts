import type { ConstantPools } from './constant-pools.ts';
import type { ChunkTypes } from './layouts.ts';
import type { RecordReader } from './record-reader.ts';
import type { RecordingFacts } from './recording-facts.ts';

/** An event that says something about the recording: which of its fields are read, and what becomes of them. */
export interface FactEvent {
  readonly fields: readonly string[];
  take(facts: RecordingFacts, value: FieldValues): void;
}

/** An event's fields, by their place in the list. */
export class FieldValues {
  readonly #reader: RecordReader;
  readonly #pools: ConstantPools;
  readonly #types: ChunkTypes;

  constructor(reader: RecordReader, pools: ConstantPools, types: ChunkTypes) {
    this.#reader = reader;
    this.#pools = pools;
    this.#types = types;
  }

  text(field: number): string {
    const { texts, low, high } = this.#reader;
    const text = texts[field] ?? this.#pools.string(low[field], high[field]);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  }

  number(field: number): number {
    return this.#reader.number(field);
  }

  /** Name of the class whose id the field is. */
  className(field: number): string {
    return this.#types.nameOf(this.number(field)) ?? '';
  }
}

export const FACT_EVENTS: ReadonlyMap<string, FactEvent> = new Map(
  Object.entries<FactEvent>({
    'jdk.JVMInformation': {
      fields: ['jvmName', 'jvmVersion', 'jvmArguments', 'javaArguments', 'pid'],
      take(facts, value) {
        facts.jvmName = value.text(0);
        facts.jvmVersion = value.text(1).split(' for ')[0];
        facts.jvmArguments = value.text(2);
        facts.javaArguments = value.text(3);
        facts.pid = value.number(4);
      },
    },
    'jdk.OSInformation': {
      fields: ['osVersion'],
      take(facts, value) {
        facts.osVersion = value.text(0);
      },
    },
    'jdk.ActiveSetting': {
      fields: ['id', 'name', 'value'],
      take: (facts, value) => facts.addSetting(value.className(0), value.text(1), value.text(2)),
    },
    'recordings/recording_setting': {
      fields: ['id', 'period'],
      take(facts, value) {
        if (value.number(1) > 0) facts.addSetting(value.className(0), 'period', `${value.number(1)} ms`);
      },
    },
    'jdk.ActiveRecording': {
      fields: ['name'],
      take(facts, value) {
        facts.asyncProfiler ||= /^async-profiler (\S+)/.exec(value.text(0))?.[1] ?? '';
      },
    },
    'jdk.CPUTimeSamplesLost': {
      fields: ['lostSamples'],
      take(facts, value) {
        facts.lostSamples += value.number(0);
      },
    },
    'jdk.DataLoss': {
      fields: ['amount'],
      take(facts, value) {
        facts.lostBytes += value.number(0);
      },
    },
    'profiler.Log': {
      fields: ['message'],
      take(facts, value) {
        if (facts.logged.length < MOST_MESSAGES) facts.logged.push(value.text(0));
      },
    },
  }),
);

/** Characters of a text that are kept. */
const LONGEST = 10_000;
const MOST_MESSAGES = 20;
