import type { Finding } from '../../finding.ts';
import type { PerfRights } from './perf-rights.ts';

/** What is known beside perf's words, to tell one cause from another that sounds the same. */
export interface ComplaintContext {
  readonly rights: PerfRights;
  /** Release of the running kernel. */
  readonly kernel: string;
}

/** What perf's words on stderr mean, as a finding that stops; undefined where they hold no complaint that is known. */
export function perfComplaint(stderr: string, context: ComplaintContext): Finding | undefined {
  for (const { says, means } of COMPLAINTS) {
    const match = says.exec(stderr);
    if (match !== null) return { level: 'stops', fallback: '', ...means(match, context) };
  }
  return undefined;
}

/** The finding for words of perf that aren't known: they are quoted. */
export function unknownComplaint(stderr: string, exit: string): Finding {
  const words = stderr.trim().split('\n').slice(0, 6).join('\n');
  return {
    id: 'perf-failed',
    level: 'stops',
    what: 'perf could not record.',
    why: words === '' ? `It ended with ${exit} and said nothing.` : `It ended with ${exit} and said: ${words}`,
    fix: '',
    fallback: '',
  };
}

interface Complaint {
  readonly says: RegExp;
  readonly means: (
    match: RegExpExecArray,
    context: ComplaintContext,
  ) => Pick<Finding, 'id' | 'what' | 'why' | 'fix'> & Partial<Finding>;
}

/** perf's words (tools/perf/util/evsel.c, builtin-record.c, and Ubuntu's wrapper), the most telling first. */
const COMPLAINTS: readonly Complaint[] = [
  {
    says: /perf not found for kernel (\S+)/,
    means: (match, { kernel }) => ({
      id: 'perf-wrong-kernel',
      what: `perf is not installed for the running kernel ${match[1]}.`,
      why: 'The perf on PATH only looks for the one that was built for this kernel, and does not find it.',
      fix: `sudo apt install linux-tools-${kernel}`,
    }),
  },
  {
    says: /No space left on device/,
    means: () => ({
      id: 'disk-full',
      what: 'The disk is full.',
      why: 'perf could not write its file any further.',
      fix: 'Free some space, delete old runs, or record for a shorter time or at a lower frequency.',
    }),
  },
  {
    says: /Failed to collect '[^']*' for the '(.*)' workload: (.*)/,
    means: (match) => ({
      id: 'program-not-started',
      what: `${match[1]} could not be started: ${match[2]}.`,
      why: /No such file/.test(match[2])
        ? 'It is there: if it is a script, its first line names an interpreter that is not; if not, it needs a loader that is not here.'
        : 'The system refuses to run it.',
      fix: 'Start it in a terminal first.',
    }),
  },
  {
    says: /doesn't support branch stack/i,
    means: () => ({
      id: 'no-lbr',
      what: 'Callers cannot be found by branch records here.',
      why: 'This processor, or the virtual machine, does not offer last branch records to perf.',
      fix: 'Find callers by frame pointers (fp) or by copied stacks (dwarf).',
    }),
  },
  {
    says: /(\S+?):? PMU Hardware doesn't support sampling/i,
    means: (match) => ({
      id: 'event-not-sampled',
      what: `The event ${match[1]} cannot be sampled.`,
      why: 'The processor counts it and cannot interrupt when it has counted enough.',
      fix: 'Choose another event, such as cpu-clock.',
    }),
  },
  {
    says: /The (\S+) event is not supported|<not supported>[^\n]*?,,?([^,\n]+)/,
    means: (match) => ({
      id: 'event-not-supported',
      what: `The event ${match[1] ?? match[2]} is not supported here.`,
      why: 'The processor does not have it, or this is a virtual machine that hides the processor’s counters.',
      fix: 'Choose a software event, such as cpu-clock; `perf list` shows what there is.',
    }),
  },
  {
    says: /can't access trace events|No permissions to read \S*tracing/,
    means: () => ({
      id: 'no-tracepoints',
      what: 'Tracepoints may not be read.',
      why: 'The folder /sys/kernel/tracing is open to root only.',
      fix: 'sudo mount -o remount,mode=755 /sys/kernel/tracing && sudo sysctl kernel.perf_event_paranoid=-1',
    }),
  },
  {
    says: /event syntax error: '([^']*)'|invalid or unsupported event: '([^']*)'/,
    means: (match) => ({
      id: 'event-unknown',
      what: `perf does not know the event ${match[1] ?? match[2]}.`,
      why: 'Its name is mistyped, or this kernel does not have it.',
      fix: 'Choose one that `perf list` shows.',
    }),
  },
  {
    says: /Permission error mapping pages|failed to mmap with 1 /,
    means: (_match, { rights }) => ({
      id: 'perf-mlock',
      what: 'perf may not lock the memory that its buffers need.',
      why: `A user's recordings together may take ${rights.mlockKilobytes ?? 516} kB for each processor; another recording may be using it.`,
      fix: 'sudo sysctl kernel.perf_event_mlock_kb=4096',
    }),
  },
  {
    says: /Too many events are opened/,
    means: () => ({
      id: 'too-many-files',
      what: 'perf would need more open files than are allowed.',
      why: 'It opens one for each event, thread and processor.',
      fix: 'Raise the limit with `ulimit -n 65536` before starting, or measure fewer events.',
    }),
  },
  {
    says: /No such process/,
    means: () => ({
      id: 'process-gone',
      what: 'The process is gone.',
      why: 'It ended before perf could attach to it.',
      fix: 'Choose one that is running.',
    }),
  },
  {
    says: /\(Function not implemented\)/,
    means: () => ({
      id: 'no-perf-events',
      what: 'This system has no perf events.',
      why: 'The kernel, or the sandbox this runs in (gVisor, WSL 1), does not offer perf_event_open.',
      fix: 'Record on the host, or on a kernel with CONFIG_PERF_EVENTS, and open the perf.data here.',
    }),
  },
  {
    says: /Operation not permitted|No permission to enable|Access to performance monitoring|may not have permission/,
    means: (match, { rights }) => (isFilter(match, rights) ? SECCOMP : paranoid(rights)),
  },
];

/** The kernel's own refusal is EACCES; EPERM at a level that allows measuring comes from a filter of system calls. */
function isFilter(match: RegExpExecArray, { filtered, paranoid, privileged }: PerfRights): boolean {
  const isEperm = /Operation not permitted|No permission to enable/.test(match[0]);
  return filtered && (isEperm || privileged || (paranoid ?? 2) <= 2);
}

const SECCOMP = {
  id: 'perf-seccomp',
  what: 'The container does not let perf measure.',
  why: 'Its seccomp profile refuses the system call perf_event_open.',
  fix: 'Start the container with `--security-opt seccomp=unconfined` (in devcontainer.json: "runArgs": ["--security-opt", "seccomp=unconfined"]), or with a profile that allows perf_event_open.',
};

function paranoid({ paranoid }: PerfRights): typeof SECCOMP {
  const level = paranoid === null ? 'its setting' : `kernel.perf_event_paranoid=${paranoid}`;
  return {
    id: 'perf-paranoid',
    what: 'The kernel does not let this user measure.',
    why: `${level} forbids it without the capability CAP_PERFMON.`,
    fix: 'sudo sysctl kernel.perf_event_paranoid=1',
  };
}
