import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { measuredInput } from '../../../scripts/fuzz/measured-input.ts';

const FOLDER = new URL('../../hostile/', import.meta.url).pathname;
const FILES = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

// Each was made by the fuzzer and broke something once. What `npm run fuzz` keeps in out/fuzz goes here when it is mended.
describe('a file that broke an importer once', () => {
  it('is there', () => assert.ok(FILES.length > 0));
  for (const { name, parentPath } of FILES) {
    const path = join(parentPath, name);
    it(`is read or refused in words, in time: ${path.slice(FOLDER.length)}`, () => {
      const outcome = measuredInput(readFileSync(path), true);
      assert.equal(typeof outcome, 'string', JSON.stringify(outcome));
    });
  }
});
