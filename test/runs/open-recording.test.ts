import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { openRecording } from '../../src/runs/open-recording.ts';
import { REPOSITORY } from '../support/bench/repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'perfwright launches '));
after(() => rmSync(folder, { recursive: true, force: true }));

// Of the stacks in it there are copies of memory only, which perf unwinds.
it('a recording is read without launching anything where nothing may be launched', async () => {
  const launched = join(folder, 'launched');
  const toolPaths = Object.fromEntries(
    ['perf', 'llvm-symbolizer', 'addr2line', 'eu-addr2line', 'c++filt'].map((name) => {
      const path = join(folder, name);
      writeFileSync(path, `#!/bin/sh\necho '${name}' >>'${launched}'\nexit 1\n`, { mode: 0o755 });
      return [name, path];
    }),
  );
  const recording = join(REPOSITORY, 'test/fixtures/perf-data/stack-copies.perf.data');
  const profile = await openRecording(recording, { toolPaths, launches: false });
  assert.ok(profile.samples.length > 0);
  assert.ok(!existsSync(launched));

  await openRecording(recording, { toolPaths });
  assert.ok(existsSync(launched), 'these would be launched');
});
