import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { overview } from '../../../src/core/profile/queries/overview.ts';
import { QueryModel } from '../../../src/core/profile/queries/query-model.ts';
import { isUnknownName, isWithoutSymbol, unknownName } from '../../../src/core/profile/unknown-name.ts';

describe('code without a symbol', () => {
  it('is known by its name, in its own module only', () => {
    assert.ok(isUnknownName(unknownName('/usr/lib/libfoo.so', 0x1234n), '/usr/lib/libfoo.so'));
    assert.ok(isUnknownName(unknownName('', 0x1234n), ''));
    assert.ok(!isUnknownName('libfoo.so+0x1234', '/usr/lib/libbar.so'));
  });

  it('is known by what folded text has in place of a name, and a name in brackets may still be one', () => {
    for (const name of ['[unknown]', '[libc.so.6]', '[ld-linux-x86-64.so.2]', '[libfoo.so]']) {
      assert.ok(isWithoutSymbol(name, ''), name);
    }
    for (const name of ['[GC]', '[heap]', 'main', '[a.sorted]', 'operator[]'])
      assert.ok(!isWithoutSymbol(name, ''), name);
  });

  it('is counted in folded text', () => {
    const text = 'main;[unknown] 1\nmain;[libc.so.6];known 2\nmain;[libc.so.6] 1\n';
    const { unresolvedShare } = overview(new QueryModel(importProfile(bytesInMemory(Buffer.from(text)))));
    assert.equal(unresolvedShare, 0.5);
  });
});
