import { ProfileBuilder } from '../profile/builder.ts';
import type { Profile } from '../profile/profile.ts';
import type { Importer } from './importer.ts';
import { eventName } from './perf-data/event-names.ts';
import { eventsOfFile } from './perf-data/events.ts';
import { FORMAT, fileHeader, hasPerfMagic } from './perf-data/file-header.ts';
import { Processes } from './perf-data/processes.ts';
import { readSamples } from './perf-data/samples.ts';
import { StackRows } from './perf-data/stack-rows.ts';
import { survey } from './perf-data/survey.ts';

/**
 * What `perf record` writes. Format: `tools/perf/Documentation/perf.data-file-format.txt` and `include/uapi/linux/perf_event.h` in the
 * Linux source.
 */
export const perfData: Importer = {
  format: FORMAT,
  extensions: ['.data'],
  recognises: hasPerfMagic,
  read(source, watch): Profile {
    const header = fileHeader(source);
    const events = eventsOfFile(source, header);
    for (const event of events.list) event.name ||= eventName(event.attribute, new Map());
    const found = survey(source, header, events, watch);
    found.sideBand.sort((a, b) => a.time - b.time);
    const builder = new ProfileBuilder();
    const processes = new Processes(builder, found.sideBand, new Map());
    const rows = new StackRows(processes);
    const samples = readSamples(source, header, events, found, processes, rows, builder, watch);
    const since = fromFirst(samples.time);
    const profile = builder.finish({ origin: { format: FORMAT, startTimeNs: found.clock.baseNs + since } });
    return { ...profile, ...rows.finish(), samples };
  },
};

/** Makes times count from the least of them, which it gives: 0 where there are none. */
function fromFirst(time: Float64Array): number {
  let first = Number.POSITIVE_INFINITY;
  for (const at of time) if (at < first) first = at;
  if (first === Number.POSITIVE_INFINITY) return 0;
  for (let sample = 0; sample < time.length; sample++) time[sample] -= first;
  return first;
}
