import type { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameIndex, NONE, type StackIndex, type ThreadIndex, type ValueIndex } from '../../profile/profile.ts';
import { HAS_NO_MORE, JsonKeys } from '../reading/json-keys.ts';
import type { JsonStream } from '../reading/json-stream.ts';
import { isThread, lineNumber, pyFrame, pyFrameIn } from './frame-text.ts';

const NODE = {
  identifier: 0,
  time: 1,
  attributes: 2,
  children: 3,
  function: 4,
  file_path: 5,
  line_no: 6,
  class_name: 7,
};

interface OpenNode {
  readonly parent: OpenNode | undefined;
  name: string;
  time: number;
  /** Time that its children took. */
  inChildren: number;
  hasChildren: boolean;
  lines: { line: number; time: number }[];
  file: string;
  startLine: number;
  owner: string;
  /** Made when the first child is met, or at the end. */
  stack: StackIndex | undefined;
  thread: ThreadIndex;
}

/**
 * Reads the tree of frames of pyinstrument's JSON: `frame_tree`, or `root_frame` of its JSON renderer. A frame's own time is its time
 * without its children's. Of a frame that calls others from several lines the line isn't known.
 */
export class PyTreeReader {
  readonly #builder: ProfileBuilder;
  readonly #json: JsonStream;
  readonly #value: ValueIndex;
  readonly #keys = new JsonKeys(Object.keys(NODE));
  #unsound = 0;
  /** Frames whose calls take longer than they do: their totals are those of their calls. */
  overfull = 0;

  constructor(builder: ProfileBuilder, json: JsonStream, value: ValueIndex) {
    this.#builder = builder;
    this.#json = json;
    this.#value = value;
  }

  /** Gives how many times there are that can't be of a sample. */
  read(): number {
    const json = this.#json;
    if (!json.enterObject()) return 0;
    let node: OpenNode | undefined = newNode(undefined);
    while (node) {
      if (this.#readKeys(node)) {
        node = newNode(node);
        continue;
      }
      this.#close(node);
      const parent: OpenNode | undefined = node.parent;
      node = parent;
      while (parent && json.nextElement()) {
        if (!json.enterObject()) continue;
        node = newNode(parent);
        break;
      }
    }
    return this.#unsound;
  }

  /** True where it came to a child, whose bracket it took; false at the object's end. */
  #readKeys(node: OpenNode): boolean {
    const json = this.#json;
    for (let key = json.nextKey(this.#keys); key !== HAS_NO_MORE; key = json.nextKey(this.#keys)) {
      if (key === NODE.identifier) {
        const { name, file, startLine } = pyFrame(json.string());
        Object.assign(node, { name, file, startLine });
      } else if (key === NODE.function) node.name = json.string();
      else if (key === NODE.file_path) node.file = json.string();
      else if (key === NODE.line_no) node.startLine = lineNumber(json.string());
      else if (key === NODE.class_name) node.owner = json.string();
      else if (key === NODE.time) node.time = json.number() || 0;
      else if (key === NODE.attributes) this.#attributes(node);
      else if (key === NODE.children) {
        if (!json.enterArray()) continue;
        while (json.nextElement()) {
          if (!json.enterObject()) continue;
          node.hasChildren = true;
          return true;
        }
      }
    }
    return false;
  }

  #attributes(node: OpenNode): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    for (let key = json.nextAnyKey(); key !== HAS_NO_MORE; key = json.nextAnyKey()) {
      const text = json.textAt(key);
      const time = json.number() || 0;
      if (/^l\d+$/.test(text)) node.lines.push({ line: lineNumber(text.slice(1)), time });
      else if (text.startsWith('c')) node.owner = text.slice(1);
    }
  }

  #close(node: OpenNode): void {
    const { parent } = node;
    if (parent) parent.inChildren += node.time;
    const self = node.time - node.inChildren;
    if (self < -ROUNDING_S) this.overfull++;
    // What is left of decimal fractions is no time.
    if (self < 1e-9) return;
    if (node.hasChildren || node.lines.length < 2) {
      this.#add(this.#stackOf(node), node, self);
      return;
    }
    let left = self;
    for (const { line, time } of node.lines) {
      const own = Math.min(left, time);
      if (own > 0) this.#add(this.#child(node, line), node, own);
      left -= own;
    }
    if (left > 1e-9) this.#add(this.#stackOf(node), node, left);
  }

  #add(stack: StackIndex, node: OpenNode, seconds: number): void {
    const sample = this.#builder.sample(stack, node.thread, Number.NaN);
    const ns = Math.round(seconds * 1e12) / 1000;
    if (Number.isFinite(ns)) this.#builder.addWeight(sample, this.#value, ns);
    else this.#unsound++;
  }

  #stackOf(node: OpenNode): StackIndex {
    // From the outermost that has none yet: callers were all seen before their children, but perhaps not asked for.
    const path: OpenNode[] = [];
    for (let at: OpenNode | undefined = node; at && at.stack === undefined; at = at.parent) path.push(at);
    for (const own of path.reverse()) {
      own.thread = own.parent?.thread ?? NONE;
      own.stack = this.#child(own, own.lines.length === 1 ? own.lines[0].line : 0);
    }
    return node.stack!;
  }

  #child(node: OpenNode, line: number): StackIndex {
    const caller = node.parent ? this.#stackOf(node.parent) : NONE;
    node.thread = node.parent?.thread ?? NONE;
    const frame = {
      name: node.owner === '' ? node.name : `${node.owner}.${node.name}`,
      file: node.file,
      startLine: node.startLine,
      line,
    };
    if (isThread(frame)) {
      node.thread = this.#builder.thread(NONE, NONE, node.name);
      return caller;
    }
    const own: FrameIndex = pyFrameIn(this.#builder, frame);
    return own === NONE ? caller : this.#builder.stack(caller, own);
  }
}

/** Sums of many decimal fractions differ by less. */
const ROUNDING_S = 1e-6;

function newNode(parent: OpenNode | undefined): OpenNode {
  return {
    parent,
    name: '',
    time: 0,
    inChildren: 0,
    hasChildren: false,
    lines: [],
    file: '',
    startLine: 0,
    owner: '',
    stack: undefined,
    thread: NONE,
  };
}
