import { LocationTree } from '../../kernels/pprof-samples.ts';
import { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { type FrameIndex, NONE, type Profile, type ValueType } from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { prunedLines, prunedStart, WHOLE } from '../pprof/frame-pruning.ts';
import { type MappedModule, mappedModule } from '../pprof/mapped-module.ts';
import { mayMislead, requestedHz } from '../pprof/meaning.ts';
import { frameStacks } from '../reading/frame-stacks.ts';
import type { AddressSamples } from './address-samples.ts';
import { droppedNames, dropsRuntime } from './dropped-names.ts';
import { FORMAT } from './format.ts';
import { MappingLookup } from './mapping-lookup.ts';
import type { Mapping } from './memory-map.ts';
import { NO_NAMES, type PlaceName, type PlaceNames } from './place-names.ts';

export interface LegacyParts {
  readonly values: readonly ValueType[];
  readonly period: (ValueType & { readonly amount: number }) | null;
  readonly samples: AddressSamples;
  readonly mappings?: readonly Mapping[];
  readonly names?: PlaceNames;
  /** Whether the addresses are numbers of places in the file, and none of code. */
  readonly isAddressless?: boolean;
  readonly durationNs?: number;
  /** By sample: its labels of text, `undefined` where it has none. */
  readonly labels?: readonly (ReadonlyMap<string, string> | undefined)[];
  readonly warnings: readonly string[];
}

/** The profile of samples of addresses. */
export function legacyProfile(parts: LegacyParts): Profile {
  const { values, period, samples, names = NO_NAMES, durationNs = Number.NaN } = parts;
  const builder = new ProfileBuilder();
  for (const { type, unit } of values) builder.value(type, unit);
  const places = framesOfPlaces(builder, parts);
  const tree = new LocationTree(Math.min(samples.length, 1 << 20), () => {
    throw new MalformedInput(FORMAT, 'its stacks take more memory than there is for them');
  });
  const count = samples.length;
  const nodes = new Int32Array(count);
  let stack = new Int32Array(1024);
  for (let row = 0; row < count; row++) {
    const [start, end] = [samples.starts.at(row), samples.starts.at(row + 1)];
    if (end - start > stack.length) stack = new Int32Array((end - start) * 2);
    for (let at = start; at < end; at++) stack[at - start] = samples.stacks.at(at);
    nodes[row] = tree.nodeOf(stack, prunedStart(stack, end - start, places.pruned), end - start);
    const labels = labelSet(builder, samples.blockBytes.at(row), parts.labels?.[row]);
    builder.sample(NONE, NONE, Number.NaN, labels);
    for (let value = 0; value < values.length; value++) builder.addWeight(row, value, samples.values[value].at(row));
  }
  const { stacks, ofNode } = frameStacks(tree.kernel, places.first, places.frames);
  const hiddenCount = names.hidden.size;
  const profile = builder.finish({
    origin: {
      format: FORMAT,
      durationNs,
      period,
      mayMislead: [
        ...mayMislead(values, period),
        ...(hiddenCount > 0 && !dropsRuntime(values) ? [RUNTIME_HIDDEN] : []),
      ],
    },
    quality: { requestedHz: requestedHz(period), warnings: [...parts.warnings, ...numberWarnings(samples)] },
    defaultValue: values.length - 1,
  });
  const stackOf = nodes.map((node) => (node === NONE ? NONE : ofNode[node]));
  return { ...profile, stacks, samples: { ...profile.samples, stack: stackOf } };
}

const RUNTIME_HIDDEN =
  "Names of Go's runtime at the inner ends of stacks aren't in the file: what is shown there as an address is its code.";

function labelSet(builder: ProfileBuilder, blockBytes: number, texts: ReadonlyMap<string, string> | undefined): number {
  if (Number.isNaN(blockBytes) && !texts) return NONE;
  const list = Array.from(texts ?? [], ([key, text]) => ({ key, text }));
  return builder.labelSet(Number.isNaN(blockBytes) ? list : [...list, { key: 'bytes', number: blockBytes }]);
}

interface Places {
  readonly first: Int32Array;
  readonly frames: Int32Array;
  readonly pruned: Uint8Array;
}

/** The frames of each address, innermost first. */
function framesOfPlaces(builder: ProfileBuilder, parts: LegacyParts): Places {
  const { samples, values, mappings = [], names = NO_NAMES } = parts;
  const count = samples.addresses.length;
  const lookup = new MappingLookup(mappings);
  const modules = lookup.mappings.map(({ file, start, offset, buildId }) => {
    const mapped = mappedModule(file, start, offset);
    return { mapped, module: mapped.path === '' ? NONE : builder.module(mapped.path, buildId) };
  });
  const isDropped = droppedNames(values);
  const hidesRuntime = dropsRuntime(values);
  const first = new Int32Array(count + 1);
  const frames = new Int32Column(count);
  const pruned = new Uint8Array(count);
  for (let place = 0; place < count; place++) {
    const absolute = samples.addressOf(place);
    const at = parts.isAddressless ? NONE : lookup.find(absolute);
    const { module, mapped } = at === NONE ? { module: NONE, mapped: UNMAPPED } : modules[at];
    const rows = names.of.get(place) ?? [];
    const how = prunedLines(0, rows.length, (line) => isDropped(rows[line].name));
    pruned[place] = hidesRuntime && names.hidden.has(place) ? WHOLE : how.pruned;
    const place64 = (bias: bigint) => (parts.isAddressless ? 0n : BigInt.asUintN(64, absolute + bias));
    if (rows.length === 0) {
      const func = parts.isAddressless ? builder.function({ name: '(unknown)' }) : NONE;
      frames.push(builder.frame({ function: func, module, address: place64(mapped.bias), kind: mapped.kind }));
    }
    for (let line = how.first; line < rows.length; line++) {
      const address = place64(mapped.namedBias);
      frames.push(namedFrame(builder, rows[line], module, address, mapped, line + 1 < rows.length));
    }
    first[place + 1] = frames.length;
  }
  return { first, frames: frames.finish(), pruned };
}

const UNMAPPED: MappedModule = { path: '', kind: 'native', bias: 0n, namedBias: 0n };

function namedFrame(
  builder: ProfileBuilder,
  { name, file, line }: PlaceName,
  module: number,
  address: bigint,
  { kind }: MappedModule,
  inlined: boolean,
): FrameIndex {
  const func = builder.function({ name, file, module });
  const isScript = address === 0n && /\.(?:java|kt|scala)$/.test(file);
  return builder.frame({ function: func, line, module, address, inlined, kind: isScript ? 'interpreted' : kind });
}

function numberWarnings({ values, unsound }: AddressSamples): string[] {
  let count = 0;
  for (const column of values) {
    for (let row = 0; row < column.length; row++) if (!Number.isSafeInteger(column.at(row))) count++;
  }
  return [
    ...(count > 0 ? [`Rounded, since they are beyond 2^53: ${count} numbers.`] : []),
    ...(unsound > 0 ? [`Taken for 0, since they are too large: ${unsound} numbers.`] : []),
  ];
}
