import { ProfileBuilder } from '../profile/builder.ts';
import type { Profile } from '../profile/profile.ts';
import { type Importer, type ImportWatch, MalformedInput } from './importer.ts';
import { brokenStacks } from './perf-data/broken-stacks.ts';
import type { EventAttribute } from './perf-data/event-attribute.ts';
import { eventName } from './perf-data/event-names.ts';
import { eventsOfFile } from './perf-data/events.ts';
import { FORMAT, fileHeader, hasPerfMagic } from './perf-data/file-header.ts';
import { Processes } from './perf-data/processes.ts';
import { RecordReader } from './perf-data/record-reader.ts';
import { SAMPLE } from './perf-data/record-types.ts';
import { isReadFeature, RecordingFacts } from './perf-data/recording-facts.ts';
import { readSamples } from './perf-data/samples.ts';
import { StackRows } from './perf-data/stack-rows.ts';
import { survey } from './perf-data/survey.ts';
import { ValueColumns } from './perf-data/value-columns.ts';
import { type ByteSource, readBytes } from './reading/byte-source.ts';
import { countFromFirst } from './reading/count-from-first.ts';
import { perfMisleads } from './reading/perf-meaning.ts';

/**
 * What `perf record` writes, to a file or to a pipe. Format: `tools/perf/Documentation/perf.data-file-format.txt` and
 * `include/uapi/linux/perf_event.h` in the Linux source. Two passes: mappings and names of threads first, since they may stand behind the
 * samples that need them; then the samples. Memory is that of the resulting tables and some megabytes: less than the file where that
 * holds samples, up to 25 times a file that is made of mappings alone.
 */
export const perfData: Importer = {
  format: FORMAT,
  extensions: ['.data'],
  recognises: hasPerfMagic,
  read,
};

/**
 * Whether the stacks of a recording can't be had from it directly: `perf record --call-graph dwarf` keeps copies of stack memory, which
 * `perf script` can unwind. Reads little; false for what is no perf.data.
 */
export function needsExternalUnwinding(source: ByteSource): boolean {
  if (!hasPerfMagic(readBytes(source, 0, 8))) return false;
  const header = fileHeader(source);
  const events = eventsOfFile(source, header);
  if (header.pipe) {
    const data = { ...header.data, size: Math.min(header.data.size, MOST_BYTES_BEFORE_EVENTS) };
    survey(source, { ...header, data }, events, new RecordingFacts(events, header.little), { progress() {} });
  }
  return events.list.some(({ attribute }) => keepsStackMemory(attribute));
}

/** In pipe mode events are described in records; perf writes them first. */
const MOST_BYTES_BEFORE_EVENTS = 1 << 20;

function keepsStackMemory({ sampleType }: EventAttribute): boolean {
  return (sampleType & SAMPLE.STACK_USER) !== 0;
}

function read(source: ByteSource, watch: ImportWatch): Profile {
  const header = fileHeader(source);
  const events = eventsOfFile(source, header);
  const facts = new RecordingFacts(events, header.little);
  for (const [feature, { offset, size }] of header.features) {
    if (isReadFeature(feature)) facts.feature(feature, readBytes(source, offset, size));
  }
  const surveyEnd = Math.round(source.size * SURVEY_SHARE);
  const found = survey(source, header, events, facts, partOf(watch, 0, SURVEY_SHARE));
  if (events.list.length === 0)
    throw new MalformedInput(FORMAT, 'it describes no event that was recorded', header.data.offset);
  for (const event of events.list) event.name ||= eventName(event.attribute, facts.tracepoints);
  const builder = new ProfileBuilder();
  const processes = new Processes(builder, found.sideBand, facts.buildIds);
  const rows = new StackRows(processes);
  const values = new ValueColumns(builder, events.list, found.sampleRecords);
  const reader = new RecordReader(source, header.data, header.little, partOf(watch, surveyEnd, 1 - SURVEY_SHARE));
  const { samples, cut, warnings } = readSamples(reader, events, found, processes, rows, values);
  const firstTime = countFromFirst(samples.time);
  const { frames, stacks } = rows.finish();
  const attributes = events.list.map(({ attribute }) => attribute);
  const keepsStacks = attributes.some(keepsStackMemory);
  const hasChains = !keepsStacks && attributes.some(({ sampleType }) => (sampleType & SAMPLE.CALLCHAIN) !== 0);
  const profile = builder.finish({
    origin: {
      format: FORMAT,
      producer: `perf ${facts.perfVersion}`.trim(),
      commandLine: facts.commandLine,
      hostname: facts.hostname,
      architecture: facts.architecture,
      kernelRelease: facts.kernelRelease,
      kernelAnchor: processes.kernelAnchor,
      startTimeNs: found.clock.baseNs + firstTime,
      durationNs: found.clock.durationNs,
    },
    quality: {
      lostSamples: found.lostSamples,
      brokenStacks: hasChains ? brokenStacks(samples, frames, stacks, cut) : Number.NaN,
      throttled: found.throttled,
      requestedHz:
        events.list.find(({ attribute, isDummy }) => attribute.isFrequency && !isDummy)?.attribute.periodOrFrequency ??
        Number.NaN,
      warnings: [
        ...header.warnings,
        ...facts.warnings,
        ...found.warnings,
        ...warnings,
        ...values.warnings,
        ...(keepsStacks ? [STACKS_NOT_UNWOUND] : []),
      ],
    },
    defaultValue: Math.max(0, values.first),
  });
  const origin = { ...profile.origin, mayMislead: perfMisleads(profile.values) };
  return { ...profile, origin, frames, stacks, samples };
}

const STACKS_NOT_UNWOUND =
  'Callers in user space are missing: they were recorded as copies of stack memory (--call-graph dwarf), which perf script can unwind.';

/** The first pass's share of the work, as progress shows it. */
const SURVEY_SHARE = 0.2;

/** Progress of one pass as progress of the whole. */
function partOf(watch: ImportWatch, from: number, share: number): ImportWatch {
  return { progress: (bytesRead) => watch.progress(from + Math.round(bytesRead * share)) };
}
