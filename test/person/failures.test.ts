import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { needTool } from '../support/need-tool.ts';

const MARK = randomUUID();
const bench = useWorkbench({ env: { PERFWRIGHT_FAILURES_MARK: MARK } });
const skip = needTool('perf');

test('where perf is missing, it is said with the way to get it', async () => {
  const { workbench } = bench;
  await workbench.setSettings({ 'perfwright.tools.perf.path': '/nowhere/perf' });
  await profileCommand('build/planted-c 1');
  const message = workbench.notification('/nowhere/perf was not found');
  await message.getByText('Copy the Fix').waitFor();
  await workbench.setSettings({ 'perfwright.tools.perf.path': undefined });
  await workbench.runCommand('Notifications: Clear All Notifications');
});

test('a recording whose editor was killed is found on the next start, with what it holds', { skip }, async () => {
  const { workbench } = bench;
  await profileCommand('build/planted-c 600');
  await workbench.statusBar(/planted-c · 0:0[2-9]/).waitFor();
  const [host] = pidsWith((argv) => argv.includes('extensionHost'));
  process.kill(host, 'SIGKILL');
  await workbench.reload();
  await workbench.notification(/The recording of “planted-c.*” was cut off/).waitFor();
  const { row } = await workbench.view('Perfwright', 'Runs');
  await row(/planted-c.*cut off/).click();
  await workbench.statusBar(/planted-c .*cpu-clock/).waitFor();
  assert.deepEqual(
    pidsWith((argv) => argv.includes('planted-c')),
    [],
    'nothing of the recording goes on',
  );
});

async function profileCommand(command: string): Promise<void> {
  const { workbench } = bench;
  await workbench.runCommand('Perfwright: Profile…');
  await workbench.pick('Type a command…');
  await workbench.sees('Profile a Command');
  await workbench.enter(command);
}

/** Processes of this test's VS Code whose command line fits. */
function pidsWith(fits: (argv: string) => boolean): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const environ = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return environ.includes(MARK) && fits(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch {
        return false;
      }
    });
}
