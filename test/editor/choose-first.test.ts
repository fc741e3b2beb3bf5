import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { chooseFirst } from '../../src/host/choose-first.ts';
import { until } from '../support/editor-host.ts';

suite('a choice that another question follows', () => {
  const ITEMS = [{ label: 'first' }, { label: 'second' }];
  const WORDS = { title: 'Which', placeHolder: 'One of two' };
  /** A command comes to nothing until the list is on screen, so it is given again. */
  const untilAnswered = async <T>(answer: Promise<T>, command: string) => {
    let isAnswered = false;
    void answer.then(() => {
      isAnswered = true;
    });
    await until(async () => {
      if (!isAnswered) await vscode.commands.executeCommand(command);
      return isAnswered;
    }, Boolean);
    return answer;
  };

  test('gives what comes of the next question, which takes the place of its list', async () => {
    const asked: string[] = [];
    const answer = chooseFirst(ITEMS, WORDS, async ({ label }) => {
      asked.push(label);
      return (await vscode.window.showQuickPick(['next']))?.concat(' of ', label);
    });
    assert.equal(await untilAnswered(answer, 'workbench.action.acceptSelectedQuickOpenItem'), 'next of first');
    assert.deepEqual(asked, ['first']);
  });

  test('gives nothing where it is left', async () => {
    const answer = chooseFirst(ITEMS, WORDS, () => assert.fail('nothing was chosen'));
    assert.equal(await untilAnswered(answer, 'workbench.action.closeQuickOpen'), undefined);
  });
});
