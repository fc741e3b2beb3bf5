import type { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import { NONE, type ThreadIndex } from '../../profile/profile.ts';
import type { JsonStream, TextNumber } from '../reading/json-stream.ts';

/** The threads of a trace, by the texts of their process and their own: usually numbers, but any text will do. */
export class TraceThreads {
  readonly #json: JsonStream;
  readonly #pid = new Int32Column();
  readonly #tid = new Int32Column();
  readonly #known = new IntKeyMap();
  readonly #names = new Map<number, string>();
  /** Numbers of the system, where they are known and another one is in the events. */
  readonly #systemTids = new Map<number, number>();
  readonly #processNames = new Map<TextNumber, string>();

  constructor(json: JsonStream) {
    this.#json = json;
  }

  get length(): number {
    return this.#pid.length;
  }

  of(pid: TextNumber, tid: TextNumber): number {
    let thread = this.#known.get(pid, tid);
    if (thread === -1) {
      this.#pid.push(pid);
      thread = this.#tid.push(tid);
      this.#known.set(pid, tid, thread);
    }
    return thread;
  }

  /** Takes a metadata event. */
  name(event: string, pid: TextNumber, tid: TextNumber, name: string): void {
    if (event === 'thread_name') this.#names.set(this.of(pid, tid), name);
    else if (event === 'process_name') this.#processNames.set(pid, name);
  }

  /**
   * Takes the outermost frame of a thread as py-spy writes it with `--threads`, `thread (4821): name`: the number in its events is that of
   * pthread. (py-spy, src/stack_trace.rs: format_threadid)
   */
  nameByFrame(thread: number, frame: string): void {
    const [, tid, name] = /^thread \((\d{1,9})\)(?:: (.*))?$/s.exec(frame) ?? [];
    if (tid !== undefined) this.#systemTids.set(thread, Number(tid));
    if (name) this.#names.set(thread, name);
  }

  inProfile(builder: ProfileBuilder, thread: number): ThreadIndex {
    const [pid, tid] = [this.#json.textAt(this.#pid.at(thread)), this.#json.textAt(this.#tid.at(thread))];
    const known = this.#names.get(thread) ?? this.#processNames.get(this.#pid.at(thread)) ?? '';
    const number = this.#systemTids.get(thread) ?? numberOf(tid);
    // What isn't a number of 31 bits is a name.
    const name = known === '' && number === NONE ? tid : known;
    return builder.thread(numberOf(pid), number, name);
  }
}

function numberOf(text: string): number {
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isInteger(number) && number >= 0 && number < 2 ** 31 ? number : NONE;
}
