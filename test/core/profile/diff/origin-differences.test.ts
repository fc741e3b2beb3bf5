import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../../src/core/profile/builder.ts';
import { originDifferences } from '../../../../src/core/profile/diff/origin-differences.ts';
import { overview } from '../../../../src/core/profile/queries/overview.ts';
import { QueryModel } from '../../../../src/core/profile/queries/query-model.ts';

const ran = (commandLine: readonly string[]) =>
  overview(new QueryModel(new ProfileBuilder().finish({ origin: { format: 'perf.data', commandLine } })));

describe('what two recordings say of themselves', () => {
  it('differs in the program and its arguments, however long the recorder’s options are', () => {
    const perf = ['perf', 'record', '-o', `/${'folder/'.repeat(30)}perf.data`, '--'];
    assert.deepEqual(originDifferences(ran([...perf, 'work', '1']), ran([...perf, 'work', '2'])), [
      'Command: work 1 before, work 2 after.',
    ]);
    assert.deepEqual(originDifferences(ran([...perf, 'work']), ran(['perf', 'record', '--', 'work'])), []);
  });

  it('is told with its end where it is long, for there commands differ', () => {
    const long = 'x'.repeat(200);
    const [sentence] = originDifferences(ran(['work', long, 'a']), ran(['work', long, 'b']));
    assert.match(sentence, /^Command: work x+…x+ a before, work x+…x+ b after\.$/);
    assert.ok(sentence.length < 300);
  });
});
