// Another process that uses a store: adds so many runs, changes each, and deletes every third.
import { openStore } from '../../src/runs/store.ts';
import { draft } from './drafts.ts';

const [workspace = '', count = '0'] = process.argv.slice(2);
const store = openStore(workspace);
for (let i = 0; i < Number(count); i++) {
  const run = await store.create(
    draft({ start: new Date().toISOString(), title: `${process.pid} ${i}`, state: 'recording' }),
  );
  await store.update({ ...run, state: 'done' });
  if (i % 3 === 2) await store.remove(run.id);
  await store.list({ limit: 5 });
}
store.close();
