import type { ProfileBuilder } from '../../profile/builder.ts';
import { Float64Column, Int32Column } from '../../profile/column.ts';
import { NONE, type StackIndex } from '../../profile/profile.ts';
import { JsonKeys } from './json-keys.ts';
import { JsonMemo } from './json-memo.ts';
import type { JsonStream } from './json-stream.ts';
import { type V8Function, V8Functions } from './v8-functions.ts';

/** Position in the nodes of a V8 profile. */
export type V8Node = number;

const NODE = {
  id: 0,
  callFrame: 1,
  hitCount: 2,
  children: 3,
  positionTicks: 4,
  parent: 5,
  selfSize: 6,
  functionName: 7,
  url: 8,
  lineNumber: 9,
  columnNumber: 10,
};
const CALL_FRAME = { functionName: 0, url: 1, lineNumber: 2, columnNumber: 3 };
const TICK = { line: 0, ticks: 1 };

/**
 * The call tree of a V8 profile, in any of its three shapes: a list whose nodes name their children's ids, or their parent's; and nodes
 * within one another. Before 2016 the place stood in the node itself, counted from 1.
 * (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-ProfileNode)
 */
export class V8Nodes {
  readonly functions: V8Functions;
  /** Columns by node, of which `length` rows are used. What was counted for it: hits, or bytes allocated. */
  weight: Float64Array;
  /** Where its lines start and end in `tickLine` and `tickCount`. */
  firstTick: Int32Array;
  endTick: Int32Array;
  function: Int32Array;
  #id: Float64Array;
  /** The node it stands within, or NONE. */
  #parent: Int32Array;
  length = 0;
  readonly tickLine: Int32Column;
  readonly tickCount: Float64Column;
  readonly #json: JsonStream;
  /** Pairs of a node and a child's id. */
  readonly #edgeFrom: Int32Column;
  readonly #edgeTo: Float64Column;
  /** Pairs of a node and its parent's id. */
  readonly #upFrom = new Int32Column();
  readonly #upTo = new Float64Column();
  readonly #nodeKeys = new JsonKeys(Object.keys(NODE));
  readonly #callFrameKeys = new JsonKeys(Object.keys(CALL_FRAME));
  readonly #tickKeys = new JsonKeys(Object.keys(TICK));
  readonly #memo = new JsonMemo();
  /** Nodes whose keys are being read, each within the one before. */
  readonly #open = new Int32Column(16);
  #denseIds = new Int32Array(0);
  #ids: Map<number, V8Node> | undefined;
  /** Nodes whose parent isn't there or is among their own descendants, or that two nodes claim; and children that aren't there. */
  misplaced = 0;
  /** Nodes whose id a later one has, too: that is the one meant by it. Known once an id was asked for. */
  overridden = 0;

  /** `expected` nodes, about: columns that needn't grow cost nothing before they are used. */
  constructor(builder: ProfileBuilder, json: JsonStream, expected = 1024) {
    this.#json = json;
    this.functions = new V8Functions(builder, json);
    this.weight = new Float64Array(expected);
    this.firstTick = new Int32Array(expected);
    this.endTick = new Int32Array(expected);
    this.function = new Int32Array(expected);
    this.#id = new Float64Array(expected);
    this.#parent = new Int32Array(expected);
    this.tickLine = new Int32Column(expected);
    this.tickCount = new Float64Column(expected);
    this.#edgeFrom = new Int32Column(expected);
    this.#edgeTo = new Float64Column(expected);
  }

  /** Reads an array of nodes. */
  readList(): void {
    if (!this.#json.enterArray()) return;
    while (this.#json.nextElement()) this.readTree();
  }

  /** Reads a node and all within it. */
  readTree(): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    const open = this.#open;
    open.length = 0;
    open.push(this.#newNode(NONE));
    while (open.length > 0) {
      const node = open.at(open.length - 1);
      if (this.#readKeys(node)) {
        open.push(this.#newNode(node));
        continue;
      }
      open.length--;
      // The node was an element of its parent's children: on to the next of them.
      while (open.length > 0 && json.nextElement()) {
        if (json.enterObject()) {
          open.push(this.#newNode(open.at(open.length - 1)));
          break;
        }
      }
    }
  }

  #newNode(parent: V8Node): V8Node {
    if (this.length === this.#id.length) this.#grow();
    this.function[this.length] = NONE;
    // What was dropped before may have left something here.
    this.weight[this.length] = 0;
    this.firstTick[this.length] = this.endTick[this.length] = 0;
    this.#id[this.length] = Number.NaN;
    this.#parent[this.length] = parent;
    return this.length++;
  }

  #grow(): void {
    const capacity = this.length * 2;
    const larger = <T extends Int32Array | Float64Array>(old: T, column: T): T => {
      column.set(old);
      return column;
    };
    this.weight = larger(this.weight, new Float64Array(capacity));
    this.firstTick = larger(this.firstTick, new Int32Array(capacity));
    this.endTick = larger(this.endTick, new Int32Array(capacity));
    this.function = larger(this.function, new Int32Array(capacity));
    this.#id = larger(this.#id, new Float64Array(capacity));
    this.#parent = larger(this.#parent, new Int32Array(capacity));
  }

  /** Reads on in an object of a node. True where it came to a child that is an object, and took its bracket; false at the end. */
  #readKeys(node: V8Node): boolean {
    const json = this.#json;
    // What a legacy node has in itself.
    let name = 0;
    let url = 0;
    let line = 0;
    let column = 0;
    for (;;) {
      const key = json.nextKey(this.#nodeKeys);
      if (key === NODE.id) this.#id[node] = json.number();
      else if (key === NODE.callFrame) this.function[node] = this.#callFrame();
      else if (key === NODE.hitCount) this.weight[node] = positive(json.number());
      else if (key === NODE.positionTicks) this.#positionTicks(node);
      else if (key === NODE.parent) this.#noteParent(node);
      else if (key === NODE.selfSize) this.weight[node] = positive(json.number());
      else if (key === NODE.functionName) name = json.text();
      else if (key === NODE.url) url = json.text();
      else if (key === NODE.lineNumber) line = json.number();
      else if (key === NODE.columnNumber) column = json.number();
      else if (key === NODE.children) {
        if (this.function[node] === NONE) this.function[node] = this.#place(name, url, line - 1, column - 1);
        if (this.#children(node)) return true;
      } else {
        break;
      }
    }
    if (this.function[node] === NONE || name > 0) {
      this.function[node] = this.#place(name, url, line - 1, column - 1);
    }
    return false;
  }

  #children(node: V8Node): boolean {
    const json = this.#json;
    if (!json.enterArray()) return false;
    while (json.nextElement()) {
      if (json.peek() === 'object') return json.enterObject();
      this.#edgeFrom.push(node);
      this.#edgeTo.push(json.number());
    }
    return false;
  }

  #callFrame(): V8Function {
    const json = this.#json;
    const known = json.recall(this.#memo);
    if (known !== NONE) return known;
    const func = this.#readCallFrame();
    json.note(this.#memo, func);
    return func;
  }

  #readCallFrame(): V8Function {
    const json = this.#json;
    let name = 0;
    let url = 0;
    let line = -1;
    let column = -1;
    if (!json.enterObject()) return this.#place(name, url, line, column);
    for (;;) {
      const key = json.nextKey(this.#callFrameKeys);
      if (key === CALL_FRAME.functionName) name = json.text();
      else if (key === CALL_FRAME.url) url = json.text();
      else if (key === CALL_FRAME.lineNumber) line = json.number();
      else if (key === CALL_FRAME.columnNumber) column = json.number();
      else return this.#place(name, url, line, column);
    }
  }

  #place(name: number, url: number, line: number, column: number): V8Function {
    return this.functions.of(name, url, placeNumber(line), placeNumber(column));
  }

  #positionTicks(node: V8Node): void {
    const json = this.#json;
    if (!json.enterArray()) return;
    this.firstTick[node] = this.tickLine.length;
    while (json.nextElement()) {
      if (!json.enterObject()) continue;
      let line = 0;
      let ticks = 0;
      for (;;) {
        const key = json.nextKey(this.#tickKeys);
        if (key === TICK.line) line = json.number();
        else if (key === TICK.ticks) ticks = json.number();
        else break;
      }
      this.tickLine.push(Math.max(0, placeNumber(line)));
      this.tickCount.push(positive(ticks));
    }
    this.endTick[node] = this.tickLine.length;
  }

  /** How far it has been read, for `shiftIds` and `drop`. */
  get mark(): V8NodesMark {
    return { node: this.length, up: this.#upFrom.length, edge: this.#edgeFrom.length };
  }

  /** Adds to all ids that were read since the mark, so that those of several profiles don't meet. */
  shiftIds(mark: V8NodesMark, by: number): void {
    for (let node = mark.node; node < this.length; node++) this.#id[node] += by;
    for (let up = mark.up; up < this.#upTo.length; up++) this.#upTo.set(up, this.#upTo.at(up) + by);
    for (let edge = mark.edge; edge < this.#edgeTo.length; edge++) this.#edgeTo.set(edge, this.#edgeTo.at(edge) + by);
  }

  /** Forgets what was read since the mark. */
  drop(mark: V8NodesMark): void {
    this.length = mark.node;
    this.#upFrom.length = this.#upTo.length = mark.up;
    this.#edgeFrom.length = this.#edgeTo.length = mark.edge;
  }

  /** The node of an id, or NONE. To be asked once all were read. */
  ofId(id: number): V8Node {
    if (!this.#ids && this.#denseIds.length === 0) this.#numberIds();
    if (this.#ids) return this.#ids.get(id) ?? NONE;
    return id >= 0 && id < this.#denseIds.length ? (this.#denseIds[id] ?? 0) - 1 : NONE;
  }

  #numberIds(): void {
    const most = this.length * 4 + 1024;
    let isDense = true;
    for (let node = 0; node < this.length; node++) {
      const id = this.#id[node];
      if (!(Number.isInteger(id) && id >= 0 && id < most)) isDense = false;
    }
    if (isDense) {
      this.#denseIds = new Int32Array(most);
      for (let node = 0; node < this.length; node++) {
        const id = this.#id[node];
        if (this.#denseIds[id] > 0) this.overridden++;
        this.#denseIds[id] = node + 1;
      }
    } else {
      this.#ids = new Map();
      for (let node = 0; node < this.length; node++) this.#ids.set(this.#id[node], node);
      this.overridden = this.length - this.#ids.size;
    }
  }

  /** By node: the stack of its callers, NONE for a root, whatever order the nodes came in; and the stack down to it. */
  stacks(builder: ProfileBuilder): { callers: Int32Array; own: Int32Array } {
    this.#findParents();
    // With those of lines.
    builder.reserveStacks(this.length + Math.min(this.length, this.tickLine.length));
    const callers = new Int32Array(this.length).fill(NONE);
    const own = new Int32Array(this.length).fill(UNKNOWN);
    const path = new Int32Column();
    for (let node = 0; node < this.length; node++) {
      path.length = 0;
      let at = node;
      while (at !== NONE && own[at] === UNKNOWN) {
        own[at] = IN_PATH;
        path.push(at);
        at = this.#parent[at];
      }
      let stack: StackIndex = at === NONE ? NONE : own[at];
      if (stack === IN_PATH) {
        this.misplaced++;
        stack = NONE;
      }
      for (let down = path.length - 1; down >= 0; down--) {
        const here = path.at(down);
        callers[here] = stack;
        const isRoot = stack === NONE && this.functions.nameOf(this.function[here]) === '(root)';
        if (!isRoot) stack = builder.stack(stack, this.functions.frame(this.function[here], 0));
        own[here] = stack;
      }
    }
    return { callers, own };
  }

  #noteParent(node: V8Node): void {
    this.#upFrom.push(node);
    this.#upTo.push(this.#json.number());
  }

  #findParents(): void {
    const parents = this.#parent;
    for (let up = 0; up < this.#upFrom.length; up++) {
      const parent = this.ofId(this.#upTo.at(up));
      if (parent === NONE) this.misplaced++;
      parents[this.#upFrom.at(up)] = parent;
    }
    for (let edge = 0; edge < this.#edgeFrom.length; edge++) {
      const from = this.#edgeFrom.at(edge);
      const child = this.ofId(this.#edgeTo.at(edge));
      if (child === NONE) this.misplaced++;
      else if (parents[child] === NONE) parents[child] = from;
      else if (parents[child] !== from) this.misplaced++;
    }
  }
}

export interface V8NodesMark {
  readonly node: number;
  readonly up: number;
  readonly edge: number;
}

function positive(number: number): number {
  return number > 0 && number < Number.POSITIVE_INFINITY ? number : 0;
}

/** A line or column that fits into a column of the model; -1 where there's none. */
function placeNumber(number: number): number {
  return number >= 0 && number < 2 ** 31 ? Math.trunc(number) : -1;
}

const UNKNOWN = -2;
const IN_PATH = -3;
