import { readdirSync, readlinkSync } from 'node:fs';
import { allPids, procStat, readProc } from './proc-stat.ts';

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

/**
 * The process that listens at a port, as far as this user can see; undefined where there's none. Of several that share it, as a server and the
 * workers it forks do, the one that started the others.
 */
export function processAtPort(port: number): number | undefined {
  const sharing = new Set(allPids().filter((pid) => listeningPorts(pid).includes(port)));
  return [...sharing].sort((a, b) => a - b).find((pid) => !sharing.has(procStat(pid)?.parent ?? 0));
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
