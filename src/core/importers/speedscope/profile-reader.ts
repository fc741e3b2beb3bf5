import { Float64Column, Int32Column } from '../../profile/column.ts';
import { NONE } from '../../profile/profile.ts';
import { JsonKeys } from '../reading/json-keys.ts';
import type { JsonStream } from '../reading/json-stream.ts';
import type { StackNode, StackTree } from '../reading/stack-tree.ts';
import { type EventColumns, stacksOfEvents } from './events.ts';

/** One of a file's profiles: what was on the stack, and for how much. */
export interface SpeedscopeProfile {
  readonly name: string;
  readonly unit: string;
  /** In `unit`, as the weights. */
  readonly startValue: number;
  readonly stacks: readonly StackNode[] | Int32Array;
  readonly weights: Float64Array;
  /** By stack: where on the axis of weights it starts. */
  readonly starts: Float64Array;
  readonly isTraced: boolean;
  readonly warnings: readonly string[];
}

const PROFILE = { type: 0, name: 1, unit: 2, startValue: 3, endValue: 4, samples: 5, weights: 6, events: 7 };
const EVENT = { type: 0, frame: 1, at: 2 };
const OPENS: ReadonlyMap<string, number> = new Map([
  ['O', 1],
  ['C', 0],
]);

/** Reads one element of `profiles`, whatever order its keys come in. */
export class SpeedscopeProfileReader {
  readonly #json: JsonStream;
  readonly #tree: StackTree;
  readonly #keys = new JsonKeys(Object.keys(PROFILE));
  readonly #eventKeys = new JsonKeys(Object.keys(EVENT));
  /** The largest number of a frame that was read. */
  largestFrame = NONE;

  constructor(json: JsonStream, tree: StackTree) {
    this.#json = json;
    this.#tree = tree;
  }

  read(): SpeedscopeProfile | undefined {
    const json = this.#json;
    if (!json.enterObject()) return undefined;
    let name = '';
    let unit = '';
    let startValue = 0;
    let endValue = Number.NaN;
    const samples = new Int32Column();
    const weights = new Float64Column();
    const events: EventColumns = { isOpening: new Int32Column(), frame: new Int32Column(), at: new Float64Column() };
    for (;;) {
      const key = json.nextKey(this.#keys);
      if (key === PROFILE.name) name = json.string();
      else if (key === PROFILE.unit) unit = json.string();
      else if (key === PROFILE.startValue) startValue = json.number() || 0;
      else if (key === PROFILE.endValue) endValue = json.number();
      else if (key === PROFILE.samples) this.#samples(samples);
      else if (key === PROFILE.weights) json.numbers(weights);
      else if (key === PROFILE.events) this.#events(events);
      else if (key === PROFILE.type) json.skip();
      else break;
    }
    const own = { name, unit, startValue };
    return events.at.length > 0
      ? { ...own, ...stacksOfEvents(events, endValue, this.#tree), isTraced: true }
      : { ...own, ...weighed(samples, weights, startValue), isTraced: false };
  }

  #samples(into: Int32Column): void {
    const json = this.#json;
    if (!json.enterArray()) return;
    while (json.nextElement()) {
      let node = NONE;
      if (json.enterArray()) while (json.nextElement()) node = this.#tree.child(node, this.#frame());
      into.push(node);
    }
  }

  #events({ isOpening, frame, at }: EventColumns): void {
    const json = this.#json;
    if (!json.enterArray()) return;
    while (json.nextElement()) {
      if (!json.enterObject()) continue;
      let opens = -1;
      let own = -1;
      let when = Number.NaN;
      for (;;) {
        const key = json.nextKey(this.#eventKeys);
        if (key === EVENT.type) opens = OPENS.get(json.string()) ?? -1;
        else if (key === EVENT.frame) own = this.#frame();
        else if (key === EVENT.at) when = json.number();
        else break;
      }
      if (opens < 0 || own < 0 || !Number.isFinite(when))
        json.fail('an event needs a type, O or C, a frame and a time');
      isOpening.push(opens);
      frame.push(own);
      at.push(when);
    }
  }

  #frame(): number {
    const frame = this.#json.number();
    if (!(Number.isInteger(frame) && frame >= 0 && frame < 2 ** 31)) this.#json.fail(`there can't be a frame ${frame}`);
    if (frame > this.largestFrame) this.largestFrame = frame;
    return frame;
  }
}

function weighed(samples: Int32Column, weights: Float64Column, startValue: number) {
  const count = samples.length;
  const warnings: string[] = [];
  const own = new Float64Array(count);
  const starts = new Float64Array(count);
  let start = startValue;
  let unsound = 0;
  for (let sample = 0; sample < count; sample++) {
    const weight = sample < weights.length ? weights.at(sample) : 0;
    if (Number.isFinite(weight)) own[sample] = weight;
    else unsound++;
    starts[sample] = start;
    start += own[sample];
  }
  if (weights.length < count) warnings.push(`Samples without a weight: ${count - weights.length}.`);
  if (weights.length > count) warnings.push(`Weights without a sample: ${weights.length - count}.`);
  if (unsound > 0) warnings.push(`Weights that are no numbers: ${unsound}.`);
  return { stacks: samples.finish(), weights: own, starts, warnings };
}
