import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** What a run.json was when it was read: another file, or another content, has another stamp. */
export interface FileStamp {
  readonly inode: bigint;
  readonly modifiedNs: bigint;
  readonly bytes: bigint;
}

export interface IndexedRun extends FileStamp {
  readonly id: string;
  /** The text of run.json. */
  readonly text: string;
}

/**
 * A cache of the run.json files in SQLite, so that a list of a thousand runs is one query. The files are the truth: the index may be
 * deleted at any time, is thrown away where it can't be read, and every operation is allowed to fail: the caller then reads the files.
 */
export class IndexDb {
  readonly #path: string;
  #db: DatabaseSync;

  /** @throws where SQLite isn't to be had, the folder can't be written, or another version of us owns the file */
  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.#db = this.#openOrRebuild();
  }

  rows(): Map<string, IndexedRun> {
    const rows = new Map<string, IndexedRun>();
    const select = this.#db.prepare('SELECT id, inode, modified_ns, bytes, text FROM run');
    select.setReadBigInts(true);
    for (const row of select.iterate()) {
      rows.set(row['id'] as string, {
        id: row['id'] as string,
        inode: row['inode'] as bigint,
        modifiedNs: row['modified_ns'] as bigint,
        bytes: row['bytes'] as bigint,
        text: row['text'] as string,
      });
    }
    return rows;
  }

  /** Adds, replaces and removes in one transaction. */
  change(put: readonly IndexedRun[], removed: readonly string[]): void {
    if (put.length === 0 && removed.length === 0) return;
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const insert = this.#db.prepare(
        'INSERT OR REPLACE INTO run (id, inode, modified_ns, bytes, text) VALUES (?, ?, ?, ?, ?)',
      );
      for (const run of put) insert.run(run.id, run.inode, run.modifiedNs, run.bytes, run.text);
      const remove = this.#db.prepare('DELETE FROM run WHERE id = ?');
      for (const id of removed) remove.run(id);
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /** Starts again from nothing; the caller fills it from the files. */
  rebuild(): void {
    this.close();
    // Another process that has the old file open goes on with that, and finds the new one when it starts next.
    for (const ending of ['', '-wal', '-shm']) rmSync(this.#path + ending, { force: true });
    this.#db = openDb(this.#path);
  }

  #openOrRebuild(): DatabaseSync {
    try {
      return openDb(this.#path);
    } catch (error) {
      if (!isDamage(error)) throw error;
      for (const ending of ['', '-wal', '-shm']) rmSync(this.#path + ending, { force: true });
      return openDb(this.#path);
    }
  }
}

/** Whether an error of SQLite means that the file's content is broken, rather than busy, not to be written, or another program's. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

// Primary result codes, https://www.sqlite.org/rescode.html.
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** "PfwR": marks a database as ours (https://www.sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x50667752;
const SHAPE_VERSION = 1;

function openDb(path: string): DatabaseSync {
  // Loaded when first needed: it costs a few milliseconds that activation doesn't have.
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined) throw new Error('this Node has no node:sqlite');
  const db = new sqlite.DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    const number = (pragma: string) => Number(Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
    const isNew = number('schema_version') === 0;
    if (!isNew && (number('application_id') !== APPLICATION_ID || number('user_version') !== SHAPE_VERSION)) {
      throw new Error(`${path} is of another program, or of another version of this one`);
    }
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    if (isNew) db.exec(SHAPE);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Two processes may come to this at the same time: what the first has made, the second leaves. */
const SHAPE = `
  BEGIN IMMEDIATE;
  CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY, inode INTEGER NOT NULL, modified_ns INTEGER NOT NULL, bytes INTEGER NOT NULL, text TEXT NOT NULL
  ) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SHAPE_VERSION};
  COMMIT`;

/** How long to wait for another process's transaction; ours take a millisecond or two. */
const BUSY_TIMEOUT_MS = 500;
