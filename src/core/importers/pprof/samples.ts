import { type LocationTree, PprofSamples } from '../../kernels/pprof-samples.ts';
import { NONE, type SampleTable } from '../../profile/profile.ts';
import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from '../reading/byte-source.ts';
import { LONGEST_FIELD } from '../reading/protobuf.ts';
import type { IdTable } from './id-table.ts';
import type { LabelList, LabelSets } from './label-sets.ts';

export interface Samples {
  /** Their stacks are nodes of the tree. */
  readonly samples: SampleTable;
  /** Samples that are no messages, or have not one value of each kind: left out. */
  readonly damaged: number;
  /** Samples with locations that aren't in the file, and how many such frames were left out. */
  readonly incomplete: number;
  readonly missingFrames: number;
  /** Values beyond 2^53. */
  readonly rounded: number;
}

/** What samples refer to, which is known by now. */
export interface SampleContext {
  readonly ids: IdTable;
  readonly tree: LocationTree;
  /** By location: what pruning does to it; `undefined` where nothing is pruned. */
  readonly pruned: Uint8Array | undefined;
  readonly labels: LabelSets;
  readonly valueCount: number;
  /** How many samples there can be. */
  readonly most: number;
}

/** Reads the samples of a file. */
export function readSamples(source: ByteSource, watch: ImportWatch, context: SampleContext): Samples {
  const { ids, tree, pruned, labels, valueCount, most } = context;
  const reader = new PprofSamples(tree, {
    small: ids.small,
    counted: ids.counted,
    eachWide: (take) => ids.eachWide(take),
    pruned,
    values: valueCount,
    fileBytes: source.size,
  });
  const stack = new Int32Array(most);
  const thread = new Int32Array(most).fill(NONE);
  const set = new Int32Array(most).fill(NONE);
  const time = new Float64Array(most).fill(Number.NaN);
  const weights = Array.from({ length: valueCount }, () => new Float64Array(most));
  let length = 0;
  let tooMany = 0;
  eachPiece(source, watch, reader, (bytes, { nodes, values, labels: parts }) => {
    const count = Math.min(nodes.length, most - length);
    tooMany += nodes.length - count;
    stack.set(nodes.subarray(0, count), length);
    for (let value = 0; value < valueCount; value++) {
      const column = weights[value];
      for (let row = 0, at = value; row < count; row++, at += valueCount) column[length + row] = values[at];
    }
    for (let at = 0; at < parts.length; ) {
      const row = parts[at];
      let list: LabelList = NONE;
      let labelTime = Number.NaN;
      for (; at < parts.length && parts[at] === row; at += 3) {
        const found = labels.timeOf(bytes, parts[at + 1], parts[at + 2]);
        if (Number.isNaN(found)) list = labels.with(list, bytes, parts[at + 1], parts[at + 2]);
        else labelTime = found;
      }
      if (row === NONE || row >= count) continue;
      thread[length + row] = labels.threadOf(list);
      set[length + row] = labels.setOf(list);
      time[length + row] = labelTime;
    }
    length += count;
  });
  const cut = <T extends Int32Array | Float64Array>(column: T) =>
    column.length === length ? column : (column.slice(0, length) as T);
  return {
    samples: {
      length,
      stack: cut(stack),
      thread: cut(thread),
      time: cut(time),
      labels: cut(set),
      weights: weights.map(cut),
    },
    damaged: reader.damaged + tooMany,
    incomplete: reader.incomplete,
    missingFrames: reader.missingFrames,
    rounded: reader.rounded,
  };
}

/** Reads a file through the reader's piece, to where it ends or is no longer sound. */
function eachPiece(
  source: ByteSource,
  watch: ImportWatch,
  reader: PprofSamples,
  take: (bytes: Uint8Array, samples: ReturnType<PprofSamples['take']>) => void,
): void {
  /** Where in the source the piece begins; what is in it, and where in that the reader is. */
  let offset = 0;
  let filled = 0;
  let from = 0;
  while (offset + from < source.size) {
    const samples = reader.take(from, filled);
    take(reader.piece, samples);
    from = samples.taken;
    if (samples.isEnded) return;
    if (samples.needed === 0 && from < filled) continue;
    if (offset + from + samples.needed > source.size || samples.needed > LONGEST_FIELD) return;
    reader.enlarge(samples.needed);
    const { piece } = reader;
    piece.copyWithin(0, from, filled);
    offset += from;
    filled -= from;
    from = 0;
    const room = piece.subarray(filled, filled + Math.min(piece.length - filled, source.size - offset - filled));
    filled += source.read(room, offset + filled);
    watch.progress(offset + filled);
  }
}
