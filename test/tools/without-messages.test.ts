import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type LineMark, withoutMessages } from '../../src/tools/without-messages.ts';

const PERF: LineMark = { beginnings: ['[ perf record: '], isSpaced: false };
const PY_SPY: LineMark = { beginnings: ['py-spy> '], isSpaced: true };

function through(mark: LineMark, ...chunks: string[]) {
  const out: string[] = [];
  const filter = withoutMessages(mark, (chunk) => out.push(Buffer.from(chunk).toString('utf8')));
  for (const chunk of chunks) filter.write(Buffer.from(chunk, 'utf8'));
  const shown = [...out];
  filter.end();
  return { shown, all: out.join(''), said: filter.said() };
}

function inPieces(text: string, size: number): string[] {
  return text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
}

describe('withoutMessages', () => {
  test('leaves out the tool’s lines, however they are cut, and nothing else', () => {
    const text =
      'one\n[ perf record: Woken up 1 times ]\n\ntwo [ perf record: no\n[ perf report\n[ perf record: Captured ]\n[ perf';
    const left = 'one\n\ntwo [ perf record: no\n[ perf report\n[ perf';
    for (let size = 1; size <= text.length; size++) {
      const { all, said } = through(PERF, ...inPieces(text, size));
      assert.equal(all, left, `in pieces of ${size}`);
      assert.equal(said, 'Woken up 1 times ]\nCaptured ]\n');
    }
  });

  test('empty lines that set off the tool’s go with them, a program’s own stay', () => {
    const text =
      'py-spy> Sampling\n\n\n715 rounds\n\nmore\n\npy-spy> Stopped sampling\npy-spy> Samples: 194 Errors: 0\npy-spy> Visit\n';
    for (let size = 1; size <= text.length; size++) {
      const { all, said } = through(PY_SPY, ...inPieces(text, size));
      assert.equal(all, '\n715 rounds\n\nmore\n', `in pieces of ${size}`);
      assert.match(said, /^Samples: 194 Errors: 0$/m);
    }
  });

  test('an unfinished line shows at once', () => {
    assert.deepEqual(through(PERF, 'Password: ').shown, ['Password: ']);
    assert.deepEqual(through(PERF, '[ 12 %', ']').shown, ['[ 12 %', ']']);
    assert.deepEqual(through(PERF, '\n').shown, ['\n']);
  });

  test('text beyond ASCII comes through whole', () => {
    assert.equal(through(PERF, 'é\n目\n').all, 'é\n目\n');
  });
});
