import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the control groups of a process allow it; null where there's no limit. */
export interface CgroupLimits {
  /** `v1`, `v2` or `hybrid`: which hierarchies are mounted. */
  readonly version: string;
  /** Path of the process in the hierarchy that limits its memory. */
  readonly path: string;
  /** Processors' worth of time, such as 1.5. */
  readonly cpus: number | null;
  readonly memoryBytes: number | null;
  /** Processors it may run on, such as `0-3,7`; '' where not known. */
  readonly cpuset: string;
}

/**
 * The limits that hold for a process: the tightest of its group and all groups above that can be seen.
 * @param root where proc and sys are, for tests; '' is this machine
 * @returns null where there are no control groups
 */
export function cgroupLimits(pid: number | 'self' = 'self', root = ''): CgroupLimits | null {
  const mounts = cgroupMounts(text(`${root}/proc/self/mountinfo`));
  const memberships = text(`${root}/proc/${pid}/cgroup`).split('\n').map(membership);
  const unified = mounts.find((mount) => mount.controllers === undefined);
  const version = unified === undefined ? 'v1' : mounts.length > 1 ? 'hybrid' : 'v2';
  let path = '';
  let cpus: number | null = null;
  let memoryBytes: number | null = null;
  let cpuset = '';
  for (const mount of mounts) {
    const own = memberships.find((m) =>
      mount.controllers === undefined
        ? m.controllers === ''
        : m.controllers !== '' && mount.controllers.includes(m.controllers),
    );
    if (own === undefined) continue;
    const has = (controller: string) =>
      mount.controllers === undefined || mount.controllers.split(',').includes(controller);
    if (has('memory') && (path === '' || mount.controllers !== undefined)) path = own.path;
    for (const folder of foldersUpwards(`${root}${mount.folder}`, mount.root, own.path)) {
      if (has('cpu')) cpus = least(cpus, cpuLimit(folder));
      if (has('memory')) memoryBytes = least(memoryBytes, memoryLimit(folder));
      if (has('cpuset')) cpuset ||= text(join(folder, 'cpuset.cpus.effective')) || text(join(folder, 'cpuset.cpus'));
    }
  }
  return mounts.length === 0 ? null : { version, path, cpus, memoryBytes, cpuset };
}

interface CgroupMount {
  readonly folder: string;
  /** The group that is mounted there; `/` unless in a container. */
  readonly root: string;
  /** Options with the controllers' names; undefined for the unified hierarchy. */
  readonly controllers: string | undefined;
}

/** Lines of proc_pid_mountinfo(5): `30 25 0:26 ROOT FOLDER OPTIONS … - cgroup SOURCE OPTIONS`. */
function cgroupMounts(mountinfo: string): CgroupMount[] {
  return mountinfo.split('\n').flatMap((line): CgroupMount[] => {
    const [left = '', right = ''] = line.split(' - ');
    const [, , , root = '/', folder = ''] = left.split(' ');
    const [type, , options = ''] = right.split(' ');
    if (type === 'cgroup2') return [{ folder, root, controllers: undefined }];
    if (type === 'cgroup') return [{ folder, root, controllers: options }];
    return [];
  });
}

/** A line of cgroups(7) /proc/PID/cgroup: `4:memory:/some/group`, and `0::/some/group` for the unified hierarchy. */
function membership(line: string): { controllers: string; path: string } {
  const [, controllers = '?', ...path] = line.split(':');
  return { controllers, path: path.join(':') };
}

function foldersUpwards(mountFolder: string, mountRoot: string, path: string): string[] {
  // Within a container the path may be that of the host; what is mounted is then the container's own group.
  const within = mountRoot !== '/' && path.startsWith(mountRoot) ? path.slice(mountRoot.length) : path;
  const folders: string[] = [];
  for (let at = within; at !== '/' && at !== '' && at !== '.'; at = dirname(at)) folders.push(join(mountFolder, at));
  folders.push(mountFolder);
  return folders;
}

function cpuLimit(folder: string): number | null {
  const [quota = '', period = ''] = text(join(folder, 'cpu.max')).split(' ');
  if (quota !== '') return quota === 'max' ? null : ratio(quota, period);
  const quotaV1 = text(join(folder, 'cpu.cfs_quota_us'));
  return quotaV1 === '' || quotaV1.startsWith('-') ? null : ratio(quotaV1, text(join(folder, 'cpu.cfs_period_us')));
}

function memoryLimit(folder: string): number | null {
  const limit = text(join(folder, 'memory.max')) || text(join(folder, 'memory.limit_in_bytes'));
  const bytes = Number(limit);
  // v1 writes "no limit" as the largest number of pages.
  return limit === '' || limit === 'max' || !(bytes < 2 ** 62) ? null : bytes;
}

function ratio(quota: string, period: string): number | null {
  const cpus = Number(quota) / Number(period);
  return Number.isFinite(cpus) ? cpus : null;
}

function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
