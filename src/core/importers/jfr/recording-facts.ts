import type { Origin } from '../../profile/profile.ts';

/** What events of a recording say about it as a whole. */
export class RecordingFacts {
  jvmName = '';
  jvmVersion = '';
  jvmArguments = '';
  javaArguments = '';
  pid = 0;
  osVersion = '';
  cpu = '';
  /** Version of async-profiler, where that made the recording. */
  asyncProfiler = '';
  /** CPU time samples that the JVM says it lost. */
  lostSamples = 0;
  /** Bytes of events that the JVM says it lost. */
  lostBytes = 0;
  /** Messages that async-profiler logged. */
  readonly logged: string[] = [];
  /** By event's name and setting's, such as `jdk.ExecutionSample period`. */
  readonly #settings = new Map<string, string>();

  addSetting(event: string, name: string, value: string): void {
    if (this.#settings.size < MOST_SETTINGS) this.#settings.set(`${event} ${name}`, value);
    if (event === 'jdk.ActiveRecording' && name === 'version') this.asyncProfiler = value;
  }

  setting(event: string, name: string): string {
    return this.#settings.get(`${event} ${name}`) ?? '';
  }

  get producer(): string {
    // A JDK's version has the name in it, async-profiler's hasn't.
    const jvm = this.jvmVersion.startsWith(this.jvmName)
      ? this.jvmVersion
      : `${this.jvmName} ${this.jvmVersion}`.trim();
    if (this.asyncProfiler !== '') return `async-profiler ${this.asyncProfiler}${jvm === '' ? '' : `, ${jvm}`}`;
    return jvm === '' ? '' : `JDK Flight Recorder, ${jvm}`;
  }

  /** The JVM records its arguments as two texts: where an argument has blanks of its own can't be told. */
  get commandLine(): string[] {
    const words = `${this.jvmArguments} ${this.javaArguments}`.split(/\s+/).filter((word) => word !== '');
    return words.length === 0 ? [] : ['java', ...words];
  }

  /** `uname: Linux 6.1.0-13-amd64 #1 SMP … x86_64`, among other lines. */
  get system(): Pick<Origin, 'kernelRelease' | 'architecture'> {
    const [, release = '', rest = ''] = /uname:\s?Linux (\S+) ([^\n]*)/.exec(this.osVersion) ?? [];
    return { kernelRelease: release, architecture: rest.trim().split(' ').at(-1) ?? '' };
  }

  /** Time between samples of an event, in nanoseconds; NaN where it isn't known. */
  periodNs(event: string): number {
    const interval = this.setting(event, 'interval');
    if (/^\d+$/.test(interval)) return Number(interval) || Number.NaN;
    const throttle = this.setting(event, 'throttle');
    const rate = /^(\d+)\s*\/\s*(ms|s|m|h|d)$/.exec(throttle);
    if (rate) return UNITS[rate[2]] / Number(rate[1]);
    const period = /^(\d+)\s*(ns|us|ms|s|m|h|d)$/.exec(this.setting(event, 'period') || throttle);
    return period ? Number(period[1]) * UNITS[period[2]] : Number.NaN;
  }
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9, d: 86_400e9 };
const MOST_SETTINGS = 10_000;
