import { ProfileBuilder } from '../profile/builder.ts';
import { NONE, type Profile } from '../profile/profile.ts';
import { plural } from '../units.ts';
import { CpuProfiles } from './chrome-trace/cpu-profiles.ts';
import { durationsOf } from './chrome-trace/durations.ts';
import { EventReader } from './chrome-trace/event-reader.ts';
import { nest } from './chrome-trace/nesting.ts';
import { PlaceFrames } from './chrome-trace/place-frames.ts';
import { StackSamples } from './chrome-trace/stack-samples.ts';
import { TraceThreads } from './chrome-trace/threads.ts';
import { type Importer, MalformedInput } from './importer.ts';
import { JsonKeys } from './reading/json-keys.ts';
import { jsonOutline } from './reading/json-outline.ts';
import { JsonStream } from './reading/json-stream.ts';
import { V8_BESIDE, V8_LINES, V8_WALL } from './v8-cpuprofile/meaning.ts';

/**
 * Traces in Chrome's JSON, as Chrome, Node, py-spy, Hermes and many build tools write them: an array of events, or an object with one.
 * A program that is killed leaves the array open.
 * (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU)
 */
export const chromeTrace: Importer = {
  format: 'Chrome trace',
  extensions: ['.trace.json', '.trace', '.json'],
  recognises(head) {
    const { paths, texts } = jsonOutline(head);
    if (paths.has('traceEvents[].ph') || (paths.has('[].ph') && (paths.has('[].ts') || paths.has('[].pid'))))
      return true;
    return paths.has('traceEvents') || texts.get('metadata.source') === 'DevTools';
  },
  read(source, watch) {
    return new Trace(new JsonStream(chromeTrace.format, source, watch, { isLenient: true })).read();
  },
};

const FILE = { traceEvents: 0, samples: 1, stackFrames: 2 };

class Trace {
  readonly #builder = new ProfileBuilder();
  readonly #json: JsonStream;
  readonly #threads: TraceThreads;
  readonly #profiles: CpuProfiles;
  readonly #reader: EventReader;
  readonly #samples: StackSamples;
  #events = 0;
  #warnings: string[] = [];

  constructor(json: JsonStream) {
    this.#json = json;
    this.#threads = new TraceThreads(json);
    this.#profiles = new CpuProfiles(this.#builder, json);
    this.#reader = new EventReader(json, this.#threads, this.#profiles);
    this.#samples = new StackSamples(json, this.#threads);
  }

  read(): Profile {
    try {
      this.#readFile();
    } catch (error) {
      // Cut in the middle of an event: those before it are sound.
      if (!(error instanceof MalformedInput && this.#json.isAtEnd && this.#events > 0)) throw error;
      this.#warnings.push('The file ends in the middle of an event.');
    }
    if (this.#events === 0 && this.#samples.length === 0) this.#json.fail('it has no events');
    return this.#profile();
  }

  #readFile(): void {
    const json = this.#json;
    if (json.peek() === 'array') {
      if (this.#readEvents()) json.finish();
      return;
    }
    const keys = new JsonKeys(Object.keys(FILE));
    if (!json.enterObject()) json.fail('a trace is an array or an object');
    for (;;) {
      const key = json.nextKey(keys);
      if (key === FILE.traceEvents) {
        if (!this.#readEvents()) return;
      } else if (key === FILE.samples) this.#samples.readSamples();
      else if (key === FILE.stackFrames) this.#samples.readFrames();
      else break;
    }
    json.finish();
  }

  /** Whether the array was closed. */
  #readEvents(): boolean {
    const json = this.#json;
    if (!json.enterArray()) return true;
    while (!json.isAtEnd) {
      if (!json.nextElement()) return true;
      if (json.isAtEnd) break;
      this.#reader.read();
      this.#events++;
    }
    this.#warnings.push('The list of events is left open: the program may have been ended before it wrote all.');
    return false;
  }

  #profile(): Profile {
    const builder = this.#builder;
    const { columns, places, withoutLength, lastWithoutLength, unsound } = this.#reader;
    const hasProfile = this.#profiles.hasSamples || this.#samples.length > 0;
    const durations = durationsOf(columns, this.#threads.length, lastWithoutLength);
    const sampled = hasProfile
      ? { time: builder.value('sampled wall', 'nanoseconds'), count: builder.value('samples', 'count') }
      : undefined;
    const isTraced = durations.start.length > 0 || !sampled;
    const wall = isTraced ? builder.value('wall', 'nanoseconds') : NONE;
    const startUs = this.#startUs(durations.start);
    let endUs = startUs;
    const frames = new PlaceFrames(builder, this.#json, places);
    const nested = nest(
      durations,
      (parent, place) => builder.stack(parent, frames.of(place)),
      (stack, thread, at, length) => {
        const sample = builder.sample(stack, this.#threads.inProfile(builder, thread), inNs(at - startUs));
        builder.addWeight(sample, wall, inNs(length));
        endUs = Math.max(endUs, at + length);
      },
    );
    this.#warnings.push(...durations.warnings, ...nested);
    if (unsound > 0) this.#warnings.push(`Events without a time, left out: ${unsound}.`);
    let hasCountedLines = false;
    if (sampled) {
      const ofProfiles = this.#profiles.addTo(builder, this.#threads, startUs, sampled);
      hasCountedLines = ofProfiles.hasCountedLines;
      this.#warnings.push(...ofProfiles.warnings);
      endUs = Math.max(endUs, ofProfiles.endUs, this.#samples.addTo(builder, startUs, sampled));
      this.#warnings.push(...this.#samples.warnings);
    }
    if (builder.sampleCount === 0) this.#warnings.push('Nothing in it takes time.');
    return builder.finish({
      origin: {
        format: chromeTrace.format,
        startTimeNs: inNs(startUs),
        durationNs: inNs(endUs - startUs),
        mayMislead: [
          isTraced
            ? 'Events were traced: wall time from a start to an end, waiting included, and no line or function unless the program says so.'
            : V8_WALL,
          hasCountedLines ? V8_LINES : '',
          this.#profiles.hasSamples ? V8_BESIDE : '',
          withoutLength > 0
            ? `Only events with a length are shown, and not ${withoutLength} ${plural(withoutLength, 'other')}: instants, counters, what is asynchronous.`
            : '',
          sampled && isTraced
            ? 'It holds a CPU profile, too, which is shown first: a sample lasts until the next one. The events are another value, and the two are not to be added.'
            : '',
        ].filter((sentence) => sentence !== ''),
      },
      quality: { warnings: this.#warnings },
    });
  }

  #startUs(starts: { readonly length: number; at(index: number): number }): number {
    let start = Math.min(this.#samples.startUs, this.#profiles.startUs);
    for (let index = 0; index < starts.length; index++) start = Math.min(start, starts.at(index));
    return Number.isFinite(start) ? start : 0;
  }
}

/** To a thousandth of a nanosecond: what is beyond is a rest of decimal fractions. */
function inNs(microseconds: number): number {
  return Math.round(microseconds * 1e6) / 1000;
}
