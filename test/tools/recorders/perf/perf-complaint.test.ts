import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { perfComplaint, unknownComplaint } from '../../../../src/tools/recorders/perf/perf-complaint.ts';
import type { PerfRights } from '../../../../src/tools/recorders/perf/perf-rights.ts';

const rights: PerfRights = {
  paranoid: 2,
  kptrRestrict: 1,
  maxSampleRateHz: 100_000,
  mlockKilobytes: 516,
  privileged: false,
  seesKernelAddresses: false,
  filtered: false,
};
const means = (stderr: string, given: Partial<PerfRights> = {}) =>
  perfComplaint(stderr, { rights: { ...rights, ...given }, kernel: '5.15.0-86-generic' });

/** Words of perf 6.1 and of Ubuntu's wrapper, as they came. */
const PARANOID = `Error:
Access to performance monitoring and observability operations is limited.
Consider adjusting /proc/sys/kernel/perf_event_paranoid setting to open
access to performance monitoring and observability operations for processes
without CAP_PERFMON, CAP_SYS_PTRACE or CAP_SYS_ADMIN Linux capability.
perf_event_paranoid setting is 4:
`;
const EPERM = `perf_event_open(..., PERF_FLAG_FD_CLOEXEC) failed with unexpected error 1 (Operation not permitted)
perf_event_open(..., 0) failed unexpectedly with error 1 (Operation not permitted)
Error:
No permission to enable cpu-clock:u event.
`;
const WORDS: [string, string, RegExp, RegExp][] = [
  ['perf-paranoid', PARANOID, /perf_event_paranoid=2/, /^sudo sysctl kernel\.perf_event_paranoid=1$/],
  ['perf-paranoid', 'Error:\nYou may not have permission to collect stats.\n', /paranoid/, /sysctl/],
  [
    'no-perf-events',
    'The sys_perf_event_open() syscall returned with 38 (Function not implemented) for event (cycles).\n',
    /perf_event_open/,
    /CONFIG_PERF_EVENTS/,
  ],
  ['event-not-supported', 'Error:\nThe cache-misses event is not supported.\n', /virtual machine/, /cpu-clock/],
  [
    'event-not-sampled',
    "Error:\ncycles-ct:H: PMU Hardware doesn't support sampling/overflow-interrupts. Try 'perf stat'\n",
    /interrupt/,
    /cpu-clock/,
  ],
  [
    'no-lbr',
    "Error:\ncpu-clock: PMU Hardware or event type doesn't support branch stack sampling.\n",
    /branch records/,
    /dwarf/,
  ],
  [
    'event-unknown',
    "event syntax error: 'nonsense'\n                     \\___ parser error\nRun 'perf list' for a list of valid events\n",
    /mistyped/,
    /perf list/,
  ],
  [
    'no-tracepoints',
    "event syntax error: 'sched:sched_switch'\n  \\___ can't access trace events\n\nError:\tNo permissions to read /sys/kernel/tracing/events/sched/sched_switch\n",
    /root only/,
    /remount,mode=755/,
  ],
  [
    'program-not-started',
    "Failed to collect 'cpu-clock' for the './script' workload: No such file or directory\n",
    /interpreter/,
    /terminal/,
  ],
  ['process-gone', "Couldn't create thread/CPU maps: No such process\n", /ended/, /running/],
  ['disk-full', 'failed to write perf data, error: No space left on device\n', /could not write/, /space/],
  [
    'perf-mlock',
    'Permission error mapping pages.\nConsider increasing /proc/sys/kernel/perf_event_mlock_kb,\nor try again with a smaller value of -m/--mmap_pages.\n(current value: 4294967295,0)\n',
    /516 kB/,
    /perf_event_mlock_kb=/,
  ],
  [
    'too-many-files',
    "Error:\nToo many events are opened.\nProbably the maximum number of open file descriptors has been reached.\nHint: Try increasing the limit with 'ulimit -n <limit>'\n",
    /one for each/,
    /ulimit -n/,
  ],
  [
    'perf-wrong-kernel',
    'WARNING: perf not found for kernel 5.15.0-86\n\n  You may need to install the following packages for this specific kernel:\n    linux-tools-5.15.0-86-generic\n',
    /built for this kernel/,
    /^sudo apt install linux-tools-5\.15\.0-86-generic$/,
  ],
];

describe('perfComplaint', () => {
  for (const [id, stderr, why, fix] of WORDS) {
    test(`${id}: ${stderr.trim().split('\n')[0]}`, () => {
      const finding = means(stderr);
      assert.equal(finding?.id, id);
      assert.equal(finding.level, 'stops');
      assert.match(finding.why, why);
      assert.match(finding.fix, fix);
    });
  }

  test('a refusal is the container’s where a filter decides and the kernel would allow it', () => {
    assert.equal(means(EPERM, { filtered: true })?.id, 'perf-seccomp');
    assert.equal(means(EPERM, { filtered: false })?.id, 'perf-paranoid');
    assert.equal(means(PARANOID, { filtered: true, paranoid: 4 })?.id, 'perf-paranoid');
    assert.equal(means(PARANOID, { filtered: true, paranoid: 2 })?.id, 'perf-seccomp');
    assert.equal(means(PARANOID, { filtered: true, paranoid: 4, privileged: true })?.id, 'perf-seccomp');
  });

  test('an event is named', () => {
    assert.match(means('Error:\nThe cache-misses event is not supported.\n')?.what ?? '', /cache-misses/);
    assert.match(means("event syntax error: 'nonsense'\n")?.what ?? '', /nonsense/);
  });

  test('usual words are no complaint, and unknown ones are quoted', () => {
    assert.equal(means('[ perf record: Captured and wrote 0.051 MB o.data (817 samples) ]\n'), undefined);
    assert.match(unknownComplaint('Something odd\n', 'exit code 9').why, /exit code 9 and said: Something odd/);
    assert.match(unknownComplaint('', 'SIGKILL').why, /SIGKILL and said nothing/);
  });
});
