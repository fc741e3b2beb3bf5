import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LatestAnswer } from '../../webview/lib/latest-answer.ts';

describe('asking for the latest only', () => {
  function asking() {
    const asked: { question: string; answer(text: string): void; fail(error: Error): void }[] = [];
    const shown: string[] = [];
    const failed: string[] = [];
    const latest = new LatestAnswer<string, string>(
      (question) =>
        new Promise((answer, fail) => {
          asked.push({ question, answer, fail });
        }),
      (answer) => shown.push(answer),
      (error) => failed.push(String(error)),
    );
    return { asked, shown, failed, latest };
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it('asks one question at a time, and of those in between the last', async () => {
    const { asked, shown, latest } = asking();
    for (const question of ['a', 'b', 'c']) latest.ask(question);
    assert.deepEqual(
      asked.map(({ question }) => question),
      ['a'],
    );
    asked[0].answer('A');
    await settled();
    asked[1].answer('C');
    await settled();
    assert.deepEqual(
      asked.map(({ question }) => question),
      ['a', 'c'],
    );
    assert.deepEqual(shown, ['A', 'C']);
  });

  it('goes on after a failure, and shows no answer to what was forgotten', async () => {
    const { asked, shown, failed, latest } = asking();
    latest.ask('a');
    asked[0].fail(new Error('closed'));
    await settled();
    assert.deepEqual(failed, ['Error: closed']);
    latest.ask('b');
    latest.forget();
    latest.ask('c');
    asked[1].answer('B');
    await settled();
    asked[2].answer('C');
    await settled();
    assert.deepEqual(shown, ['C']);
  });
});
