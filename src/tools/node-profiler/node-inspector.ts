import { setTimeout as sleep } from 'node:timers/promises';
import { listeningPorts } from '../listening-ports.ts';
import { readProc } from '../proc-stat.ts';
import { connectInspector, type InspectorClient } from './inspector-client.ts';

/** A connection to a Node process's inspector, and whether that was opened for it. */
export interface OpenInspector {
  readonly client: InspectorClient;
  readonly isOpenedByUs: boolean;
}

/** For a process that computes with all its threads on a machine that has other things to do as well. */
const ANSWER_MS = 10_000;

/**
 * Connects to the inspector of a process; where it has none open it is asked to open one, by SIGUSR1, as Node's documentation has it.
 * @throws an Error that says why that can't be done, and what to do
 */
export async function openInspector(pid: number, timeoutMs = ANSWER_MS): Promise<OpenInspector> {
  const open = await inspectorAmong(listeningPorts(pid), ANSWER_MS);
  if (open) return { client: open, isOpenedByUs: false };
  if (!catches(pid, SIGUSR1)) {
    throw new Error(
      `The process ${pid} doesn't let an inspector be opened: it is no Node, or it was started with --disable-sigusr1. Start it with --inspect.`,
    );
  }
  process.kill(pid, 'SIGUSR1');
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const client = await inspectorAmong(listeningPorts(pid), ANSWER_MS);
    if (client) return { client, isOpenedByUs: true };
    await sleep(20);
  }
  throw new Error(
    `The process ${pid} opened no inspector within ${timeoutMs / 1000} s. Its port may be taken, or the program may use SIGUSR1 itself. Start it with --inspect=0.`,
  );
}

async function inspectorAmong(ports: readonly number[], timeoutMs: number): Promise<InspectorClient | undefined> {
  for (const port of ports) {
    try {
      return await connectInspector(port, timeoutMs);
    } catch {
      // Whatever else the program serves.
    }
  }
  return undefined;
}

const SIGUSR1 = 10;

/** Whether a process has a handler for a signal, which would end it otherwise. (proc(5), SigCgt) */
function catches(pid: number, signal: number): boolean {
  const mask = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readProc(`${pid}/status`) ?? '')?.[1];
  return mask !== undefined && ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
}
