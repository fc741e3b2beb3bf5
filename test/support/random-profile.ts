import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import { FRAME_KINDS, type FrameIndex, NONE, type Profile } from '../../src/core/profile/profile.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * A profile of random stacks, the same for the same seed: much recursion, inlined frames, frames without a function, a line or a module,
 * functions that share a file's lines and take lines from other files, samples without a stack or a thread, three value types. Weights are whole, so sums are exact.
 */
export function randomProfile(seed: number, samples = 120): Profile {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const builder = new ProfileBuilder();
  const modules = ['/bin/program', '/lib/libshared.so', '[kernel.kallsyms]'].map((path) => builder.module(path));
  const functions = Array.from({ length: 3 + below(8) }, (_, index) =>
    builder.function({
      name: `f${index}`,
      fullName: `f${index}(int)`,
      systemName: `_Z2f${index}i`,
      file: ['', 'a.c', 'b.h', 'b.h'][index % 4],
      startLine: index * 10,
      module: modules[index % 3],
    }),
  );
  const frame = (canBeInlined: boolean): FrameIndex => {
    const func = random() < 0.05 ? NONE : functions[below(functions.length)];
    return builder.frame({
      function: func,
      file: func !== NONE && random() < 0.2 ? ['a.c', 'included.def'][below(2)] : undefined,
      line: below(6),
      column: below(2),
      module: random() < 0.1 ? NONE : modules[below(3)],
      address: BigInt(0x1000 + below(50)),
      inlined: canBeInlined && random() < 0.3,
      kind: FRAME_KINDS[below(2)],
    });
  };
  const values = ['cpu-clock', 'samples', 'page-faults'].map((type) =>
    builder.value(type, type === 'cpu-clock' ? 'nanoseconds' : 'count'),
  );
  const threads = ['main', 'worker', 'worker'].map((name, index) => builder.thread(7, 7 + index, name));
  const met: FrameIndex[][] = [];
  for (let sample = 0; sample < samples; sample++) {
    const base = met.length > 0 && random() < 0.7 ? met[below(met.length)] : [];
    const frames = base.slice(0, below(base.length + 1));
    for (let more = below(6); more > 0; more--) frames.push(frame(frames.length > 0));
    met.push(frames);
    const thread = random() < 0.05 ? NONE : threads[below(threads.length)];
    const time = random() < 0.1 ? Number.NaN : below(1000) * 1e6;
    const tag = { key: 'tag', text: `t${below(3)}` };
    const bytes = { key: 'bytes', number: below(2) * 64, unit: 'bytes' };
    const labels = builder.labelSet([[], [tag], [tag, bytes], [bytes]][sample % 4]);
    const row = builder.sample(builder.stackOf(frames), thread, time, labels);
    for (const value of values) if (random() < 0.7) builder.addWeight(row, value, below(20));
  }
  return builder.finish({ origin: { format: 'random' } });
}
