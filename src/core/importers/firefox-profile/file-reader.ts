import { Int32Column } from '../../profile/column.ts';
import { HAS_NO_MORE, JsonKeys } from '../reading/json-keys.ts';
import type { JsonStream } from '../reading/json-stream.ts';
import type { FirefoxLib, FirefoxMeta, FirefoxProcess, FirefoxTables, FirefoxThread } from './file.ts';
import { readTable } from './table.ts';

const PROFILE = { meta: 0, libs: 1, threads: 2, shared: 3, processes: 4, pausedRanges: 5, profile: 6 };
const THREAD = {
  name: 0,
  processName: 1,
  pid: 2,
  tid: 3,
  stringTable: 4,
  stringArray: 5,
  samples: 6,
  stackTable: 7,
  frameTable: 8,
  funcTable: 9,
  resourceTable: 10,
  nativeSymbols: 11,
  jsAllocations: 12,
  nativeAllocations: 13,
  sources: 14,
  libs: 15,
};
const FIRST_TABLE = THREAD.samples;
const LAST_TABLE = THREAD.sources;
const THREAD_KEYS = Object.keys(THREAD);
const META = {
  startTime: 0,
  interval: 1,
  product: 2,
  importedFrom: 3,
  oscpu: 4,
  abi: 5,
  preprocessedProfileVersion: 6,
  sampleUnits: 7,
  categories: 8,
  doesNotUseFrameImplementation: 9,
};
const LIB = { name: 0, path: 1, codeId: 2, start: 3, end: 4, debugName: 5 };

/** Reads the file's processes, the one that the file is of first; those of a raw profile lie within one another. */
export class FirefoxFileReader {
  readonly #json: JsonStream;
  readonly #keys = new JsonKeys(Object.keys(PROFILE));
  readonly #threadKeys = new JsonKeys(THREAD_KEYS);
  readonly #metaKeys = new JsonKeys(Object.keys(META));
  readonly #libKeys = new JsonKeys(Object.keys(LIB));

  constructor(json: JsonStream) {
    this.#json = json;
  }

  read(): FirefoxProcess[] {
    const json = this.#json;
    const processes: FirefoxProcess[] = [];
    if (!json.enterObject()) json.fail('a profile is an object');
    const open: { process: FirefoxProcess; isElement: boolean }[] = [];
    const enter = (process: FirefoxProcess, isElement: boolean) => open.push({ process, isElement });
    processes.push(newProcess());
    enter(processes[0], false);
    while (open.length > 0) {
      const { process, isElement } = open[open.length - 1];
      const key = json.nextKey(this.#keys);
      if (key === PROFILE.meta) this.#meta(process.meta);
      else if (key === PROFILE.libs) this.#libs(process.libs);
      else if (key === PROFILE.threads) this.#threads(process);
      else if (key === PROFILE.shared) this.#tables(process);
      else if (key === PROFILE.pausedRanges) process.pauses += this.#count();
      else if (key === PROFILE.profile) {
        // A file of the old DevTools has the profile in it.
        if (json.enterObject()) enter(process, false);
      } else if (key === PROFILE.processes) {
        if (json.enterArray()) this.#nextProcess(processes, enter);
      } else {
        open.pop();
        if (isElement) this.#nextProcess(processes, enter);
      }
    }
    json.finish();
    return processes;
  }

  #nextProcess(processes: FirefoxProcess[], enter: (process: FirefoxProcess, isElement: boolean) => void): void {
    while (this.#json.nextElement()) {
      if (!this.#json.enterObject()) continue;
      const process = newProcess();
      processes.push(process);
      enter(process, true);
      return;
    }
  }

  #threads(process: FirefoxProcess): void {
    const json = this.#json;
    if (!json.enterArray()) return;
    while (json.nextElement()) {
      const thread: FirefoxThread = {
        name: '',
        processName: '',
        pid: '',
        tid: '',
        tables: new Map(),
        strings: undefined,
        process,
      };
      this.#tables(thread, thread);
      process.threads.push(thread);
    }
  }

  /** Reads an object of tables: `shared`, or a thread. */
  #tables(into: FirefoxTables, thread?: FirefoxThread): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    for (let key = json.nextKey(this.#threadKeys); key !== HAS_NO_MORE; key = json.nextKey(this.#threadKeys)) {
      if (key >= FIRST_TABLE && key <= LAST_TABLE) into.tables.set(THREAD_KEYS[key], readTable(json));
      else if (key === THREAD.stringTable || key === THREAD.stringArray) into.strings = this.#texts();
      else if (key === THREAD.libs && thread) this.#libs(thread.process.libs);
      else if (key === THREAD.name && thread) thread.name = json.string();
      else if (key === THREAD.processName && thread) thread.processName = json.string();
      else if (key === THREAD.pid && thread) thread.pid = json.string();
      else if (key === THREAD.tid && thread) thread.tid = json.string();
      else json.skip();
    }
  }

  #texts(): Int32Column {
    const json = this.#json;
    const texts = new Int32Column();
    if (json.enterArray()) while (json.nextElement()) texts.push(json.text());
    return texts;
  }

  #meta(meta: FirefoxMeta): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    const unitKeys = new JsonKeys(['threadCPUDelta']);
    const nameKeys = new JsonKeys(['name']);
    for (let key = json.nextKey(this.#metaKeys); key !== HAS_NO_MORE; key = json.nextKey(this.#metaKeys)) {
      if (key === META.startTime) meta.startTime = json.number();
      else if (key === META.interval) meta.interval = json.number();
      else if (key === META.product) meta.product = json.string();
      else if (key === META.importedFrom) meta.importedFrom = json.string();
      else if (key === META.oscpu) meta.oscpu = json.string();
      else if (key === META.abi) meta.abi = json.string();
      else if (key === META.doesNotUseFrameImplementation) meta.hasImplementations = !json.boolean();
      else if (key === META.preprocessedProfileVersion) meta.processedVersion = json.number();
      else if (key === META.sampleUnits) {
        if (json.enterObject()) while (json.nextKey(unitKeys) === 0) meta.cpuDeltaUnit = json.string();
      } else if (key === META.categories) {
        if (!json.enterArray()) continue;
        while (json.nextElement()) {
          const at = meta.categories.push('') - 1;
          if (json.enterObject()) while (json.nextKey(nameKeys) === 0) meta.categories[at] = json.string();
        }
      }
    }
  }

  #libs(into: FirefoxLib[]): void {
    const json = this.#json;
    if (!json.enterArray()) return;
    while (json.nextElement()) {
      const lib = { name: '', path: '', buildId: '', start: Number.NaN, end: Number.NaN };
      if (json.enterObject()) {
        for (let key = json.nextKey(this.#libKeys); key !== HAS_NO_MORE; key = json.nextKey(this.#libKeys)) {
          if (key === LIB.name) lib.name = json.string();
          else if (key === LIB.path) lib.path = json.string();
          else if (key === LIB.codeId) lib.buildId = hexadecimal(json.string());
          else if (key === LIB.start) lib.start = json.number();
          else if (key === LIB.end) lib.end = json.number();
          else json.skip();
        }
      }
      into.push(lib);
    }
  }

  #count(): number {
    const json = this.#json;
    let count = 0;
    if (!json.enterArray()) return 0;
    while (json.nextElement()) {
      json.skip();
      count++;
    }
    return count;
  }
}

function newProcess(): FirefoxProcess {
  return {
    meta: {
      startTime: Number.NaN,
      interval: Number.NaN,
      product: '',
      importedFrom: '',
      oscpu: '',
      abi: '',
      processedVersion: Number.NaN,
      cpuDeltaUnit: '',
      hasImplementations: true,
      categories: [],
    },
    libs: [],
    threads: [],
    tables: new Map(),
    strings: undefined,
    pauses: 0,
  };
}

/** On Linux a code id is an ELF build id. */
function hexadecimal(text: string): string {
  return /^[0-9a-fA-F]{8,}$/.test(text) ? text.toLowerCase() : '';
}
