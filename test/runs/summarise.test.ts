import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { summarise } from '../../src/runs/summarise.ts';
import { drawnProfile } from '../support/drawn-profile.ts';

const folder = mkdtempSync(join(tmpdir(), 'perfwright-summarise-'));
after(() => rmSync(folder, { recursive: true }));

test("a file is a folder's if it lies in it; one of a relative path has to be there", async () => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'own.c'), '');
  const drawn = drawnProfile(`
    #w                  1                                    2            4             8             16
    a@${folder}/gone.c  a@./io/../sysdeps/unix/linux/read.c  b@src/own.c  c@../other.c  d@/usr/include/x.h
  `);
  const model = new QueryModel(drawn);
  const { quality } = await summarise((name, args) => ask(model, name, args), folder);
  assert.equal(quality.workspaceShare, (1 + 4) / 31);
});
