// A host for tests: records what its arguments say, waits, and prints the run. Is killed while at it.
import { setTimeout as sleep } from 'node:timers/promises';
import { recordRun } from '../../src/runs/record.ts';
import { openStore } from '../../src/runs/store.ts';
import { figuresOf, WATCHDOG } from './recordings.ts';

const [workspace = '', durationMs, ...argv] = process.argv.slice(2);
const store = openStore(workspace);
const { finished } = recordRun({
  store,
  target: { kind: 'program', argv },
  watchdog: WATCHDOG,
  durationMs: Number(durationMs),
  summarise: async () => {
    await sleep(300);
    return figuresOf(1);
  },
});
console.log(JSON.stringify(await finished));
