import { ProfileBuilder } from '../profile/builder.ts';
import { NONE, type Profile, type ThreadIndex, type ValueIndex } from '../profile/profile.ts';
import type { Importer } from './importer.ts';
import { JsonKeys } from './reading/json-keys.ts';
import { jsonOutline } from './reading/json-outline.ts';
import { JsonStream } from './reading/json-stream.ts';
import { StackTree } from './reading/stack-tree.ts';
import { frameOf, readFrames, type SpeedscopeFrame } from './speedscope/frames.ts';
import { type SpeedscopeProfile, SpeedscopeProfileReader } from './speedscope/profile-reader.ts';

/**
 * speedscope's own format, which many programs export to, of all versions: those before 0.6 lack `exporter`.
 * (https://github.com/jlfwong/speedscope/blob/main/src/lib/file-format-spec.ts)
 */
export const speedscope: Importer = {
  format: 'speedscope',
  extensions: ['.speedscope.json', '.speedscope'],
  recognises(head) {
    const { paths, texts } = jsonOutline(head);
    if (texts.get('$schema')?.includes('speedscope.app/file-format-schema')) return true;
    const type = texts.get('profiles[].type');
    return (
      paths.has('shared.frames[].name') || ((type === 'sampled' || type === 'evented') && paths.has('profiles[].unit'))
    );
  },
  read(source, watch) {
    const json = new JsonStream(speedscope.format, source, watch);
    const tree = new StackTree();
    const profiles: SpeedscopeProfile[] = [];
    const frames: SpeedscopeFrame[] = [];
    const reader = new SpeedscopeProfileReader(json, tree);
    const keys = new JsonKeys(Object.keys(FILE));
    const sharedKeys = new JsonKeys(['frames']);
    let exporter = '';
    let title = '';
    let active = 0;
    let hasProfiles = false;
    if (!json.enterObject()) json.fail('a file of speedscope is an object');
    for (;;) {
      const key = json.nextKey(keys);
      if (key === FILE.exporter) exporter = json.string();
      else if (key === FILE.name) title = json.string();
      else if (key === FILE.activeProfileIndex) active = json.number();
      else if (key === FILE.profiles) {
        if (!json.enterArray()) continue;
        hasProfiles = true;
        while (json.nextElement()) {
          const profile = reader.read();
          if (profile) profiles.push(profile);
        }
      } else if (key === FILE.shared) {
        if (json.enterObject()) while (json.nextKey(sharedKeys) === 0) readFrames(json, frames);
      } else break;
    }
    json.finish();
    // py-spy writes an empty list where it took no sample.
    if (!hasProfiles) json.fail('it has no profiles');
    if (reader.largestFrame >= frames.length) {
      json.fail(`a stack has frame ${reader.largestFrame}, and there are ${frames.length} frames`);
    }
    return new Assembly(tree, frames, exporter).profileOf(profiles, title, profiles[active]);
  },
};

const FILE = { exporter: 0, name: 1, profiles: 2, shared: 3, activeProfileIndex: 4 };

class Assembly {
  readonly #builder = new ProfileBuilder();
  readonly #stacks: Int32Array;
  readonly #exporter: string;
  readonly #isExecuting: boolean;
  #tooLarge = 0;

  constructor(tree: StackTree, frames: readonly SpeedscopeFrame[], exporter: string) {
    this.#exporter = exporter;
    const isExecuting = EXECUTING.test(exporter);
    this.#isExecuting = isExecuting;
    const known = new Int32Array(frames.length).fill(UNKNOWN);
    const isPySpy = exporter.startsWith('py-spy');
    this.#stacks = tree.stacks(this.#builder, (frame) => {
      if (known[frame] === UNKNOWN) {
        const isProcess = isPySpy && PY_SPY_PROCESS.test(frames[frame].name) && frames[frame].file === '';
        known[frame] = isProcess ? NONE : frameOf(this.#builder, frames[frame], { isExecuting, isPySpy });
      }
      return known[frame];
    });
  }

  /** `active` is the one of `all` that the file says is to be shown first: its value is, here. */
  profileOf(all: readonly SpeedscopeProfile[], title: string, active: SpeedscopeProfile | undefined = all[0]): Profile {
    // Our own writer puts the sum of all threads before them.
    const hasSum = this.#exporter === 'Perfwright' && all.length > 1 && all[0].name === 'all threads';
    const profiles = hasSum ? all.slice(1) : all;
    const timed = profiles.filter(({ unit }) => NANOSECONDS[unit] !== undefined);
    let startNs = Number.POSITIVE_INFINITY;
    for (const { unit, startValue } of timed) startNs = Math.min(startNs, inNs(startValue, NANOSECONDS[unit]!));
    const isTimed = timed.length > 0 && Number.isFinite(startNs);
    let endNs = startNs;
    for (const profile of profiles) endNs = Math.max(endNs, this.#add(profile, isTimed ? startNs : 0));
    const isTraced = profiles.some((profile) => profile.isTraced);
    const several = profiles.length > 1;
    return this.#builder.finish({
      origin: {
        format: speedscope.format,
        producer: this.#exporter,
        startTimeNs: isTimed ? startNs : 0,
        durationNs: isTimed ? endNs - startNs : Number.NaN,
        comments: title === '' ? [] : [title],
        mayMislead: [
          isTraced ? 'It is a list of calls, from a tracer, or from samples whose equal ones were joined.' : '',
          isTimed ? "Times are the sums of the weights before; the file doesn't say whether they are CPU time." : '',
          this.#meaningOfLines(),
        ].filter((sentence) => sentence !== ''),
      },
      quality: {
        warnings: [
          ...profiles.flatMap(({ name, warnings }) =>
            warnings.map((warning) => (several ? `${name}: ${warning}` : warning)),
          ),
          ...(this.#tooLarge > 0
            ? [`Weights too large for a number of nanoseconds, taken for 0: ${this.#tooLarge}.`]
            : []),
        ],
      },
      defaultValue: this.#valueOf(active?.unit ?? 'seconds'),
    });
  }

  #meaningOfLines(): string {
    if (!this.#isExecuting) return 'Lines are taken for those of definitions: the format leaves it open.';
    return this.#exporter.startsWith('py-spy')
      ? 'Lines are those that were executing; recorded with --function, those where functions begin.'
      : 'Lines are those that were executing.';
  }

  /** Adds a profile's samples and gives when the last ends, in nanoseconds. */
  #add({ name, unit, stacks, weights, starts }: SpeedscopeProfile, startNs: number): number {
    const builder = this.#builder;
    const factor = NANOSECONDS[unit];
    const value = this.#valueOf(unit);
    const thread = this.#thread(name);
    let endNs = Number.NEGATIVE_INFINITY;
    for (const [index, node] of stacks.entries()) {
      const timeNs = factor === undefined ? Number.NaN : inNs(starts[index], factor) - startNs;
      const weight = factor === undefined ? weights[index] : inNs(weights[index], factor);
      const isSound = Number.isFinite(weight);
      // A finite number may be too large when it is scaled: what comes after such a weight has no time.
      const sample = builder.sample(
        node === NONE ? NONE : this.#stacks[node],
        thread,
        Number.isFinite(timeNs) ? timeNs : Number.NaN,
      );
      if (isSound) builder.addWeight(sample, value, weight);
      else this.#tooLarge++;
      if (isSound && Number.isFinite(timeNs)) endNs = inNs(starts[index], factor!) + weight;
    }
    return endNs;
  }

  #valueOf(unit: string): ValueIndex {
    if (NANOSECONDS[unit] !== undefined) return this.#builder.value('time', 'nanoseconds');
    if (unit === 'bytes') return this.#builder.value('space', 'bytes');
    return this.#builder.value('weight', unit === 'none' || unit === '' ? 'count' : unit);
  }

  #thread(name: string): ThreadIndex {
    if (this.#exporter !== 'Perfwright') return this.#builder.thread(...threadIn(name));
    if (name === 'no thread') return NONE;
    const own = /^(.*) \((-?\d+)\)$/s.exec(name) ?? /^()thread (\d+)$/.exec(name);
    return own ? this.#builder.thread(NONE, Number(own[2]), own[1]) : this.#builder.thread(NONE, NONE, name);
  }
}

/** Process, thread and name in what programs call a profile: py-spy `Thread 12 "main"`, Austin `Wall time profile for 12:34`. */
function threadIn(profile: string): [pid: number, tid: number, name: string] {
  const pySpy = /^(?:Process (\d{1,9}) )?Thread (\d{1,9})(?: "(.*)")?$/s.exec(profile);
  if (pySpy) return [Number(pySpy[1] ?? NONE), Number(pySpy[2]), pySpy[3] ?? ''];
  const austin = / profile for (\d{1,9}):(\d{1,9})$/.exec(profile);
  return austin ? [Number(austin[1]), Number(austin[2]), ''] : [NONE, NONE, profile];
}

/** To a thousandth of a nanosecond: what is beyond is a rest of decimal fractions, such as seconds are written in. */
function inNs(amount: number, factor: number): number {
  return Math.round(amount * factor * 1000) / 1000;
}

/** What py-spy puts outermost where it follows subprocesses: no function, and the process is named with the thread. */
const PY_SPY_PROCESS = /^process \d+:"/;
/** Programs that write the line that was executing into a frame. */
const EXECUTING = /^(py-spy|rbspy|Austin)/;
const UNKNOWN = -2;
const NANOSECONDS: Readonly<Record<string, number | undefined>> = {
  __proto__: null as never,
  nanoseconds: 1,
  microseconds: 1e3,
  milliseconds: 1e6,
  seconds: 1e9,
};
