import type { AnswerMessage, Contract, ErrorMessage, Handlers } from '../protocol/contract.ts';

/** Answers a message from a panel, whatever it is: with the handler's answer, or with an error. Never throws. */
export async function answerRequest<C extends Contract>(
  handlers: Handlers<C>,
  message: unknown,
): Promise<AnswerMessage | ErrorMessage> {
  const { id, request, ask } = (message ?? {}) as { id?: unknown; request?: unknown; ask?: unknown };
  if (typeof id !== 'number') return failure(-1, new TypeError('a message without a number as its id'));
  if (typeof request !== 'string' || !Object.hasOwn(handlers, request)) {
    return failure(id, new TypeError(`no such request: ${String(request)}`));
  }
  try {
    const handler = handlers[request] as (ask: unknown) => unknown;
    return { id, answer: await handler(ask) };
  } catch (error) {
    return failure(id, error);
  }
}

function failure(id: number, error: unknown): ErrorMessage {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { id, error: { name, message } };
}
