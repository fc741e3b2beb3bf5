import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { NONE } from '../../profile/profile.ts';
import { JsonKeys } from '../reading/json-keys.ts';
import type { JsonStream, TextNumber } from '../reading/json-stream.ts';
import { isMicroseconds } from '../reading/microseconds.ts';
import type { CpuProfiles } from './cpu-profiles.ts';
import { BEGIN, COMPLETE, END, newEventColumns } from './event-columns.ts';
import { placeNumber } from './place-number.ts';
import type { TraceThreads } from './threads.ts';

const EVENT = { args: 0, cat: 1, name: 2, ph: 3, pid: 4, tid: 5, ts: 6, dur: 7, id: 8 };
const ARGS = { name: 0, filename: 1, url: 2, line: 3, column: 4, funcLine: 5, data: 6 };
const PY_SPY = 'py-spy';
const PHASES: ReadonlyMap<string, number> = new Map([
  ['B', BEGIN],
  ['E', END],
  ['X', COMPLETE],
]);

/**
 * Reads events one by one. Of arguments only those are kept that say where in a source file an event is, as py-spy and Hermes write
 * them. (Trace Event Format: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU)
 */
export class EventReader {
  readonly columns = newEventColumns();
  /** By place: numbers of the texts of its name and file, and its line, column and line of the definition. */
  readonly places = {
    name: new Int32Column(),
    file: new Int32Column(),
    line: new Int32Column(),
    column: new Int32Column(),
    startLine: new Int32Column(),
  };
  /** Events that have no length: instants, counters, flows and what is asynchronous. */
  withoutLength = 0;
  /** By thread: the time of the last of these, in microseconds. */
  readonly lastWithoutLength = new Map<number, number>();
  /** Events for which a time or a thread is missing. */
  unsound = 0;
  readonly #json: JsonStream;
  readonly #threads: TraceThreads;
  readonly #profiles: CpuProfiles;
  readonly #keys = new JsonKeys(Object.keys(EVENT));
  readonly #argsKeys = new JsonKeys(Object.keys(ARGS));
  readonly #placeIndex = [new IntKeyMap(), new IntKeyMap(), new IntKeyMap(), new IntKeyMap()];
  #argsName: TextNumber = 0;
  #file: TextNumber = 0;
  #line = 0;
  #column = 0;
  #startLine = 0;

  constructor(json: JsonStream, threads: TraceThreads, profiles: CpuProfiles) {
    this.#json = json;
    this.#threads = threads;
    this.#profiles = profiles;
  }

  read(): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    let name: TextNumber = 0;
    let phase: TextNumber = 0;
    let pid: TextNumber = 0;
    let tid: TextNumber = 0;
    let id: TextNumber = 0;
    let category: TextNumber = 0;
    let at = Number.NaN;
    let duration = 0;
    this.#argsName = this.#file = this.#line = this.#column = this.#startLine = 0;
    for (;;) {
      const key = json.nextKey(this.#keys);
      if (key === EVENT.args) this.#args();
      else if (key === EVENT.name) name = json.text();
      else if (key === EVENT.ph) phase = json.text();
      else if (key === EVENT.pid) pid = json.text();
      else if (key === EVENT.tid) tid = json.text();
      else if (key === EVENT.ts) at = json.number();
      else if (key === EVENT.dur) duration = json.number();
      else if (key === EVENT.id) id = json.text();
      else if (key === EVENT.cat) category = json.text();
      else break;
    }
    const phaseName = json.textAt(phase);
    if (phaseName === 'M') {
      this.#threads.name(json.textAt(name), pid, tid, json.textAt(this.#argsName));
      return;
    }
    const known = this.#threads.length;
    const thread = this.#threads.of(pid, tid);
    const isFirst = this.#threads.length > known;
    if (isFirst && json.textAt(category) === PY_SPY) this.#threads.nameByFrame(thread, json.textAt(name));
    const isOfProfile = this.#profiles.endEvent(json.textAt(name), pid, thread, id);
    const kind = PHASES.get(phaseName);
    if (kind === undefined) this.#addWithoutLength(thread, at, isOfProfile);
    else if (!isMicroseconds(at)) this.unsound++;
    else this.#add(kind, thread, at, duration, name);
  }

  #add(phase: number, thread: number, at: number, duration: number, name: TextNumber): void {
    const { columns } = this;
    columns.phase.push(phase);
    columns.thread.push(thread);
    columns.at.push(at);
    columns.duration.push(phase === COMPLETE && duration > 0 && isMicroseconds(duration) ? duration : 0);
    columns.place.push(phase === END ? NONE : this.#place(name));
    columns.name.push(name);
  }

  #addWithoutLength(thread: number, at: number, isOfProfile: boolean): void {
    if (!isOfProfile) this.withoutLength++;
    const last = this.lastWithoutLength.get(thread) ?? Number.NEGATIVE_INFINITY;
    if (isMicroseconds(at) && at > last) this.lastWithoutLength.set(thread, at);
  }

  #args(): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    for (;;) {
      const key = json.nextKey(this.#argsKeys);
      if (key === ARGS.name) this.#argsName = json.text();
      else if (key === ARGS.filename || key === ARGS.url) this.#file = json.text();
      else if (key === ARGS.line) this.#line = placeNumber(json.number());
      else if (key === ARGS.column) this.#column = placeNumber(json.number());
      else if (key === ARGS.funcLine) this.#startLine = placeNumber(json.number());
      else if (key === ARGS.data) this.#profiles.readData();
      else break;
    }
  }

  #place(name: TextNumber): number {
    const { places } = this;
    // A line without a file is of something else.
    const [line, column, startLine] = this.#file === 0 ? [0, 0, 0] : [this.#line, this.#column, this.#startLine];
    const [whose, where, from, all] = this.#placeIndex;
    const own = numberOf(
      all,
      numberOf(whose, name, this.#file),
      numberOf(from, numberOf(where, line, column), startLine),
    );
    if (own === places.name.length) {
      places.name.push(name);
      places.file.push(this.#file);
      places.line.push(line);
      places.column.push(column);
      places.startLine.push(startLine);
    }
    return own;
  }
}

function numberOf(map: IntKeyMap, a: number, b: number): number {
  let number = map.get(a, b);
  if (number === -1) {
    number = map.size;
    map.set(a, b, number);
  }
  return number;
}
