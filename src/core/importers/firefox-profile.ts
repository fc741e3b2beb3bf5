import { ProfileBuilder } from '../profile/builder.ts';
import { NONE, type Profile, type ThreadIndex } from '../profile/profile.ts';
import { plural } from '../units.ts';
import type { FirefoxProcess, FirefoxThread } from './firefox-profile/file.ts';
import { FirefoxFileReader } from './firefox-profile/file-reader.ts';
import { FirefoxFrames } from './firefox-profile/frames.ts';
import { FirefoxSamples } from './firefox-profile/samples.ts';
import { type FirefoxStacks, stacksOf } from './firefox-profile/stacks.ts';
import { NO_TABLE, rowAt } from './firefox-profile/table.ts';
import type { Importer } from './importer.ts';
import { jsonOutline } from './reading/json-outline.ts';
import { JsonStream } from './reading/json-stream.ts';

/**
 * Profiles of the Firefox Profiler: processed ones, which it and samply save, and raw ones, which Firefox gives out ("Gecko profile").
 * (https://github.com/firefox-devtools/profiler/tree/main/docs-developer)
 */
export const firefoxProfile: Importer = {
  format: 'Firefox profile',
  extensions: ['.profile.json', '.json'],
  recognises(head) {
    const { paths } = jsonOutline(head);
    for (const prefix of ['', 'profile.']) {
      if (paths.has(`${prefix}meta.preprocessedProfileVersion`) || paths.has(`${prefix}libs[].breakpadId`)) return true;
      if (paths.has(`${prefix}meta.interval`) && paths.has(`${prefix}meta.processType`)) return true;
      if (paths.has(`${prefix}threads[].stackTable`) || paths.has(`${prefix}threads[].samples.stack`)) return true;
    }
    return false;
  },
  read(source, watch) {
    const json = new JsonStream(firefoxProfile.format, source, watch);
    const processes = new FirefoxFileReader(json).read();
    if (processes.every(({ threads }) => threads.length === 0)) json.fail('it has no threads');
    return assembled(json, processes);
  },
};

function assembled(json: JsonStream, processes: readonly FirefoxProcess[]): Profile {
  const builder = new ProfileBuilder();
  const samples = new FirefoxSamples(builder);
  const [{ meta }] = processes;
  let unsound = 0;
  let missing = 0;
  for (const process of processes) {
    // Of one process all times are since its own start.
    const offsetMs = process.meta.startTime - meta.startTime || 0;
    let shared: { frames: FirefoxFrames; stacks: FirefoxStacks } | undefined;
    for (const thread of process.threads) {
      const stackTable = thread.tables.get('stackTable') ?? process.tables.get('stackTable') ?? NO_TABLE;
      let own = thread.tables.has('stackTable') ? undefined : shared;
      if (!own) {
        const frames = new FirefoxFrames(builder, json, thread);
        own = { frames, stacks: stacksOf(builder, stackTable, frames) };
        unsound += own.stacks.unsound;
        missing += frames.missing;
        if (!thread.tables.has('stackTable')) shared = own;
      }
      const { frames, stacks } = own;
      const leafFrames = stackTable.columns.get('frame');
      const index = threadIn(builder, thread);
      const table = (name: string) => thread.tables.get(name);
      const leafOf = (stack: number) => frames.categoryOf(rowAt(leafFrames, stack));
      samples.addSamples(table('samples') ?? NO_TABLE, thread, index, stacks.stacks, leafOf, offsetMs);
      for (const [name, type] of ALLOCATIONS) {
        const allocations = table(name);
        if (allocations) samples.addAllocations(allocations, type, index, stacks.stacks, offsetMs);
      }
    }
  }
  const { first, last } = samples.times;
  const pauses = processes.reduce((sum, process) => sum + process.pauses, 0);
  const warnings: string[] = [];
  if (unsound > 0) warnings.push(`Stacks whose caller or frame isn't there, or that go round in a circle: ${unsound}.`);
  if (missing > 0) warnings.push(`Functions and texts of frames that aren't in the file: ${missing}.`);
  if (samples.unknownStacks > 0)
    warnings.push(`Samples whose stack isn't there, shown without: ${samples.unknownStacks}.`);
  if (samples.weightless > 0) warnings.push(`Samples without a weight: ${samples.weightless}.`);
  if (pauses > 0) warnings.push(`Recording was paused: ${pauses} ${plural(pauses, 'time')}.`);
  if (builder.sampleCount === 0) warnings.push('There are no samples in it.');
  return builder.finish({
    origin: {
      format: firefoxProfile.format,
      producer: meta.importedFrom || meta.product,
      architecture: /^(x86_64|x86|aarch64|arm)/.exec(meta.abi)?.[0] ?? '',
      durationNs: last >= first ? (last - first) * 1e6 : Number.NaN,
      wallStartMs: meta.startTime > 0 ? meta.startTime : Number.NaN,
      period: meta.interval > 0 ? { type: 'wall', unit: 'nanoseconds', amount: meta.interval * 1e6 } : null,
      mayMislead: [
        'Unless a tool of another kind wrote it, every thread is sampled at each interval: waiting counts as much as running.',
      ],
    },
    quality: { requestedHz: meta.interval > 0 ? 1000 / meta.interval : Number.NaN, warnings },
  });
}

function threadIn(builder: ProfileBuilder, { name, pid, tid, processName }: FirefoxThread): ThreadIndex {
  // samply writes `12.1` for another program in process 12.
  const numberOf = (text: string) => Number(/^(\d{1,9})(?:\.\d+)?$/.exec(text)?.[1] ?? NONE);
  return builder.thread(numberOf(pid), numberOf(tid), name || processName);
}

const ALLOCATIONS: readonly (readonly [table: string, type: string])[] = [
  ['jsAllocations', 'JavaScript allocations'],
  ['nativeAllocations', 'native allocations'],
];
