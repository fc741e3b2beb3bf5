import { ProfileBuilder } from '../profile/builder.ts';
import { type FrameIndex, NONE, type StackIndex, type ThreadIndex, type ValueIndex } from '../profile/profile.ts';
import type { Importer } from './importer.ts';
import { isThread, pyFrame, pyFrameIn } from './pyinstrument/frame-text.ts';
import { PyTreeReader } from './pyinstrument/tree-reader.ts';
import { HAS_NO_MORE, JsonKeys } from './reading/json-keys.ts';
import { jsonOutline } from './reading/json-outline.ts';
import { JsonStream, type TextNumber } from './reading/json-stream.ts';

/**
 * What pyinstrument writes: its session (`.pyisession`, every sample), the tree that its pages carry, and that of `-r json`.
 * (https://github.com/joerick/pyinstrument: session.py, renderers/html.py, renderers/jsonrenderer.py)
 */
export const pyinstrument: Importer = {
  format: 'pyinstrument',
  extensions: ['.pyisession', '.json'],
  recognises(head) {
    const { paths } = jsonOutline(head);
    const isSession = paths.has('session.target_description') || paths.has('target_description');
    return isSession || paths.has('frame_tree.identifier') || paths.has('root_frame.file_path_short');
  },
  read(source, watch) {
    const json = new JsonStream(pyinstrument.format, source, watch);
    return new PyFile(json).read();
  },
};

const FILE = {
  session: 0,
  start_time: 1,
  duration: 2,
  sample_count: 3,
  target_description: 4,
  min_interval: 5,
  cpu_time: 6,
  frame_records: 7,
  frame_tree: 8,
  root_frame: 9,
};

class PyFile {
  readonly #json: JsonStream;
  readonly #builder = new ProfileBuilder();
  readonly #wall: ValueIndex;
  readonly #keys = new JsonKeys(Object.keys(FILE));
  readonly #frames = new Map<TextNumber, FrameIndex | { thread: ThreadIndex }>();
  #seconds = 0;
  #start = Number.NaN;
  #duration = Number.NaN;
  #interval = Number.NaN;
  #cpuTime = Number.NaN;
  #target = '';
  #isTimed = false;
  #unsound = 0;
  #overfull = 0;

  constructor(json: JsonStream) {
    this.#json = json;
    this.#wall = this.#builder.value('wall', 'nanoseconds');
  }

  read() {
    const json = this.#json;
    const builder = this.#builder;
    if (!json.enterObject()) json.fail('a session is an object');
    this.#readKeys(true);
    json.finish();
    return builder.finish({
      origin: {
        format: pyinstrument.format,
        producer: 'pyinstrument',
        durationNs: inNs(this.#duration),
        wallStartMs: this.#start * 1000,
        period: this.#interval > 0 ? { type: 'wall', unit: 'nanoseconds', amount: inNs(this.#interval) } : null,
        comments: this.#target === '' ? [] : [this.#target],
        mayMislead: [
          `Time is wall time of the thread that was profiled, waiting included${this.#cpuTime >= 0 ? `; ${this.#cpuTime.toFixed(3)} s of it were CPU time` : ''}.`,
          this.#isTimed
            ? 'A sample stands for the time since the one before.'
            : 'There are no single samples in it: their times were added up by call path.',
        ],
      },
      quality: {
        requestedHz: this.#interval > 0 ? 1 / this.#interval : Number.NaN,
        warnings: [
          builder.sampleCount === 0 ? 'There are no samples in it.' : '',
          this.#unsound > 0
            ? `Times that are no numbers, or too large for nanoseconds, taken for 0: ${this.#unsound}.`
            : '',
          this.#overfull > 0
            ? `Frames whose calls take longer than they do themselves, which have the time of their calls: ${this.#overfull}.`
            : '',
        ].filter((warning) => warning !== ''),
      },
    });
  }

  #readKeys(isOutermost: boolean): void {
    const json = this.#json;
    for (let key = json.nextKey(this.#keys); key !== HAS_NO_MORE; key = json.nextKey(this.#keys)) {
      if (key === FILE.start_time) this.#start = json.number();
      else if (key === FILE.duration) this.#duration = json.number();
      else if (key === FILE.min_interval) this.#interval = json.number();
      else if (key === FILE.cpu_time) this.#cpuTime = json.number();
      else if (key === FILE.target_description) this.#target = json.string();
      else if (key === FILE.frame_records) this.#records();
      else if (key === FILE.frame_tree || key === FILE.root_frame) {
        const tree = new PyTreeReader(this.#builder, json, this.#wall);
        this.#unsound += tree.read();
        this.#overfull += tree.overfull;
      } else if (key === FILE.session && isOutermost) {
        if (json.enterObject()) this.#readKeys(false);
      } else json.skip();
    }
  }

  /** `[[["name\0file\0line\x01l12", …], seconds], …]`: stacks, outermost first. */
  #records(): void {
    const json = this.#json;
    if (!json.enterArray()) return;
    this.#isTimed = true;
    while (json.nextElement()) {
      if (!json.enterArray()) continue;
      let stack: StackIndex = NONE;
      let thread: ThreadIndex = NONE;
      let seconds = 0;
      for (let part = 0; json.nextElement(); part++) {
        if (part === 1) seconds = json.number() || 0;
        else if (part > 1 || !json.enterArray()) json.skip();
        else {
          while (json.nextElement()) {
            const own = this.#frame(json.text());
            if (typeof own === 'object') thread = own.thread;
            else if (own !== NONE) stack = this.#builder.stack(stack, own);
          }
        }
      }
      if (!Number.isFinite(inNs(seconds))) {
        this.#unsound++;
        seconds = 0;
      }
      // A sample stands for the time up to it.
      const sample = this.#builder.sample(stack, thread, inNs(this.#seconds));
      this.#builder.addWeight(sample, this.#wall, inNs(seconds));
      this.#seconds += seconds;
    }
  }

  #frame(text: TextNumber): FrameIndex | { thread: ThreadIndex } {
    let own = this.#frames.get(text);
    if (own === undefined) {
      const frame = pyFrame(this.#json.textAt(text));
      own = isThread(frame)
        ? { thread: this.#builder.thread(NONE, NONE, frame.name) }
        : pyFrameIn(this.#builder, frame);
      this.#frames.set(text, own);
    }
    return own;
  }
}

/** To a thousandth of a nanosecond. */
function inNs(seconds: number): number {
  return Math.round(seconds * 1e12) / 1000;
}
