import type { ProfileBuilder } from '../../profile/builder.ts';
import { NONE, type SampleTable, type ValueIndex } from '../../profile/profile.ts';
import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { Callchains } from './callchain.ts';
import { isClock, isDummy } from './event-names.ts';
import type { RecordedEvents } from './events.ts';
import type { FileHeader } from './file-header.ts';
import type { Processes } from './processes.ts';
import { RecordReader } from './record-reader.ts';
import { MISC, RECORD, SAMPLE } from './record-types.ts';
import { NO_FIELD } from './sample-layout.ts';
import type { StackRows } from './stack-rows.ts';
import type { Survey } from './survey.ts';

/** The second pass over the records: the samples. */
export function readSamples(
  source: ByteSource,
  header: FileHeader,
  events: RecordedEvents,
  found: Survey,
  processes: Processes,
  rows: StackRows,
  builder: ProfileBuilder,
  watch: ImportWatch,
): SampleTable {
  const capacity = found.sampleRecords;
  const stack = new Int32Array(capacity);
  const thread = new Int32Array(capacity);
  const times = new Float64Array(capacity);
  const weights: Float64Array[] = [];
  const measured = events.list.filter((event) => !isDummy(event.attribute));
  const valueOf = events.list.map((event): [ValueIndex, ValueIndex] => {
    if (isDummy(event.attribute)) return [NONE, NONE];
    const period = builder.value(event.name, isClock(event.attribute) ? 'nanoseconds' : 'count');
    const count = builder.value(measured.length === 1 ? 'samples' : `${event.name} samples`, 'count');
    weights[period] ??= new Float64Array(capacity);
    weights[count] ??= new Float64Array(capacity);
    return [period, count];
  });
  const { clock } = found;
  const { little } = header;
  const reader = new RecordReader(source, header.data, little, watch);
  const chains = new Callchains(processes, rows, little);
  const lowAt = little ? 0 : 4;
  const highAt = little ? 4 : 0;
  let length = 0;
  let ordinal = 0;
  const only = events.list.length === 1 ? 0 : NONE;
  const idAt = events.list[0].sample.id;
  while (reader.next()) {
    ordinal++;
    if (reader.type !== RECORD.SAMPLE) continue;
    const { view, at, size } = reader;
    const index = only === 0 ? 0 : idAt === NO_FIELD || idAt + 8 > size ? 0 : events.withIdAt(view, at + idAt, little);
    if (index === NONE) continue;
    const event = events.list[index];
    const layout = event.sample;
    const [periodValue, countValue] = valueOf[index];
    if (periodValue === NONE || layout.fixedEnd > size) continue;
    const time = layout.time === NO_FIELD ? ordinal : clock.read(view, at + layout.time, little);
    const pid = layout.tid === NO_FIELD ? 0 : view.getInt32(at + layout.tid, little);
    const tid = layout.tid === NO_FIELD ? 0 : view.getInt32(at + layout.tid + 4, little);
    const { sampleType } = event.attribute;
    const cpumode = reader.misc & MISC.CPUMODE_MASK;
    let top = NONE;
    if (sampleType & SAMPLE.CALLCHAIN) {
      const countAt = at + layout.fixedEnd;
      const count = view.getUint32(countAt + lowAt, little);
      top = chains.stack(view, countAt + 8, count, cpumode, pid, time);
    }
    if (top === NONE && layout.ip !== NO_FIELD) {
      const ip = at + layout.ip;
      top = chains.single(
        view.getUint32(ip + lowAt, little) | 0,
        view.getUint32(ip + highAt, little) | 0,
        cpumode,
        pid,
        time,
      );
    }
    stack[length] = top;
    thread[length] = processes.thread(pid, tid, time);
    times[length] = layout.time === NO_FIELD ? Number.NaN : time;
    weights[periodValue][length] =
      layout.period === NO_FIELD
        ? event.attribute.periodOrFrequency
        : view.getUint32(at + layout.period + highAt, little) * 2 ** 32 +
          view.getUint32(at + layout.period + lowAt, little);
    weights[countValue][length] = 1;
    length++;
  }
  return {
    length,
    stack: stack.slice(0, length),
    thread: thread.slice(0, length),
    time: times.slice(0, length),
    weights: weights.map((column) => column.slice(0, length)),
  };
}
