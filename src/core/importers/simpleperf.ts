import type { Importer } from './importer.ts';
import { SIMPLEPERF } from './simpleperf/records.ts';
import { SimpleperfReport } from './simpleperf/report.ts';

/** What `simpleperf report-sample --protobuf` writes on Android. simpleperf's own recordings are perf.data. */
export const simpleperf: Importer = {
  format: SIMPLEPERF,
  extensions: ['.trace'],
  recognises(head) {
    return head.length > MAGIC.length && [...MAGIC].every((letter, at) => head[at] === letter.charCodeAt(0));
  },
  read(source, watch) {
    return new SimpleperfReport(source).read((offset) => watch.progress(offset));
  },
};

const MAGIC = 'SIMPLEPERF';
