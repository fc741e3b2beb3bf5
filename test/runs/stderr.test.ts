import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { StderrFile } from '../../src/runs/stderr-file.ts';

describe('StderrFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stderr-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const kept = (...chunks: Buffer[]) => {
    const path = join(folder, 'stderr.txt');
    const file = new StderrFile(path);
    for (const chunk of chunks) file.write(chunk);
    file.close();
    return readFileSync(path, 'utf8');
  };

  test('keeps all of a short text', () => {
    assert.equal(kept(Buffer.from('one\n'), Buffer.from('two\n')), 'one\ntwo\n');
    assert.equal(kept(), '');
  });

  test('keeps the beginning and the end of a long one, and says how much is left out', () => {
    const chunks = Array.from({ length: 300 }, (_, i) => Buffer.from(`${String(i).padStart(9999, '.')}\n`));
    const text = kept(...chunks);
    assert.ok(text.startsWith(chunks[0]!.toString()));
    assert.ok(text.endsWith(chunks[299]!.toString()));
    const leftOut = Number(/… (\d+) bytes left out …/.exec(text)?.[1]);
    assert.equal(leftOut, 3_000_000 - (1 << 20) - (1 << 16));
  });

  test('a text that ends just after the limit is whole', () => {
    const long = Buffer.alloc((1 << 20) + 100, 'x');
    assert.equal(kept(long).length, long.length);
  });

  test('a file that cannot be made loses the text and nothing else', () => {
    const file = new StderrFile(join(folder, 'nowhere', 'stderr.txt'));
    file.write(Buffer.from('text'));
    file.close();
  });
});
