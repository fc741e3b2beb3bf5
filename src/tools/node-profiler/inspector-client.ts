import { setTimeout as sleep } from 'node:timers/promises';

/** A connection to the inspector of a Node process. (https://chromedevtools.github.io/devtools-protocol/v8/) */
export interface InspectorClient {
  /** Asks for something and gives the answer's result. Rejects with what the inspector says against it, and when the connection ends. */
  send(method: string, params?: object): Promise<Readonly<Record<string, unknown>>>;
  /** The same of one of the process's worker threads. */
  sendToWorker(session: string, method: string, params?: object): Promise<Readonly<Record<string, unknown>>>;
  on(event: string, handler: (params: Readonly<Record<string, unknown>>) => void): void;
  close(): void;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

type Waiting = Map<number, PromiseWithResolvers<Readonly<Record<string, unknown>>>>;

/** Connects to the inspector at a port of this machine. @throws where nobody answers there within the time, or who does is no inspector */
export async function connectInspector(port: number, timeoutMs: number): Promise<InspectorClient> {
  const url = await socketUrl(port, timeoutMs);
  const socket = new WebSocket(url);
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  const opened = new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`The inspector at port ${port} broke off.`)));
  });
  await Promise.race([
    opened,
    sleep(timeoutMs).then(() => {
      throw new Error(`The inspector at port ${port} doesn't answer.`);
    }),
  ]);
  let lastId = 0;
  const waiting: Waiting = new Map();
  const ofWorkers = new Map<string, Waiting>();
  const handlers = new Map<string, (params: Readonly<Record<string, unknown>>) => void>();
  const settle = (asked: Waiting, { id, result, error }: Message) => {
    const one = id === undefined ? undefined : asked.get(id);
    if (id === undefined || !one) return;
    asked.delete(id);
    if (error) one.reject(new Error(error.message));
    else one.resolve(result ?? {});
  };
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) settle(waiting, message);
    else if (message.method === 'NodeWorker.receivedMessageFromWorker') {
      const { sessionId, message: text } = message.params as { sessionId: string; message: string };
      settle(ofWorkers.get(sessionId) ?? new Map(), JSON.parse(text) as Message);
    } else if (message.method !== undefined) handlers.get(message.method)?.(message.params ?? {});
  });
  void closed.then(() => {
    for (const asked of [waiting, ...ofWorkers.values()]) {
      for (const one of asked.values()) one.reject(new Error('The process has ended.'));
      asked.clear();
    }
  });
  const ask = (asked: Waiting, deliver: (id: number) => void) => {
    const id = ++lastId;
    const one = Promise.withResolvers<Readonly<Record<string, unknown>>>();
    asked.set(id, one);
    deliver(id);
    return one.promise;
  };
  const send = (method: string, params: object = {}) =>
    ask(waiting, (id) => socket.send(JSON.stringify({ id, method, params })));
  return {
    send,
    sendToWorker(sessionId, method, params = {}) {
      const asked = ofWorkers.get(sessionId) ?? new Map();
      ofWorkers.set(sessionId, asked);
      return ask(asked, (id) => {
        const message = JSON.stringify({ id, method, params });
        send('NodeWorker.sendMessageToWorker', { sessionId, message }).catch((error) => {
          asked.get(id)?.reject(error);
          asked.delete(id);
        });
      });
    },
    on: (event, handler) => void handlers.set(event, handler),
    close: () => socket.close(),
    closed,
  };
}

async function socketUrl(port: number, timeoutMs: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(timeoutMs) });
  const [target] = (await answer.json()) as { webSocketDebuggerUrl?: string }[];
  const url = target?.webSocketDebuggerUrl;
  if (typeof url !== 'string' || !url.startsWith('ws://127.0.0.1:')) {
    throw new Error(`What listens at port ${port} is not the inspector of a Node process.`);
  }
  return url;
}
