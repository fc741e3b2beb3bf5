import { ProfileBuilder } from '../profile/builder.ts';
import { NONE } from '../profile/profile.ts';
import type { Importer } from './importer.ts';
import { JsonKeys } from './reading/json-keys.ts';
import { jsonOutline } from './reading/json-outline.ts';
import { JsonStream } from './reading/json-stream.ts';
import { V8Nodes } from './reading/v8-nodes.ts';

/**
 * What V8's sampling heap profiler writes: `node --heap-prof`, and "Allocation sampling" in Chrome. A tree of functions with the bytes
 * that each allocated. (https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile)
 */
export const v8HeapProfile: Importer = {
  format: 'V8 heapprofile',
  extensions: ['.heapprofile'],
  recognises(head) {
    const { paths } = jsonOutline(head);
    return paths.has('head.selfSize') || paths.has('head.children[].selfSize');
  },
  read(source, watch) {
    const json = new JsonStream(v8HeapProfile.format, source, watch);
    const builder = new ProfileBuilder();
    const nodes = new V8Nodes(builder, json);
    const keys = new JsonKeys(['head']);
    if (!json.enterObject()) json.fail('a profile is an object');
    while (json.nextKey(keys) === 0) nodes.readTree();
    json.finish();
    if (nodes.length === 0) json.fail('it has no nodes');
    const space = builder.value('inuse_space', 'bytes');
    const { own } = nodes.stacks(builder);
    for (let node = 0; node < nodes.length; node++) {
      if (nodes.weight[node] === 0) continue;
      builder.addWeight(builder.sample(own[node], NONE, Number.NaN), space, nodes.weight[node]);
    }
    return builder.finish({
      origin: {
        format: v8HeapProfile.format,
        producer: 'V8',
        mayMislead: [
          'Bytes are estimated from a sample of the allocations.',
          'What was freed before the profile was taken is not in it, unless that was asked for.',
          'There are no lines in it, but those of definitions, and no times.',
        ],
      },
      quality: {
        warnings:
          builder.sampleCount === 0 ? ['There are no samples in it: nothing was allocated that was sampled.'] : [],
      },
    });
  },
};
