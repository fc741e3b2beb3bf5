import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isRunId, newRunId } from '../../src/runs/run-id.ts';
import { ownerOf } from '../../src/runs/run-owner.ts';
import { NoSuchRun, openStore, type RunStore } from '../../src/runs/store.ts';
import { runToEnd } from '../../src/tools/run.ts';
import { draft } from './drafts.ts';

let workspace: string;
let store: RunStore;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'store é '));
  store = openStore(workspace);
});
afterEach(() => {
  store.close();
  rmSync(workspace, { recursive: true, force: true });
});
const add = (start: string, changes: Parameters<typeof draft>[0] = {}) => store.create(draft({ start, ...changes }));
const titles = async () => (await store.list()).runs.map(({ title }) => title);

describe('the run store', () => {
  test('a run.json that is a link to something without an end is a problem, and holds nothing up', async () => {
    const { id } = await add('2026-01-01T00:00:00.000Z');
    const file = join(store.runFolder(id), 'run.json');
    rmSync(file);
    symlinkSync('/dev/zero', file);
    assert.deepEqual(await store.list(), { runs: [], problems: [{ file, problem: 'is not a regular file' }] });
    await assert.rejects(store.get(id), { name: 'MalformedRun', message: `${file} is not a regular file.` });
  });

  test('opening and listing creates nothing', async () => {
    assert.deepEqual(await store.list(), { runs: [], problems: [] });
    await assert.rejects(store.get('latest'), NoSuchRun);
    assert.deepEqual(readdirSync(workspace), []);
  });

  test('a run is read as it was written', async () => {
    const run = await add('2026-01-31T14:23:05.123Z');
    assert.match(run.id, /^20260131-142305-123-[a-z0-9]{6}$/);
    assert.equal(run.schema, 'perfwright.run/1');
    assert.deepEqual(await store.get(run.id), run);
    assert.deepEqual((await store.list()).runs, [run]);
    assert.deepEqual(JSON.parse(readFileSync(join(store.runFolder(run.id), 'run.json'), 'utf8')), run);
  });

  test('lists the newest first, and by kind, state and number', async () => {
    await add('2026-01-02T00:00:00.000Z', { title: 'second', state: 'failed' });
    await add('2026-01-03T00:00:00.000Z', { title: 'third', kind: 'heap' });
    await add('2026-01-01T00:00:00.000Z', { title: 'first' });
    assert.deepEqual(await titles(), ['third', 'second', 'first']);
    const named = async (filter: Parameters<RunStore['list']>[0]) =>
      (await store.list(filter)).runs.map(({ title }) => title);
    assert.deepEqual(await named({ limit: 2 }), ['third', 'second']);
    assert.deepEqual(await named({ kind: 'cpu' }), ['second', 'first']);
    assert.deepEqual(await named({ states: ['failed', 'cancelled'] }), ['second']);
    assert.equal((await store.get('latest')).title, 'third');
  });

  test('finds a run by the beginning of its id, or of its random part, where that is one run', async () => {
    const one = await add('2026-01-01T00:00:00.000Z');
    const two = await add('2026-01-02T00:00:00.000Z');
    assert.equal((await store.get('20260101')).id, one.id);
    assert.equal((await store.get(two.id.slice(-6))).id, two.id);
    await assert.rejects(store.get('202601'), /2 runs begin with "202601"/);
    await assert.rejects(store.get('2027'), NoSuchRun);
    await assert.rejects(store.get(''), NoSuchRun);
    await assert.rejects(store.get('../../etc'), NoSuchRun);
    await assert.rejects(store.get('20260101-000000-000-zzzzzz'), NoSuchRun);
    assert.throws(() => store.runFolder('../x'), NoSuchRun);
  });

  test('ids sort by time', () => {
    const times = [0, 1, 999, 1000, 1e9, 1.7e12].map((ms) => newRunId(new Date(ms)));
    assert.deepEqual(times.toSorted(), times);
    assert.ok(times.every(isRunId));
  });

  test('an update is seen by all, and one of a deleted run does not bring it back', async () => {
    const other = openStore(workspace);
    const run = await add('2026-01-01T00:00:00.000Z', { state: 'importing', owner: ownerOf([process.pid]) });
    assert.equal((await other.list()).runs[0]?.state, 'importing');
    await store.update({ ...run, state: 'done', owner: null });
    assert.equal((await other.list()).runs[0]?.state, 'done');
    await other.remove(run.id);
    assert.deepEqual(await titles(), []);
    await assert.rejects(store.update(run), NoSuchRun);
    assert.equal(existsSync(store.runFolder(run.id)), false);
    await assert.rejects(store.remove(run.id), NoSuchRun);
    other.close();
  });

  test('a run that somebody records is not deleted', async () => {
    const parent = ownerOf([process.ppid]);
    const run = await add('2026-01-01T00:00:00.000Z', { state: 'recording', owner: parent });
    await assert.rejects(store.remove(run.id), /still recording/);
    const dead = { ...parent, processes: [{ pid: process.ppid, startTicks: 1 }] };
    await store.update({ ...run, owner: dead });
    await store.remove(run.id);
    assert.deepEqual(await titles(), []);
  });

  test('runs stay out of git', async () => {
    await add('2026-01-01T00:00:00.000Z');
    const ignored = readFileSync(join(store.folder, '.gitignore'), 'utf8').split('\n');
    for (const line of ['/runs/', '/index.db*', '/.gitignore']) assert.ok(ignored.includes(line), line);
    writeFileSync(join(store.folder, '.gitignore'), 'mine\n');
    await add('2026-01-02T00:00:00.000Z');
    assert.equal(readFileSync(join(store.folder, '.gitignore'), 'utf8'), 'mine\n');
  });

  test('a run.json that cannot be read is reported and left as it is', async () => {
    const good = await add('2026-01-01T00:00:00.000Z');
    const bad = await add('2026-01-02T00:00:00.000Z');
    const file = join(store.runFolder(bad.id), 'run.json');
    for (const [text, problem] of [
      ['{"schema":', /is not JSON/],
      ['[]', /run that is not an object/],
      ['{"schema":"perfwright.run/2"}', /perfwright\.run\/2.*perfwright\.run\/1/],
      [JSON.stringify({ ...bad, id: good.id }), /in the folder/],
      [
        JSON.stringify({ ...bad, artifacts: [{ file: '../../../etc/passwd', bytes: 1, sha256: '' }] }),
        /plain file name/,
      ],
      [JSON.stringify({ ...bad, sources: [{ path: 'a', sha256: '', file: '/etc/passwd' }] }), /sources\//],
      [JSON.stringify({ ...bad, state: 'odd' }), /"odd"; expected one of/],
    ] as const) {
      writeFileSync(file, text);
      const { runs, problems } = await store.list();
      assert.deepEqual(runs, [good]);
      assert.deepEqual(
        problems.map((found) => found.file),
        [file],
      );
      assert.match(problems[0]?.problem ?? '', problem);
      await assert.rejects(store.get(bad.id), problem);
      assert.deepEqual(await store.get('latest'), good);
      assert.equal(readFileSync(file, 'utf8'), text);
    }
    truncateSync(file, 9 * 1024 * 1024);
    assert.match((await store.list()).problems[0]?.problem ?? '', /at most/);
    rmSync(file);
    assert.match((await store.list()).problems[0]?.problem ?? '', /is missing/);
    // It can still be thrown away.
    await store.remove(bad.id);
    assert.deepEqual(await store.list(), { runs: [good], problems: [] });
  });

  test('names that are no ids are no runs', async () => {
    await add('2026-01-01T00:00:00.000Z', { title: 'real' });
    mkdirSync(join(store.folder, 'runs', 'notes'));
    symlinkSync('/etc', join(store.folder, 'runs', 'link'));
    assert.deepEqual(await titles(), ['real']);
  });

  test('what a creation that died left behind is swept when it is old', async () => {
    await add('2026-01-01T00:00:00.000Z');
    const scratch = join(store.folder, 'scratch');
    const names = ['20260101-000000-000-aaaaaa', 'not-ours', '20260101-000000-000-bbbbbb'];
    for (const name of names) {
      mkdirSync(join(scratch, name));
      if (!name.endsWith('b')) utimesSync(join(scratch, name), 1, 1);
    }
    await store.sweep();
    assert.deepEqual(readdirSync(scratch).sort(), names.slice(1).sort());
  });

  test('several processes at once lose nothing and break nothing', { timeout: 60_000 }, async () => {
    const writer = fileURLToPath(new URL('store-writer.ts', import.meta.url));
    const writers = Array.from({ length: 4 }, () => runToEnd([process.execPath, writer, workspace, '12']));
    for (const { exitCode, stderr } of await Promise.all(writers)) assert.equal(exitCode, 0, stderr);
    const { runs, problems } = await store.list();
    assert.deepEqual(problems, []);
    assert.equal(runs.length, 4 * 8);
    assert.ok(runs.every(({ state }) => state === 'done'));
    store.close();
    const db = new DatabaseSync(join(store.folder, 'index.db'));
    assert.deepEqual(
      db.prepare('PRAGMA integrity_check').get(),
      Object.assign(Object.create(null), { integrity_check: 'ok' }),
    );
    assert.equal(db.prepare('SELECT count(*) AS n FROM run').get()?.['n'], 32);
    db.close();
  });
});

describe('the index of runs', () => {
  const indexFile = () => join(store.folder, 'index.db');
  const fresh = () => {
    store.close();
    store = openStore(workspace);
  };

  test('answers without reading the files again, and follows a file that changed', async () => {
    const run = await add('2026-01-01T00:00:00.000Z');
    store.close();
    const db = new DatabaseSync(indexFile());
    db.prepare('UPDATE run SET text = replace(text, ?, ?)').run('matrix 400', 'from index');
    db.close();
    assert.deepEqual(await titles(), ['from index']);
    await store.update({ ...run, title: 'from file' });
    assert.deepEqual(await titles(), ['from file']);
  });

  test('is rebuilt when it is deleted, cut off, or something else', async () => {
    await add('2026-01-01T00:00:00.000Z', { title: 'kept' });
    const damage: (() => void)[] = [
      () => rmSync(indexFile()),
      () => writeFileSync(indexFile(), 'this is no database at all'.repeat(100)),
      () => truncateSync(indexFile(), 5000),
      () => writeFileSync(indexFile(), ''),
    ];
    for (const each of damage) {
      store.close();
      for (const ending of ['-wal', '-shm']) rmSync(indexFile() + ending, { force: true });
      each();
      fresh();
      assert.deepEqual(await titles(), ['kept'], each.toString());
      assert.deepEqual(await titles(), ['kept'], each.toString());
      store.close();
      const db = new DatabaseSync(indexFile());
      assert.equal(db.prepare('SELECT count(*) AS n FROM run').get()?.['n'], 1, each.toString());
      db.close();
    }
  });

  test('one of a later version, or of another program, is left alone, and runs are listed without it', async () => {
    await add('2026-01-01T00:00:00.000Z', { title: 'kept' });
    const dump = () => {
      const db = new DatabaseSync(indexFile());
      const rows = [db.prepare('PRAGMA user_version').all(), db.prepare('SELECT * FROM sqlite_schema').all()];
      db.close();
      return JSON.stringify(rows);
    };
    for (const change of [
      'PRAGMA user_version = 99',
      'DROP TABLE run; PRAGMA application_id = 7; CREATE TABLE run (x)',
    ]) {
      store.close();
      const db = new DatabaseSync(indexFile());
      db.exec(change);
      db.close();
      const before = dump();
      fresh();
      assert.deepEqual(await titles(), ['kept']);
      assert.equal(dump(), before);
    }
  });

  test('a place where none can be made costs the index only', async () => {
    mkdirSync(store.folder);
    mkdirSync(indexFile());
    await add('2026-01-01T00:00:00.000Z', { title: 'kept' });
    assert.deepEqual(await titles(), ['kept']);
  });

  test('another process that holds it locked delays nobody for long', async () => {
    await add('2026-01-01T00:00:00.000Z', { title: 'one' });
    const other = new DatabaseSync(indexFile());
    other.exec('BEGIN EXCLUSIVE');
    await add('2026-01-02T00:00:00.000Z', { title: 'two' });
    assert.deepEqual(await titles(), ['two', 'one']);
    other.exec('COMMIT');
    other.close();
    assert.deepEqual(await titles(), ['two', 'one']);
  });
});
