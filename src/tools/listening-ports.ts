import { readdirSync, readlinkSync } from 'node:fs';
import { readProc } from './proc-stat.ts';

/** The TCP ports that a process listens at, of this machine's addresses, in no order; none where it can't be seen. (proc(5), `net/tcp`) */
export function listeningPorts(pid: number): number[] {
  const own = socketsOf(pid);
  return ['tcp', 'tcp6'].flatMap((table) =>
    (readProc(`${pid}/net/${table}`) ?? '')
      .split('\n')
      .slice(1)
      .flatMap((row) => {
        const [, local = '', , state = '', , , , , , inode = ''] = row.trim().split(/\s+/);
        return state === LISTEN && own.has(inode) ? [Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16)] : [];
      }),
  );
}

const LISTEN = '0A';

/** Inodes of the sockets that a process has open. */
function socketsOf(pid: number): ReadonlySet<string> {
  const sockets = new Set<string>();
  try {
    for (const fd of readdirSync(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1];
      if (inode !== undefined) sockets.add(inode);
    }
  } catch {
    // Gone, or another user's.
  }
  return sockets;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
