import { readFileSync } from 'node:fs';

/** What the kernel lets this process measure, as /proc tells it; null where it doesn't. */
export interface PerfRights {
  /** kernel.perf_event_paranoid; null also where the kernel has no perf events at all. */
  readonly paranoid: number | null;
  /** kernel.kptr_restrict: above 0, addresses of kernel functions are hidden. */
  readonly kptrRestrict: number | null;
  /** kernel.perf_event_max_sample_rate, samples a second. */
  readonly maxSampleRateHz: number | null;
  /** kernel.perf_event_mlock_kb: what a user's buffers may take, per processor. */
  readonly mlockKilobytes: number | null;
  /** Whether we have CAP_PERFMON or CAP_SYS_ADMIN. */
  readonly privileged: boolean;
  /** Whether we have CAP_SYSLOG, which sees kernel addresses at kptr_restrict 1. */
  readonly seesKernelAddresses: boolean;
  /** Whether a seccomp filter decides about our system calls, as in most containers. */
  readonly filtered: boolean;
}

/** @param proc the folder to read, for tests */
export function readPerfRights(proc = '/proc'): PerfRights {
  const status = text(`${proc}/self/status`);
  const capabilities = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  const has = (capability: bigint) => (capabilities & (1n << capability)) !== 0n;
  const kptrRestrict = number(`${proc}/sys/kernel/kptr_restrict`);
  return {
    paranoid: number(`${proc}/sys/kernel/perf_event_paranoid`),
    kptrRestrict,
    maxSampleRateHz: number(`${proc}/sys/kernel/perf_event_max_sample_rate`),
    mlockKilobytes: number(`${proc}/sys/kernel/perf_event_mlock_kb`),
    privileged: has(CAP_PERFMON) || has(CAP_SYS_ADMIN),
    seesKernelAddresses: kptrRestrict === 0 || (kptrRestrict === 1 && has(CAP_SYSLOG)),
    filtered: /^Seccomp:\s*2$/m.test(status),
  };
}

// capability.h of the kernel
const CAP_SYS_ADMIN = 21n;
const CAP_SYSLOG = 34n;
const CAP_PERFMON = 38n;

function number(path: string): number | null {
  const content = text(path).trim();
  return /^-?\d+$/.test(content) ? Number(content) : null;
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
