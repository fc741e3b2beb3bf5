import { IntKeyMap } from '../../profile/int-key-map.ts';
import { type LabelSetIndex, NONE, type ThreadIndex } from '../../profile/profile.ts';
import { plural } from '../../units.ts';
import { CutShort } from '../reading/byte-cursor.ts';
import { ChunkCode, classLabel } from './chunk-code.ts';
import type { ChunkHeader } from './chunk-header.ts';
import type { ConstantPools } from './constant-pools.ts';
import type { EventFeed } from './event-feed.ts';
import { EVENT_KINDS, type EventKind } from './event-kinds.ts';
import { FACT_EVENTS, type FactEvent, FieldValues } from './fact-events.ts';
import type { ChunkTypes } from './layouts.ts';
import { type ReadPlan, type RecordReader, readPlan } from './record-reader.ts';
import type { Recording } from './recording.ts';

/** Makes samples of a chunk's events. */
export class SampleEvents {
  readonly #recording: Recording;
  readonly #header: ChunkHeader;
  /** Halves of the clock's reading at the chunk's start; the lower one without a sign. */
  readonly #startLow: number;
  readonly #startHigh: number;
  readonly #pools: ConstantPools;
  readonly #reader: RecordReader;
  readonly #code: ChunkCode;
  readonly #values: FieldValues;
  readonly #types: ChunkTypes;
  readonly #eventTypes = new Map<number, EventType>();
  readonly #threads = new IntKeyMap();
  readonly #nsPerTick: number;
  /** From the recording's start to the chunk's. */
  readonly #startNs: number;
  /** Events that hold less than their type says. */
  #broken = 0;

  constructor(
    recording: Recording,
    header: ChunkHeader,
    types: ChunkTypes,
    pools: ConstantPools,
    reader: RecordReader,
  ) {
    this.#recording = recording;
    this.#header = header;
    this.#startLow = header.startTicksLow >>> 0;
    this.#startHigh = header.startTicksHigh;
    this.#types = types;
    this.#pools = pools;
    this.#reader = reader;
    this.#code = new ChunkCode(recording, pools);
    this.#values = new FieldValues(reader, pools, types);
    this.#nsPerTick = header.ticksPerSecond > 0 ? 1e9 / header.ticksPerSecond : Number.NaN;
    if (Number.isNaN(this.#nsPerTick))
      recording.warnings.push(
        `Times and durations of the chunk at byte ${header.start} aren't known: its clock stands still.`,
      );
    this.#startNs = recording.sinceStart(header.startNs);
  }

  /** Reads the feed's current event. */
  read(feed: EventFeed): void {
    let type = this.#eventTypes.get(feed.type);
    if (!type) {
      type = this.#eventType(feed.type);
      this.#eventTypes.set(feed.type, type);
    }
    type.count++;
    if (!type.plan) return;
    try {
      if (!feed.open()) throw new CutShort();
      for (const slot of type.absent) this.#clear(slot);
      this.#reader.read(type.plan, false);
    } catch (error) {
      if (!(error instanceof CutShort)) throw error;
      this.#broken++;
      return;
    }
    if (type.fact) type.fact.take(this.#recording.facts, this.#values);
    else this.#addSample(type);
  }

  /** To be called once, after the last event. */
  finish(): void {
    for (const { name, count } of this.#eventTypes.values()) this.#recording.countEvents(name, count);
    if (this.#broken > 0)
      this.#recording.warnings.push(
        `Left out of the chunk at byte ${this.#header.start}, since they hold less than their type says: ${this.#broken} ${plural(this.#broken, 'event')}.`,
      );
  }

  #eventType(id: number): EventType {
    const name = this.#types.nameOf(id) ?? `type ${id}`;
    const kind = EVENT_KINDS.findIndex(({ event }) => event === name);
    const fact = FACT_EVENTS.get(name);
    const layout = kind === -1 && !fact ? undefined : this.#types.layoutOf(id);
    const none = {
      name,
      kind,
      fact,
      count: 0,
      plan: null,
      amountScale: 1,
      endsAt: false,
      labels: new IntKeyMap(),
      others: null,
      absent: [],
      has: { label: false, amount: false, samples: false },
      memory: undefined,
    };
    if (!layout) return none;
    if (fact) {
      const plan = readPlan(layout, fact.fields);
      return { ...none, plan, absent: absentSlots(plan) };
    }
    const { thread, label, amount, samples, memory } = EVENT_KINDS[kind];
    const [first = ABSENT, second = ABSENT] = amount?.fields ?? [];
    // Version 0 has ends for durations.
    const endsAt = first === 'duration' && layout.steps.some(({ field }) => field === 'endTime');
    const names = [
      'startTime',
      thread,
      'stackTrace',
      label?.field ?? ABSENT,
      first,
      second,
      samples ?? ABSENT,
      memory ? 'address' : ABSENT,
    ];
    const plan = readPlan(layout, names);
    const ticks = amount?.unit === 'nanoseconds' ? this.#scaleOf(plan.units[AMOUNT]) : 1;
    const others = name === 'jdk.ExecutionSample' ? new Set<number>() : null;
    const isThere = (slot: number) => plan.units[slot] !== undefined;
    const has = { label: isThere(LABEL), amount: isThere(AMOUNT), samples: isThere(SAMPLES) };
    return { ...none, plan, amountScale: ticks, endsAt, others, absent: absentSlots(plan), has, memory };
  }

  /** Nanoseconds of a duration's unit; ticks where nothing is said. */
  #scaleOf(unit: string | undefined): number {
    return NANOSECONDS[unit ?? ''] ?? this.#nsPerTick;
  }

  #clear(slot: number): void {
    this.#reader.low[slot] = 0;
    this.#reader.high[slot] = 0;
    this.#reader.texts[slot] = '';
  }

  #addSample(type: EventType): void {
    const { low, high } = this.#reader;
    const recording = this.#recording;
    const ticks = (high[TIME] - this.#startHigh) * 2 ** 32 + (low[TIME] >>> 0) - this.#startLow;
    const time = this.#startNs + ticks * this.#nsPerTick;
    const stack = this.#code.stack(low[STACK], high[STACK]);
    if (this.#code.isMissing) recording.lostStacks++;
    if (this.#code.isBroken) recording.brokenStacks++;
    const labels = type.has.label ? this.#labels(type, low[LABEL], high[LABEL]) : this.#markOf(type);
    const thread = this.#thread(low[THREAD], high[THREAD]);
    const sample = recording.builder.sample(stack, thread, time, labels);
    const samples = type.has.samples ? this.#reader.number(SAMPLES) : 1;
    const amount = type.has.amount ? this.#amount(type) : undefined;
    if (type.memory) {
      const owner = type.memory === 'allocates' ? sample : -1;
      recording.nativeMemory.add(low[ADDRESS], high[ADDRESS], time, owner);
    }
    recording.addWeights(sample, type.kind, samples, amount, type.others?.has(labels) === true);
  }

  #amount(type: EventType): number {
    const { low, high } = this.#reader;
    const raw = type.endsAt
      ? (high[AMOUNT] - high[TIME]) * 2 ** 32 + (low[AMOUNT] >>> 0) - (low[TIME] >>> 0)
      : this.#reader.number(AMOUNT) || this.#reader.number(AMOUNT + 1);
    return raw * type.amountScale || 0;
  }

  #markOf({ kind }: EventType): LabelSetIndex {
    const { mark } = EVENT_KINDS[kind];
    return mark ? this.#recording.builder.labelSet([mark]) : NONE;
  }

  #thread(low: number, high: number): ThreadIndex {
    let thread = this.#threads.get(low, high) - 1;
    if (thread >= NONE) return thread;
    thread = this.#newThread(low, high);
    this.#threads.set(low, high, thread + 1);
    return thread;
  }

  #newThread(low: number, high: number): ThreadIndex {
    const pools = this.#pools;
    const row = pools.find('java.lang.Thread', low, high);
    if (row === -1) {
      // async-profiler's keys are the numbers of threads. In a chunk that wasn't finished, they are all there is.
      if (this.#recording.facts.asyncProfiler === '' || low <= 0 || high !== 0) return NONE;
      return this.#recording.thread(low, '');
    }
    const osThread = pools.low('java.lang.Thread', row, 1);
    const javaThread = pools.low('java.lang.Thread', row, 3);
    const name = pools.text('java.lang.Thread', row, 2) || pools.text('java.lang.Thread', row, 0);
    // Virtual threads have no thread of the operating system.
    const isVirtual = pools.low('java.lang.Thread', row, 4) !== 0;
    return this.#recording.thread(osThread || javaThread, name || (isVirtual ? 'virtual thread' : ''));
  }

  #labels(type: EventType, low: number, high: number): LabelSetIndex {
    const known = type.labels.get(low, high);
    if (known !== -1) return known - 1;
    const text = this.#labelText(EVENT_KINDS[type.kind].label, low, high);
    const key = EVENT_KINDS[type.kind].label?.key ?? '';
    const { mark } = EVENT_KINDS[type.kind];
    const list = [...(text === '' ? [] : [{ key, text }]), ...(mark ? [mark] : [])];
    const labels = this.#recording.builder.labelSet(list);
    type.labels.set(low, high, labels + 1);
    if (text !== '' && text !== DEFAULT_STATE) type.others?.add(labels);
    return labels;
  }

  #labelText(label: EventKind['label'], low: number, high: number): string {
    const pools = this.#pools;
    if (label?.of === 'state')
      return pools.text('jdk.types.ThreadState', pools.find('jdk.types.ThreadState', low, high), 0);
    if (label?.of === 'class') return classLabel(pools, low, high);
    if (label?.of === 'method') return this.#code.methodName(low, high);
    const object = pools.find('jdk.types.OldObject', low, high);
    if (object === -1) return '';
    return classLabel(pools, pools.low('jdk.types.OldObject', object, 0), pools.high('jdk.types.OldObject', object, 0));
  }
}

/** A type of event in a chunk. */
interface EventType {
  readonly name: string;
  /** Position in EVENT_KINDS, or -1. */
  readonly kind: number;
  readonly fact: FactEvent | undefined;
  /** How what is wanted of it is read; null where nothing is. */
  readonly plan: ReadPlan | null;
  /** Factor that makes its amounts nanoseconds. */
  readonly amountScale: number;
  /** Whether its amount is written as the time when it ended. */
  readonly endsAt: boolean;
  /** Label sets by the key of what they are of, plus one. */
  readonly labels: IntKeyMap;
  /** Slots that its events leave as they are. */
  readonly absent: readonly number[];
  readonly has: { readonly label: boolean; readonly amount: boolean; readonly samples: boolean };
  readonly memory: EventKind['memory'];
  /** Of execution samples: label sets of states other than async-profiler's default. */
  readonly others: Set<number> | null;
  count: number;
}

function absentSlots({ units }: ReadPlan): number[] {
  return [...units.keys()].filter((slot) => units[slot] === undefined);
}

/** Slots of a sample's fields. */
const TIME = 0;
const THREAD = 1;
const STACK = 2;
const LABEL = 3;
const AMOUNT = 4;
const SAMPLES = 6;
const ADDRESS = 7;

/** A field that no class has. */
const ABSENT = '\0';

const NANOSECONDS: Readonly<Record<string, number | undefined>> = {
  __proto__: null as never,
  NANOSECONDS: 1,
  MICROSECONDS: 1e3,
  MILLISECONDS: 1e6,
  SECONDS: 1e9,
};

/** State of samples that a timer of CPU time took, in async-profiler 3 and later. */
const DEFAULT_STATE = 'STATE_DEFAULT';
