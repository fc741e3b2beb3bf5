import { MalformedInput } from '../importer.ts';
import { LineFeed } from '../reading/line-feed.ts';
import { utf8 } from '../reading/utf8.ts';
import { CallGraph, type NodeIndex, type SiteIndex } from './call-graph.ts';
import { CostNumbers } from './cost-numbers.ts';
import { NamesById } from './names-by-id.ts';

export const CALLGRIND = 'callgrind';

/**
 * Reads callgrind's format into a call graph for each thread, as it comes: `write` pieces of bytes, then `finish` once.
 * (https://valgrind.org/docs/manual/cl-format.html)
 */
export class CallgrindParser {
  /** Header lines, by key; of a key that comes again the last. */
  readonly header = new Map<string, string>();
  events: readonly string[] = [];
  /** By thread, 0 where none is named. */
  readonly graphs = new Map<number, CallGraph>();
  /** `desc:` lines. */
  readonly descriptions: string[] = [];
  /** Sums of `totals:` lines, or of `summary:` lines where there are none, by event. */
  readonly totals: number[] = [];
  hasRounded = false;
  notUnderstood = 0;
  firstNotUnderstood = '';
  readonly #feed = new LineFeed(LONGEST_LINE, (bytes, start, end) => this.#line(bytes, start, end));
  readonly #numbers = new CostNumbers();
  readonly #names = { file: new NamesById(), function: new NamesById(), object: new NamesById() };
  #summary: number[] = [];
  #hasTotals = false;
  #positions: readonly string[] = ['line'];
  #linePosition = 0;
  #graph: CallGraph | undefined;
  #thread = 0;
  #object = '';
  #file = '';
  #node: NodeIndex = -1;
  #place = -1;
  #calledObject: string | undefined;
  #calledFile: string | undefined;
  #calledName = '';
  /** The next cost line is that of a call. */
  #isCall = false;
  /** The next line tells where a jump is. */
  #isJump = false;

  /** What the lines `key=value` of the body do. */
  readonly #specifications = new Map<string, (value: string) => void>([
    [
      'ob',
      (value) => {
        this.#object = this.#names.object.nameOf(value);
      },
    ],
    [
      'fl',
      (value) => {
        this.#file = this.#names.file.nameOf(value);
      },
    ],
    ['fi', (value) => this.#inFile(value)],
    ['fe', (value) => this.#inFile(value)],
    ['fn', (value) => this.#inFunction(value)],
    [
      'cob',
      (value) => {
        this.#calledObject = this.#names.object.nameOf(value);
      },
    ],
    [
      'cfi',
      (value) => {
        this.#calledFile = this.#names.file.nameOf(value);
      },
    ],
    [
      'cfl',
      (value) => {
        this.#calledFile = this.#names.file.nameOf(value);
      },
    ],
    [
      'cfn',
      (value) => {
        this.#calledName = this.#names.function.nameOf(value);
      },
    ],
    [
      'calls',
      () => {
        this.#isCall = true;
      },
    ],
    [
      'jump',
      () => {
        this.#isJump = true;
      },
    ],
    [
      'jcnd',
      () => {
        this.#isJump = true;
      },
    ],
    ['jfi', (value) => void this.#names.file.nameOf(value)],
    ['jfn', (value) => void this.#names.function.nameOf(value)],
  ]);

  write(bytes: Uint8Array): void {
    this.#feed.write(bytes);
  }

  /** Whether the text ended in the middle of a line. */
  finish(): boolean {
    const isOpen = this.#feed.finish();
    if (this.events.length === 0)
      throw new MalformedInput(CALLGRIND, 'there is no line "events:", which names the costs');
    if (!this.#hasTotals) this.totals.push(...this.#summary);
    if (this.#feed.overlong > 0) this.notUnderstood += this.#feed.overlong;
    return isOpen;
  }

  /** A call's cost line was still to come at the end. */
  get isInCall(): boolean {
    return this.#isCall;
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    while (from < end && (bytes[from] === 0x20 || bytes[from] === 0x09)) from++;
    if (from === end || bytes[from] === HASH) return;
    const first = bytes[from];
    const isNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2a;
    const isRead = isNumber ? this.#costLine(bytes, from, end) : this.#wordLine(utf8(bytes, from, end));
    if (!isRead && this.notUnderstood++ === 0) {
      const text = utf8(bytes, start, Math.min(end, start + 80));
      this.firstNotUnderstood = `line ${this.#feed.lineNumber}, ${JSON.stringify(text)}`;
    }
  }

  #costLine(bytes: Uint8Array, start: number, end: number): boolean {
    const { costs, positions } = this.#numbers;
    if (!this.#numbers.read(bytes, start, end, this.#positions.length, this.events.length)) return false;
    if (this.#isJump) {
      this.#isJump = false;
      return true;
    }
    if (this.#node === -1 || !this.#graph) return false;
    if (costs.some((cost) => Math.abs(cost) > Number.MAX_SAFE_INTEGER)) this.hasRounded = true;
    const line = this.#linePosition === -1 ? 0 : positions[this.#linePosition];
    const site: SiteIndex = this.#graph.site(this.#place, line > 0 && line < 2 ** 31 ? line : 0);
    if (!this.#isCall) {
      this.#graph.addSelf(site, costs);
      return true;
    }
    const file = this.#calledFile ?? this.#file;
    const callee = this.#graph.node(this.#calledName, file, this.#calledObject ?? this.#object);
    this.#graph.addCall(site, callee, costs);
    this.#isCall = false;
    this.#calledFile = undefined;
    this.#calledObject = undefined;
    return true;
  }

  #wordLine(text: string): boolean {
    const match = /^([a-z]+)(=|:)[ \t]*(.*)$/s.exec(text);
    if (!match) return false;
    const [, key, sign, value] = match;
    if (sign === ':') return this.#headerLine(key, value.trim());
    const read = this.#specifications.get(key);
    read?.(value.trim());
    return read !== undefined;
  }

  #headerLine(key: string, value: string): boolean {
    if (key === 'events') {
      const events = value.split(/\s+/).filter((name) => name !== '');
      if (events.length === 0 || events.length > MOST_EVENTS) return false;
      if (this.events.length > 0 && events.join() !== this.events.join()) {
        throw new MalformedInput(
          CALLGRIND,
          `its parts count different things, "${this.events.join(' ')}" and "${value}"`,
        );
      }
      this.events = events;
      this.#startThread(this.#thread);
    } else if (key === 'positions') {
      this.#positions = value
        .split(/\s+/)
        .filter((name) => name !== '')
        .slice(0, 8);
      this.#linePosition = this.#positions.indexOf('line');
    } else if (key === 'thread') {
      this.#startThread(Number.parseInt(value, 10) || 0);
    } else if (key === 'totals' || key === 'summary') {
      this.#sum(key, value);
    } else if (key === 'desc') {
      if (value !== '' && this.descriptions.length < 100) this.descriptions.push(value.slice(0, 1000));
    } else {
      this.header.set(key, value);
    }
    return true;
  }

  #startThread(thread: number): void {
    this.#thread = thread;
    this.#node = -1;
    if (this.events.length === 0) return;
    this.#graph = this.graphs.get(thread) ?? new CallGraph(this.events.length);
    this.graphs.set(thread, this.#graph);
  }

  #sum(key: string, value: string): void {
    const into = key === 'totals' ? this.totals : this.#summary;
    if (key === 'totals') this.#hasTotals = true;
    for (const [event, text] of value.split(/\s+/).entries()) {
      if (event < MOST_EVENTS) into[event] = (into[event] ?? 0) + (Number(text) || 0);
    }
  }

  #inFunction(value: string): void {
    const name = this.#names.function.nameOf(value);
    if (!this.#graph) return;
    this.#node = this.#graph.node(name, this.#file, this.#object);
    this.#place = this.#graph.place(this.#node, this.#file);
    this.#isCall = false;
  }

  #inFile(value: string): void {
    this.#file = this.#names.file.nameOf(value);
    if (this.#graph && this.#node !== -1) this.#place = this.#graph.place(this.#node, this.#file);
  }
}

const LONGEST_LINE = 1 << 24;
const MOST_EVENTS = 100;
const HASH = 0x23;
