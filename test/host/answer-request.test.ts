import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerRequest } from '../../src/host/answer-request.ts';
import type { Handlers } from '../../src/protocol/contract.ts';

type Sample = {
  requests: {
    double: { ask: number; answer: number };
    fail: { ask: null; answer: null };
    throwText: { ask: null; answer: null };
  };
  changes: never;
};

describe('a panel’s request', () => {
  const handlers: Handlers<Sample> = {
    double: async (ask) => ask * 2,
    fail: () => {
      throw Object.assign(new Error('It is gone.'), { name: 'Gone' });
    },
    throwText: () => {
      throw 'only words';
    },
  };

  it('gets its answer', async () => {
    assert.deepEqual(await answerRequest(handlers, { id: 7, request: 'double', ask: 21 }), { id: 7, answer: 42 });
  });

  it('gets an error where the answer fails', async () => {
    assert.deepEqual(await answerRequest(handlers, { id: 1, request: 'fail', ask: null }), {
      id: 1,
      error: { name: 'Gone', message: 'It is gone.' },
    });
    const { error } = (await answerRequest(handlers, { id: 2, request: 'throwText' })) as {
      error: { message: string };
    };
    assert.equal(error.message, 'only words');
  });

  it('gets an error where there is no such request, also one that every object has', async () => {
    for (const message of [{ id: 1, request: 'triple' }, { id: 1, request: 'constructor' }, { id: 1 }]) {
      assert.match(JSON.stringify(await answerRequest(handlers, message)), /^\{"id":1,"error":.*no such request/);
    }
  });

  it('gets an error whatever it is', async () => {
    for (const message of [null, undefined, 'hello', 3, [], { request: 'double' }]) {
      assert.ok('error' in (await answerRequest(handlers, message)));
    }
  });
});
