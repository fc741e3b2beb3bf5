import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readElf } from '../../src/symbols/elf.ts';
import { elfSymbols } from '../../src/symbols/elf-symbols.ts';
import { openFileBytes } from '../../src/symbols/file-bytes.ts';
import { pltSymbols } from '../../src/symbols/plt-symbols.ts';
import { compiled, must } from '../support/compiled-program.ts';
import { needTool } from '../support/need-tool.ts';

const SOURCE = `\
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
int (*volatile taken)(const char *, const char *) = strcmp;
int main(int argc, char **argv) {
  printf("%d %d\\n", rand(), atoi(argv[0]));
  return taken(argv[0], "x") + strlen(argv[argc - 1]);
}
`;

describe('stubs of the procedure linkage table', {
  skip: process.arch !== 'x64' ? 'x86-64 only' : needTool('gcc', 'objdump'),
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-plt-'));
  after(() => rmSync(folder, { recursive: true }));

  for (const flags of [
    ['-Wl,-z,lazy'],
    ['-Wl,-z,now'],
    ['-no-pie'],
    ['-fcf-protection=full', '-Wl,-z,ibtplt'],
    ['-fcf-protection=full', '-Wl,-z,ibtplt', '-Wl,-z,now'],
  ]) {
    it(`are named as objdump names them, linked with ${flags.join(' ')}`, () => {
      const program = compiled(folder, 'program', SOURCE, ['gcc', '-O1', '-fno-builtin', ...flags]);
      const bytes = openFileBytes(program)!;
      const elf = readElf(bytes);
      const stubs = new Map(pltSymbols(elf).map(({ start, name }) => [start, name]));
      const expected = [
        ...must(['objdump', '-d', '-F', program]).matchAll(/<(\w+@plt)> \(File Offset: 0x([0-9a-f]+)\):/g),
      ];
      assert.ok(expected.length >= 4, `${expected.length} stubs`);
      for (const [, name, offset] of expected) assert.equal(stubs.get(Number.parseInt(offset, 16)), name);
      const names = [...stubs.values()].filter((name) => name.endsWith('@plt'));
      assert.equal(names.length, expected.length, names.join());
      // _init has no size; it ends where the table begins.
      const table = elfSymbols(elf, elf);
      for (const [start, name] of stubs)
        assert.deepEqual(
          table.candidates(start + 3).map((row) => table.nameOf(row)),
          [name],
        );
      bytes.close();
    });
  }
});
