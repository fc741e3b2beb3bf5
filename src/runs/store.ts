import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileStamp, IndexDb, type IndexedRun, isDamage } from './index-db.ts';
import { MalformedRun, parseRun } from './parse-run.ts';
import { isFinal, RUN_SCHEMA, type Run, type RunState } from './run.ts';
import { isRunId, newRunId } from './run-id.ts';
import { isOwnerAlive } from './run-owner.ts';
import { writeAtomically } from './write-atomically.ts';

/** The runs of a workspace folder. Opening creates nothing; the first run creates `.perfwright`. */
export function openStore(workspaceFolder: string): RunStore {
  return new RunStore(workspaceFolder);
}

export interface RunFilter {
  readonly kind?: string;
  readonly states?: readonly RunState[];
  readonly limit?: number;
}

export interface RunList {
  /** Newest first. */
  readonly runs: readonly Run[];
  /** Runs that can't be read; they are left as they are. */
  readonly problems: readonly StoreProblem[];
}

export interface StoreProblem {
  /** Path of the run.json. */
  readonly file: string;
  /** Goes on from the file's name: "is not JSON: …". */
  readonly problem: string;
}

export type RunDraft = Omit<Run, 'schema' | 'id'>;

/** No run, or more than one, answers to what was asked for. The message says which and what to do. */
export class NoSuchRun extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoSuchRun';
  }
}

/**
 * Runs as files, `runs/<id>/run.json` beside the artifacts, with an index over them. Any number of processes use one store at
 * the same time: a run is written by its owner only, whole and atomically, and the index is brought up to date by who lists.
 */
export class RunStore {
  readonly workspaceFolder: string;
  /** `.perfwright` of the workspace folder. */
  readonly folder: string;
  #index: IndexDb | null | undefined;

  constructor(workspaceFolder: string) {
    this.workspaceFolder = workspaceFolder;
    this.folder = join(workspaceFolder, '.perfwright');
  }

  runFolder(id: string): string {
    if (!isRunId(id)) throw new NoSuchRun(`${JSON.stringify(id)} is not the id of a run.`);
    return join(this.runsFolder, id);
  }

  /** Path of the run's first artifact, or undefined where it has none. */
  artifactPath(run: Run): string | undefined {
    const file = run.artifacts[0]?.file;
    return file === undefined ? undefined : join(this.runFolder(run.id), file);
  }

  /** Says, to who can't see this process, that the run is still being written. */
  async touch(id: string): Promise<void> {
    const now = new Date();
    await utimes(this.#runFile(id), now, now);
  }

  async list(filter: RunFilter = {}): Promise<RunList> {
    const { texts, problems } = await this.#texts();
    const runs: Run[] = [];
    for (const { id, text } of texts.sort((a, b) => (a.id < b.id ? 1 : -1))) {
      try {
        const run = parseRun(text, id);
        if (filter.kind !== undefined && run.kind !== filter.kind) continue;
        if (filter.states !== undefined && !filter.states.includes(run.state)) continue;
        if (filter.limit === undefined || runs.length < filter.limit) runs.push(run);
      } catch (error) {
        problems.push({ file: this.#runFile(id), problem: messageOf(error) });
      }
    }
    return { runs, problems };
  }

  /**
   * The run of an id, of the beginning of one, of the beginning of its last, random part, or the newest: `latest`.
   * @throws NoSuchRun where none or several answer, MalformedRun, with the file's name, where it can't be read
   */
  async get(which: string): Promise<Run> {
    if (isRunId(which)) return this.#read(which);
    if (which === 'latest') return this.#latest();
    const ids = (await this.#ids()).filter(
      (id) => which !== '' && (id.startsWith(which) || randomPart(id).startsWith(which)),
    );
    const [id] = ids;
    if (id === undefined) {
      throw new NoSuchRun(
        `No run in ${this.folder} has an id that begins with ${JSON.stringify(which)}. \`runs\` lists them.`,
      );
    }
    if (ids.length > 1) {
      const some = ids.slice(0, 5).join(', ');
      throw new NoSuchRun(`${ids.length} runs begin with ${JSON.stringify(which)}: ${some}. Give more of the id.`);
    }
    return this.#read(id);
  }

  /** Adds a run; it is there as a whole or not at all. */
  async create(draft: RunDraft): Promise<Run> {
    await this.#prepareFolder();
    for (;;) {
      const run: Run = { schema: RUN_SCHEMA, id: newRunId(new Date(draft.start)), ...draft };
      const scratch = join(this.#scratchFolder, run.id);
      await mkdir(scratch, { recursive: true });
      try {
        await writeAtomically(join(scratch, 'run.json'), textOf(run));
        await rename(scratch, this.runFolder(run.id));
      } catch (error) {
        await rm(scratch, { recursive: true, force: true });
        // Another process made the same id in the same millisecond.
        if (['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) continue;
        throw error;
      }
      await this.#enter(run);
      return run;
    }
  }

  /** Writes a new state of a run. @throws NoSuchRun where it has been removed meanwhile: it isn't brought back */
  async update(run: Run): Promise<Run> {
    try {
      await this.#write(run);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new NoSuchRun(`The run ${run.id} has been deleted from ${this.folder}.`);
      throw error;
    }
    return run;
  }

  /** Whether somebody still writes the run. */
  async isAlive(run: Run): Promise<boolean> {
    return !isFinal(run.state) && (await isOwnerAlive(run, this.#runFile(run.id)));
  }

  /** Deletes a run with its artifacts. @throws where it is being recorded, or isn't there */
  async remove(id: string): Promise<void> {
    const folder = this.runFolder(id);
    if (!(await isFolder(folder))) throw new NoSuchRun(`There is no run ${id} in ${this.folder}.`);
    // One that can't be read can still be deleted.
    const run = await this.#read(id).catch(() => undefined);
    if (run !== undefined && (await this.isAlive(run))) {
      throw new Error(`The run ${id} is still ${run.state}. Stop it first.`);
    }
    // Renamed first, so that nobody finds half of it.
    const scratch = join(this.#scratchFolder, id);
    await mkdir(this.#scratchFolder, { recursive: true });
    await rename(folder, scratch);
    await rm(scratch, { recursive: true, force: true });
    this.#changeIndex([], [id]);
  }

  /** Clears away what processes that died while adding or deleting a run left behind. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#scratchFolder).catch(() => [])) {
      // Nothing else is ours, whatever a repository made this folder a link to.
      if (!isRunId(name)) continue;
      const path = join(this.#scratchFolder, name);
      const about = await stat(path).catch(() => undefined);
      if (about !== undefined && Date.now() - about.mtimeMs > SCRATCH_LIFE_MS)
        await rm(path, { recursive: true, force: true });
    }
  }

  /** Lets go of the index; the store may be used again after it. */
  close(): void {
    this.#index?.close();
    this.#index = undefined;
  }

  /** Where runs are: a folder for each, called by its id. */
  get runsFolder(): string {
    return join(this.folder, 'runs');
  }

  /** Where runs are put together before they are there, and taken apart after. */
  get #scratchFolder(): string {
    return join(this.folder, 'scratch');
  }

  #runFile(id: string): string {
    return join(this.runFolder(id), 'run.json');
  }

  async #ids(): Promise<string[]> {
    try {
      return (await readdir(this.runsFolder)).filter(isRunId);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** The newest that can be read. */
  async #latest(): Promise<Run> {
    for (const id of (await this.#ids()).sort().reverse()) {
      const run = await this.#read(id).catch(() => undefined);
      if (run !== undefined) return run;
    }
    throw new NoSuchRun(`There is no run in ${this.folder} yet. Record one first.`);
  }

  async #read(id: string): Promise<Run> {
    const file = this.#runFile(id);
    try {
      return parseRun(await readRunFile(file), id);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new NoSuchRun(`There is no run ${id} in ${this.folder}.`);
      throw error instanceof MalformedRun ? new MalformedRun(`${file} ${error.message}.`) : error;
    }
  }

  async #write(run: Run): Promise<void> {
    await writeAtomically(this.#runFile(run.id), textOf(run));
    await this.#enter(run);
  }

  /** Puts a run that was just written into the index. */
  async #enter(run: Run): Promise<void> {
    const stamp = await stampOf(this.#runFile(run.id));
    this.#changeIndex([{ id: run.id, text: textOf(run), ...stamp }], []);
  }

  /** The text of each run.json: from the index where that is as new as the file, else read, and the index brought up to date. */
  async #texts(): Promise<{ texts: { id: string; text: string }[]; problems: StoreProblem[] }> {
    const ids = await this.#ids();
    const indexed = ids.length === 0 ? new Map<string, IndexedRun>() : this.#indexedRows();
    const texts: { id: string; text: string }[] = [];
    const problems: StoreProblem[] = [];
    const put: IndexedRun[] = [];
    for (const id of ids) {
      const file = this.#runFile(id);
      try {
        const stamp = await stampOf(file);
        const row = indexed.get(id);
        indexed.delete(id);
        if (row !== undefined && isSame(row, stamp)) {
          texts.push(row);
          continue;
        }
        const read = { id, text: await readRunFile(file), ...stamp };
        texts.push(read);
        put.push(read);
      } catch (error) {
        // Where the folder is gone too it was removed since it was listed.
        const problem = codeOf(error) === 'ENOENT' ? 'is missing' : messageOf(error);
        if (problem !== 'is missing' || (await isFolder(this.runFolder(id)))) problems.push({ file, problem });
      }
    }
    this.#changeIndex(put, [...indexed.keys()]);
    return { texts, problems };
  }

  #indexedRows(): Map<string, IndexedRun> {
    return this.#withIndex((index) => index.rows()) ?? new Map();
  }

  #changeIndex(put: readonly IndexedRun[], removed: readonly string[]): void {
    if (put.length > 0 || removed.length > 0) this.#withIndex((index) => index.change(put, removed));
  }

  /** Uses the index; undefined where it can't be used now, which costs time and nothing else. */
  #withIndex<T>(use: (index: IndexDb) => T): T | undefined {
    try {
      if (this.#index === undefined) this.#index = new IndexDb(join(this.folder, 'index.db'));
      return this.#index === null ? undefined : use(this.#index);
    } catch (error) {
      if (this.#index && isDamage(error)) this.#rebuildIndex(this.#index);
      else if (this.#index === undefined) this.#index = null;
      return undefined;
    }
  }

  #rebuildIndex(index: IndexDb): void {
    try {
      index.rebuild();
    } catch {
      this.#index = null;
    }
  }

  async #prepareFolder(): Promise<void> {
    await mkdir(this.runsFolder, { recursive: true });
    try {
      await writeFile(join(this.folder, '.gitignore'), GITIGNORE, { flag: 'wx' });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

const GITIGNORE = `# Runs stay on this machine; baselines that a team shares are committed.
/.gitignore
/runs/
/scratch/
/index.db*
`;

/** Adding and deleting take seconds at most. */
const SCRATCH_LIFE_MS = 3600 * 1000;

/** A run.json is a few kilobytes; one that is far larger isn't ours. */
const MAX_RUN_FILE_BYTES = 8 * 1024 * 1024;

function textOf(run: Run): string {
  return `${JSON.stringify(run, null, 2)}\n`;
}

async function readRunFile(path: string): Promise<string> {
  const about = await stat(path);
  // A repository may hold a link to a device that never ends.
  if (!about.isFile()) throw new MalformedRun('is not a regular file');
  if (about.size > MAX_RUN_FILE_BYTES) {
    throw new MalformedRun(`has ${about.size} bytes; at most ${MAX_RUN_FILE_BYTES} are read`);
  }
  return readFile(path, 'utf8');
}

async function stampOf(path: string): Promise<FileStamp> {
  const { ino, mtimeNs, size } = await stat(path, { bigint: true });
  return { inode: BigInt.asIntN(64, ino), modifiedNs: mtimeNs, bytes: size };
}

function isSame(a: FileStamp, b: FileStamp): boolean {
  return a.inode === b.inode && a.modifiedNs === b.modifiedNs && a.bytes === b.bytes;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function randomPart(id: string): string {
  return id.slice(id.lastIndexOf('-') + 1);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
