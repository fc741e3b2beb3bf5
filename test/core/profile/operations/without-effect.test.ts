import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operated } from '../../../../src/core/profile/operations/index.ts';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';

const PROFILE = drawnProfile(`
  main  main  main
  work  work  idle
  inner
`);

function warningsOf(operation: Operation): readonly string[] {
  return operated(PROFILE, [operation]).quality.warnings;
}

describe('an operation that should take something away', () => {
  it('warns where it changes nothing', () => {
    const said = (['ignore', 'hide', 'merge', 'collapse', 'collapse-module'] as const).map((op) =>
      warningsOf({ op, pattern: 'wrok' }),
    );
    assert.deepEqual(said, [
      ['“without samples of /wrok/” changes nothing here.'],
      ['“hidden /wrok/” changes nothing here.'],
      ['“merged into callers: /wrok/” changes nothing here.'],
      ['“collapsed: /wrok/” changes nothing here.'],
      ['“collapsed module /wrok/” changes nothing here.'],
    ]);
    assert.deepEqual(warningsOf({ op: 'tagignore', filter: 'none=of' }), [
      '“not labelled none=of” changes nothing here.',
    ]);
    assert.deepEqual(warningsOf({ op: 'taghide', pattern: 'none' }), ['“without labels /none/” changes nothing here.']);
    assert.deepEqual(warningsOf({ op: 'without', preset: 'jvm' }), [
      "“without the JVM's internals” changes nothing here.",
    ]);
  });

  it('says nothing where it takes something away, or has no pattern', () => {
    for (const op of ['ignore', 'hide', 'merge', 'collapse'] as const) {
      assert.deepEqual(warningsOf({ op, pattern: 'work' }), [], op);
      assert.deepEqual(warningsOf({ op, pattern: '' }), [], op);
    }
  });

  it('says nothing where it keeps what it means: that is seen', () => {
    assert.deepEqual(warningsOf({ op: 'focus', pattern: 'main' }), []);
  });
});
