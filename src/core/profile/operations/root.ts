import { Int32Column } from '../column.ts';
import { IntKeyMap } from '../int-key-map.ts';
import { type FrameIndex, type LabelSetIndex, NONE, type Profile, type ThreadIndex } from '../profile.ts';
import { threadLabel } from '../thread-label.ts';
import { AppendedFrames, type StandIn } from './appended-frames.ts';
import { sampleTags } from './sample-tags.ts';
import { UnusableOperation } from './unusable-operation.ts';

export const ROOTS = ['thread', 'process'] as const;
export type RootBy = (typeof ROOTS)[number];

/** A call tree for each thread or process: it is the outermost frame of its samples. */
export function rootedBy(profile: Profile, by: RootBy): Profile {
  const { threads, strings } = profile;
  return rooted(profile, (thread) => {
    const pid = thread === NONE ? NONE : threads.pid[thread];
    if (thread === NONE || (by === 'process' && pid === NONE)) return { name: `(no ${by} known)` };
    if (by === 'process') return { name: `process ${pid}` };
    return { name: threadLabel({ name: strings[threads.name[thread]], tid: threads.tid[thread] }) };
  });
}

/**
 * A call tree for each value of a label: `go tool pprof -tagroot`, and like there the label's key is shown where a file would be. Samples
 * without the label are one tree.
 */
export function rootedByLabel(profile: Profile, key: string): Profile {
  return rooted(profile, (thread, labels) => {
    const { texts, numbers } = sampleTags(profile, thread, labels);
    const values = [
      ...texts.filter((tag) => tag.key === key).map(({ text }) => text),
      ...numbers.filter((tag) => tag.key === key).map(({ number }) => String(number)),
    ];
    return { name: values.length === 0 ? `(no ${key})` : values.join(), file: key };
  });
}

function rooted(profile: Profile, rootOf: (thread: ThreadIndex, labels: LabelSetIndex) => StandIn): Profile {
  const { stacks, samples } = profile;
  const appended = new AppendedFrames(profile);
  const roots = new IntKeyMap(64);
  const stackOf = new IntKeyMap(stacks.length);
  const parent = new Int32Column(1024);
  const frame = new Int32Column(1024);
  const add = (up: number, own: FrameIndex) => {
    if (frame.length === MOST_STACKS)
      throw new UnusableOperation('A tree for each would be too large: the stacks are too many.');
    parent.push(up);
    return frame.push(own);
  };
  const path: number[] = [];
  const stack = new Int32Array(samples.length);
  for (let sample = 0; sample < samples.length; sample++) {
    const [thread, labels] = [samples.thread[sample], samples.labels[sample]];
    let root = roots.get(thread, labels);
    if (root === NONE) {
      root = appended.frame(rootOf(thread, labels));
      roots.set(thread, labels, root);
    }
    let at = samples.stack[sample];
    let known = stackOf.get(at, root);
    while (known === NONE && at !== NONE) {
      path.push(at);
      at = stacks.parent[at];
      known = stackOf.get(at, root);
    }
    if (known === NONE) {
      known = add(NONE, root);
      stackOf.set(NONE, root, known);
    }
    while (path.length > 0) {
      at = path.pop()!;
      known = add(known, stacks.frame[at]);
      stackOf.set(at, root, known);
    }
    stack[sample] = known;
  }
  return {
    ...appended.finish(),
    stacks: { length: frame.length, parent: parent.finish(), frame: frame.finish() },
    samples: { ...samples, stack },
  };
}

const MOST_STACKS = 50_000_000;
