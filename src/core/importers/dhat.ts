import { ProfileBuilder } from '../profile/builder.ts';
import { Int32Column } from '../profile/column.ts';
import { type FrameIndex, NONE, type ValueIndex } from '../profile/profile.ts';
import { dhatFrame } from './dhat/frame.ts';
import type { Importer } from './importer.ts';
import { HAS_NO_MORE, JsonKeys } from './reading/json-keys.ts';
import { jsonOutline } from './reading/json-outline.ts';
import { JsonStream } from './reading/json-stream.ts';
import { StackTree } from './reading/stack-tree.ts';

/**
 * What DHAT, valgrind's heap profiler, and its namesake for Rust write: places of allocation with what was allocated at each.
 * (https://valgrind.org/docs/manual/dh-manual.html; the format: valgrind's dhat/dh_main.c)
 */
export const dhat: Importer = {
  format: 'dhat',
  extensions: ['.dhat', '.json'],
  recognises(head) {
    const { paths } = jsonOutline(head);
    return paths.has('dhatFileVersion');
  },
  read(source, watch) {
    const json = new JsonStream(dhat.format, source, watch);
    return new DhatFile(json).read();
  },
};

const FILE = { mode: 0, cmd: 1, verb: 2, pps: 3, ftbl: 4, bu: 5, tu: 6, te: 7, bsu: 8, bksu: 9 };
const POINT = { fs: 0, tb: 1, tbk: 2, gb: 3, gbk: 4, eb: 5, ebk: 6, rb: 7, wb: 8 };
/** By key of a point: what its figure is of, as pprof calls it where it has a name. What is left open is what was done: `alloc`. */
const VALUES: readonly (readonly [key: number, type: string, unit: string])[] = [
  [POINT.tb, '_space', 'bytes'],
  [POINT.tbk, '_objects', 'count'],
  [POINT.gb, 'peak_space', 'bytes'],
  [POINT.gbk, 'peak_objects', 'count'],
  [POINT.eb, 'inuse_space', 'bytes'],
  [POINT.ebk, 'inuse_objects', 'count'],
  [POINT.rb, 'read', 'bytes'],
  [POINT.wb, 'written', 'bytes'],
];

class DhatFile {
  readonly #json: JsonStream;
  readonly #builder = new ProfileBuilder();
  readonly #tree = new StackTree();
  readonly #frameTexts = new Int32Column();
  /** By sample: the node of its stack. */
  readonly #nodes = new Int32Column();
  readonly #figures: number[][] = [];
  readonly #pointKeys = new JsonKeys(Object.keys(POINT));
  #largestFrame = NONE;
  #mode = '';
  #command = '';
  #verb = '';
  #unit = 'bytes';
  /** What is counted where it is no memory, `units` in `events`. */
  #units = 'units';
  #events = 'events';
  #timeUnit = '';
  #end = Number.NaN;

  constructor(json: JsonStream) {
    this.#json = json;
  }

  read() {
    const json = this.#json;
    const keys = new JsonKeys(Object.keys(FILE));
    if (!json.enterObject()) json.fail('a file of DHAT is an object');
    for (let key = json.nextKey(keys); key !== HAS_NO_MORE; key = json.nextKey(keys)) {
      if (key === FILE.mode) this.#mode = json.string();
      else if (key === FILE.cmd) this.#command = json.string();
      else if (key === FILE.verb) this.#verb = json.string();
      else if (key === FILE.bu) this.#unit = json.string();
      else if (key === FILE.bsu) this.#units = json.string();
      else if (key === FILE.bksu) this.#events = json.string();
      else if (key === FILE.tu) this.#timeUnit = json.string();
      else if (key === FILE.te) this.#end = json.number();
      else if (key === FILE.pps) this.#points();
      else if (key === FILE.ftbl) {
        if (json.enterArray()) while (json.nextElement()) this.#frameTexts.push(json.text());
      } else json.skip();
    }
    json.finish();
    if (this.#largestFrame >= this.#frameTexts.length) {
      json.fail(`a stack has frame ${this.#largestFrame}, and there are ${this.#frameTexts.length} frames`);
    }
    return this.#profile();
  }

  #points(): void {
    const json = this.#json;
    if (!json.enterArray()) return;
    while (json.nextElement()) {
      if (!json.enterObject()) continue;
      const figures: number[] = [];
      let frames: number[] = [];
      for (let key = json.nextKey(this.#pointKeys); key !== HAS_NO_MORE; key = json.nextKey(this.#pointKeys)) {
        if (key === POINT.fs) frames = this.#stack();
        else figures[key] = json.number();
      }
      let node = NONE;
      for (let at = frames.length - 1; at >= 0; at--) node = this.#tree.child(node, frames[at]);
      this.#nodes.push(node);
      this.#figures.push(figures);
    }
  }

  /** Numbers of frames, innermost first. */
  #stack(): number[] {
    const json = this.#json;
    const frames: number[] = [];
    if (!json.enterArray()) return frames;
    while (json.nextElement()) {
      const frame = json.number();
      if (!(Number.isInteger(frame) && frame >= 0 && frame < 2 ** 30)) json.fail(`there can't be a frame ${frame}`);
      this.#largestFrame = Math.max(this.#largestFrame, frame);
      frames.push(frame);
    }
    return frames;
  }

  #profile() {
    const builder = this.#builder;
    const texts = this.#frameTexts;
    const known = new Map<number, FrameIndex>();
    const addressOf = (frame: number) => /^0x[0-9A-Fa-f]+/.exec(this.#json.textAt(texts.at(frame)))?.[0] ?? '';
    // A frame is inlined into its caller where both are at one address. An address has always the same frames: where the outermost of
    // them comes again it was called again, from the same place.
    const addresses: string[] = [];
    const stacks = new Int32Array(this.#tree.length);
    /** By node: the outermost of the frames at its address. */
    const outermost = new Int32Array(stacks.length);
    for (let node = 0; node < stacks.length; node++) {
      const parent = this.#tree.parentOf(node);
      const frame = this.#tree.frameOf(node);
      const address = addressOf(frame);
      const isSamePlace = address !== '' && parent !== NONE && addresses[parent] === address;
      const inlined = isSamePlace && outermost[parent] !== frame;
      addresses.push(address);
      outermost[node] = inlined ? outermost[parent] : frame;
      const key = frame * 2 + (inlined ? 1 : 0);
      let own = known.get(key);
      if (own === undefined) {
        own = dhatFrame(builder, this.#json.textAt(texts.at(frame)), inlined);
        known.set(key, own);
      }
      const stack = parent === NONE ? NONE : stacks[parent];
      stacks[node] = own === NONE ? stack : builder.stack(stack, own);
    }
    const values = this.#values();
    let unsound = 0;
    for (let point = 0; point < this.#nodes.length; point++) {
      const node = this.#nodes.at(point);
      const sample = builder.sample(node === NONE ? NONE : stacks[node], NONE, Number.NaN);
      for (const { key, value } of values) {
        const figure = this.#figures[point][key] ?? 0;
        if (Number.isFinite(figure)) builder.addWeight(sample, value, figure);
        else unsound++;
      }
    }
    const isTime = this.#timeUnit === 'µs' || this.#timeUnit === 'us';
    return builder.finish({
      origin: {
        format: dhat.format,
        producer: this.#mode.startsWith('rust') ? 'dhat for Rust' : 'DHAT',
        commandLine: this.#command === '' ? [] : [this.#command],
        durationNs: isTime ? this.#end * 1000 : Number.NaN,
        mayMislead: [
          'Everything is counted, nothing is sampled; there are no times and no threads in it.',
          ...(values.some(({ key }) => key === POINT.gb)
            ? ['A peak is what was in use when the whole was at its largest, not the most that a place ever had.']
            : []),
        ],
      },
      quality: {
        lostSamples: 0,
        warnings: unsound > 0 ? [`Figures that are no numbers, taken for 0: ${unsound}.`] : [],
      },
    });
  }

  #values(): { key: number; value: ValueIndex }[] {
    const isHeap = this.#unit === 'bytes';
    const used = VALUES.filter(([key]) => key <= POINT.tbk || this.#figures.some((figures) => key in figures));
    const done = this.#verb === 'Allocated' || this.#verb === '' ? 'alloc' : this.#verb.toLowerCase();
    const events = this.#events === this.#units ? `times_${this.#events}` : this.#events;
    const named = (key: number, type: string) =>
      isHeap ? `${done}${type}` : `${done}_${key === POINT.tb ? this.#units : events}`;
    return used.map(([key, type, unit]) => ({
      key,
      value: this.#builder.value(type.startsWith('_') ? named(key, type) : type, isHeap ? unit : 'count'),
    }));
  }
}
