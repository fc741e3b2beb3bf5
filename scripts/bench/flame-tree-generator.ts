import { NONE } from '../../src/core/profile/profile.ts';
import type { FlameTree } from '../../src/core/profile/queries/flame-graph.ts';
import { seededRandom } from '../../test/support/seeded-random.ts';

/**
 * A call tree as a large C++ service has one: functions of a few dozen modules that call one another, 10 to 60 deep, most of the cost in
 * few paths and a long tail of narrow ones.
 */
export function generateFlameTree({ nodes, seed }: { nodes: number; seed: number }): FlameTree {
  const random = seededRandom(seed);
  const functions = Math.min(8000, Math.ceil(nodes / 10));
  const parent = new Int32Array(nodes);
  const depth = new Uint8Array(nodes);
  const func = new Int32Array(nodes);
  const self = new Float64Array(nodes);
  parent[0] = NONE;
  func[0] = NONE;
  for (let node = 1; node < nodes; node++) {
    // A new path leaves an older one somewhere; then it goes on downwards.
    const goesOn = node > 1 && depth[node - 1] < 10 + 50 * random() && random() < 0.92;
    let caller = goesOn ? node - 1 : Math.floor(random() ** 2 * node);
    while (depth[caller] >= 60) caller = parent[caller];
    parent[node] = caller;
    depth[node] = depth[caller] + 1;
    func[node] = Math.floor(random() ** 2 * functions);
    self[node] = random() < 0.4 ? Math.ceil(1 / (random() + 1e-3)) * 1e6 : 0;
  }
  const total = self.slice();
  for (let node = nodes - 1; node > 0; node--) total[parent[node]] += total[node];
  const name = Array.from(
    { length: functions },
    (_, at) => `service::part${at % 40}::Type${at % 300}<int, Policy${at % 7}>::method_${at}`,
  );
  return {
    value: { type: 'cpu-clock', unit: 'nanoseconds' },
    parent,
    self,
    total,
    function: func,
    inlined: Uint8Array.from(func, (at) => (at % 5 === 0 ? 1 : 0)),
    kind: Uint8Array.from(func, (at) => (at % 11 === 0 ? 1 : 0)),
    line: new Uint32Array(nodes),
    functions: {
      index: Int32Array.from(name, (_, at) => at),
      name,
      fullName: name.map((text) => `${text}(std::vector<int> const&)`),
      file: name.map((_, at) => `/src/service/part${at % 40}.cpp`),
      startLine: new Uint32Array(functions).fill(1),
      module: Int32Array.from(name, (_, at) => at % 24),
      modules: Array.from({ length: 24 }, (_, at) => `/usr/lib/libpart${at}.so`),
    },
  };
}
