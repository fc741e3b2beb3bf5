import { existsSync, readFileSync } from 'node:fs';
import { arch, cpus, hostname, release, totalmem } from 'node:os';
import { type CgroupLimits, cgroupLimits } from './cgroup-limits.ts';
import { type GitState, gitState } from './git-state.ts';

/** Where a run was made: what must be alike for two runs to be compared. '' and null mean "not known". */
export interface Environment {
  readonly host: string;
  readonly architecture: string;
  readonly kernel: string;
  /** `Debian GNU/Linux 12 (bookworm)` */
  readonly distribution: string;
  readonly cpu: {
    readonly model: string;
    /** Logical processors that are online. */
    readonly processors: number;
    /** Of the first processor: `performance`, `schedutil`…; '' where the frequency isn't the kernel's to choose, as in most guests. */
    readonly governor: string;
    readonly turbo: boolean | null;
  };
  readonly memoryBytes: number;
  readonly cgroup: CgroupLimits | null;
  /** `docker`, `podman`, `lxc`…, or '' where there's no sign of a container. */
  readonly container: string;
  readonly git: GitState | null;
}

/** Reads the environment of runs made in a folder. What can't be read is left unknown: it never fails. */
export async function readEnvironment(folder: string, signal?: AbortSignal): Promise<Environment> {
  const processors = cpus();
  return {
    host: hostname(),
    architecture: arch(),
    kernel: release(),
    distribution: distribution(),
    cpu: {
      model: processors[0]?.model ?? '',
      processors: processors.length,
      governor: text('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
      turbo: turbo(),
    },
    memoryBytes: totalmem(),
    cgroup: cgroupLimits(),
    container: container(),
    git: await gitState(folder, signal),
  };
}

function distribution(): string {
  const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text('/etc/os-release'));
  return name?.[1] ?? '';
}

function turbo(): boolean | null {
  const noTurbo = text('/sys/devices/system/cpu/intel_pstate/no_turbo');
  if (noTurbo !== '') return noTurbo === '0';
  const boost = text('/sys/devices/system/cpu/cpufreq/boost');
  return boost === '' ? null : boost === '1';
}

function container(): string {
  // systemd's interface for containers, https://systemd.io/CONTAINER_INTERFACE; then the marks of podman and docker.
  const named =
    text('/run/systemd/container') ||
    text('/proc/1/environ')
      .split('\0')
      .find((e) => e.startsWith('container='))
      ?.slice(10);
  if (named !== undefined && named !== '') return named;
  if (existsSync('/run/.containerenv')) return 'podman';
  if (existsSync('/.dockerenv')) return 'docker';
  return '';
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
