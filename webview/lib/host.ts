import type { Contract, HostConnection, MessageToPanel, RequestMessage } from '../../src/protocol/contract.ts';

/** The connection of a panel to the extension. To be called once. */
export function connect<C extends Contract>(): HostConnection<C> {
  const api = acquireVsCodeApi<unknown>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners: ((what: C['changes']) => void)[] = [];
  let lastId = 0;
  window.addEventListener('message', ({ data }: MessageEvent<MessageToPanel>) => {
    if ('changed' in data) {
      for (const listener of listeners) listener(data.changed);
      return;
    }
    const request = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) request?.reject(Object.assign(new Error(data.error.message), { name: data.error.name }));
    else request?.resolve(data.answer);
  });
  return {
    ask(request, ask) {
      const answer = Promise.withResolvers<unknown>();
      lastId++;
      waiting.set(lastId, answer);
      const message: RequestMessage = { id: lastId, request, ask };
      try {
        api.postMessage(message);
      } catch (error) {
        waiting.delete(lastId);
        answer.reject(error);
      }
      return answer.promise as Promise<C['requests'][typeof request]['answer']>;
    },
    onChange: (listener) => void listeners.push(listener),
    kept: () => api.getState(),
    keep: (state) => void api.setState(state),
  };
}
