import { ChunkWriter, soundChunk } from '../../test/support/jfr/chunk-writer.ts';
import { KERNEL, KERNEL_MARKER, perfFile, recordsOf, USER_MARKER } from '../../test/support/perf-data/perf-file.ts';
import type { Seed } from './formats.ts';

/** Files that no tool made, small and sound, beside the fixtures: by format. */
export const MADE_SEEDS: Readonly<Record<string, readonly Seed[]>> = {
  jfr: [true, false].map((isCompressed) => ({
    name: isCompressed ? 'made-compressed' : 'made-plain',
    bytes: soundChunk(new ChunkWriter(isCompressed)).finish(),
  })),
  'perf.data': [{ name: 'made', bytes: madePerfData() }],
};

function madePerfData(): Uint8Array {
  const { comm, map, fork, sample } = recordsOf();
  return perfFile({
    records: [
      comm(10, 10, 1, 'prog'),
      map(10, 1, 0x400000, 0x3000, 0x1000, '/bin/prog'),
      fork(11, 11, 10, 10, 2),
      sample(10, 10, 5, [USER_MARKER, 0x400010, 0x400100]),
      sample(11, 11, 6, [KERNEL_MARKER, 0xffffffff81000010n, USER_MARKER, 0x400010], KERNEL),
      sample(10, 10, 7, [USER_MARKER, 0x400020, 0x400100]),
    ],
  });
}
