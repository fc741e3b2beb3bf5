import { formatBytes } from '../core/units.ts';
import type { Environment } from './environment.ts';

/** What differs between the machines and the code that two runs were made on, as sentences; what isn't known of both is left out. */
export function environmentDifferences(before: Environment | null, after: Environment | null): string[] {
  if (!before || !after) return [];
  return FACTS.flatMap(([what, factOf]) => {
    const [was, is] = [known(factOf, before), known(factOf, after)];
    return was === '' || is === '' || was === is ? [] : [`${what}: ${was} before, ${is} after.`];
  });
}

/** A fact in words; '' where it isn't known. */
type Fact = (environment: Environment) => string;

/** What must be alike for two runs to be compared, the worst first. */
const FACTS: readonly (readonly [string, Fact])[] = [
  ['Processor', ({ cpu }) => cpu.model],
  ['Processors online', ({ cpu }) => (cpu.processors > 0 ? String(cpu.processors) : '')],
  ['Architecture', ({ architecture }) => architecture],
  ['Frequency governor', ({ cpu }) => cpu.governor],
  ['Turbo', ({ cpu: { turbo } }) => (turbo === null ? '' : turbo ? 'on' : 'off')],
  ['Processor limit', ({ cgroup }) => (cgroup ? limit(cgroup.cpus, (cpus) => `${cpus} processors`) : '')],
  ['Processors allowed', ({ cgroup }) => cgroup?.cpuset ?? ''],
  ['Memory limit', ({ cgroup }) => (cgroup ? limit(cgroup.memoryBytes, formatBytes) : '')],
  ['Machine', ({ host }) => host],
  ['Kernel', ({ kernel }) => kernel],
  ['System', ({ distribution }) => distribution],
  ['Container', ({ container }) => (container === '' ? 'none' : container)],
  ['Memory', ({ memoryBytes }) => (memoryBytes > 0 ? formatBytes(memoryBytes) : '')],
  [
    'Commit',
    ({ git }) => (git?.commit ? `${git.commit.slice(0, 7)}${git.dirty.length > 0 ? ' with changes' : ''}` : ''),
  ],
];

function limit(amount: number | null, words: (amount: number) => string): string {
  return amount === null ? 'none' : words(amount);
}

/** A run's record may be of another version, or somebody else's: what is missing or of another kind isn't known. */
function known(factOf: Fact, environment: Environment): string {
  try {
    const fact: unknown = factOf(environment);
    return typeof fact === 'string' ? fact : '';
  } catch {
    return '';
  }
}
