import { ProfileBuilder } from '../profile/builder.ts';
import { Float64Column } from '../profile/column.ts';
import type { Profile } from '../profile/profile.ts';
import type { Importer } from './importer.ts';
import { JsonKeys } from './reading/json-keys.ts';
import { jsonOutline } from './reading/json-outline.ts';
import { JsonStream } from './reading/json-stream.ts';
import { V8Nodes } from './reading/v8-nodes.ts';
import { V8_BESIDE, V8_LINES, V8_WALL } from './v8-cpuprofile/meaning.ts';
import { sampleTimes } from './v8-cpuprofile/sample-times.ts';
import { addSamples } from './v8-cpuprofile/samples.ts';

/**
 * A CPU profile of V8: `node --cpu-prof`, Chrome's and VS Code's debuggers, Deno and Bun; and as Chrome and iojs wrote it until 2016.
 * (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile)
 */
export const v8CpuProfile: Importer = {
  format: 'V8 cpuprofile',
  extensions: ['.cpuprofile'],
  recognises(head) {
    const { paths } = jsonOutline(head);
    if (paths.has('head.hitCount') || paths.has('head.children[].hitCount')) return true;
    if (paths.has('nodes[].callFrame.functionName')) return !paths.has('nodes[].selfSize');
    // Another order of keys: columns of numbers, which a heap profile's samples aren't.
    return paths.has('timeDeltas[]') || (paths.has('startTime') && paths.has('endTime') && paths.has('samples[]'));
  },
  read(source, watch) {
    const json = new JsonStream(v8CpuProfile.format, source, watch);
    const builder = new ProfileBuilder();
    return finished(builder, readFile(json, builder, source.size));
  },
};

const FILE = { nodes: 0, head: 1, startTime: 2, endTime: 3, samples: 4, timeDeltas: 5, timestamps: 6, title: 7 };

interface File {
  readonly nodes: V8Nodes;
  /** Ids of nodes. */
  readonly samples: Float64Column;
  /** Microseconds from the sample before, of the first from the start. */
  readonly timeDeltas: Float64Column;
  /** Microseconds, in what Chrome wrote in 2014 and 2015. */
  readonly timestamps: Float64Column;
  startTime: number;
  endTime: number;
  title: string;
  /** Start and end are in seconds. */
  isLegacy: boolean;
}

function readFile(json: JsonStream, builder: ProfileBuilder, size: number): File {
  const file: File = {
    nodes: new V8Nodes(builder, json, Math.max(1024, Math.ceil(size / BYTES_OF_NODE))),
    samples: new Float64Column(1024),
    timeDeltas: new Float64Column(1024),
    timestamps: new Float64Column(),
    startTime: Number.NaN,
    endTime: Number.NaN,
    title: '',
    isLegacy: false,
  };
  const keys = new JsonKeys(Object.keys(FILE));
  if (!json.enterObject()) json.fail('a profile is an object');
  for (;;) {
    const key = json.nextKey(keys);
    if (key === FILE.nodes) file.nodes.readList();
    else if (key === FILE.head) {
      file.isLegacy = true;
      file.nodes.readTree();
    } else if (key === FILE.startTime) file.startTime = json.number();
    else if (key === FILE.endTime) file.endTime = json.number();
    else if (key === FILE.samples) json.numbers(file.samples);
    else if (key === FILE.timeDeltas) json.numbers(file.timeDeltas);
    else if (key === FILE.timestamps) json.numbers(file.timestamps);
    else if (key === FILE.title) file.title = json.string();
    else break;
  }
  json.finish();
  if (file.nodes.length === 0) json.fail('it has no nodes');
  return file;
}

function finished(builder: ProfileBuilder, file: File): Profile {
  const { nodes, samples, isLegacy } = file;
  const microseconds = isLegacy ? 1e6 : 1;
  const startUs = file.startTime * microseconds;
  const endUs = file.endTime * microseconds;
  const times = sampleTimes({ ...file, count: samples.length, startUs, endUs });
  const { unknownNodes, hasLines } = addSamples(builder, nodes, samples, times);
  const warnings: string[] = [...times.warnings];
  if (unknownNodes > 0)
    warnings.push(`Samples of nodes that aren't in the file, shown without a stack: ${unknownNodes}.`);
  if (nodes.misplaced > 0) warnings.push(`Nodes whose place in the tree is contradictory: ${nodes.misplaced}.`);
  if (nodes.overridden > 0)
    warnings.push(`Nodes whose id a later one has, which samples and callers are taken to mean: ${nodes.overridden}.`);
  if (builder.sampleCount === 0) warnings.push('There are no samples in it.');
  return builder.finish({
    origin: {
      format: v8CpuProfile.format,
      producer: 'V8',
      startTimeNs: Number.isNaN(startUs) ? 0 : startUs * 1000,
      durationNs: (endUs - startUs) * 1000,
      comments: file.title === '' ? [] : [file.title],
      mayMislead: [
        ...(times.isTimed ? [V8_WALL] : ['There are no times in it: each sample counts one.']),
        hasLines ? V8_LINES : 'There are no lines in it, but those of definitions.',
        V8_BESIDE,
      ],
    },
    quality: { warnings },
  });
}

/** Few nodes are written in less. */
const BYTES_OF_NODE = 200;
