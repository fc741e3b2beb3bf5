import { closeSync, openSync, writeSync } from 'node:fs';
import { seededRandom } from '../../test/support/seeded-random.ts';

export interface CpuProfileSize {
  readonly nodes: number;
  readonly samples: number;
  readonly seed: number;
}

/** Writes a CPU profile as V8 would for a large program: no blanks, each node with its place, some with counts by line. */
export function generateCpuProfile(path: string, { nodes, samples, seed }: CpuProfileSize): void {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const files = Array.from({ length: 400 }, (_, index) => fileUrl(index, below));
  const startLines: number[] = [];
  const functions = Array.from({ length: 12_000 }, (_, index) => {
    const name = `${VERBS[below(VERBS.length)]}${NOUNS[below(NOUNS.length)]}${index}`;
    const line = below(3000);
    const place = `"lineNumber":${line},"columnNumber":${below(80)}`;
    startLines.push(line);
    return `{"functionName":"${name}","scriptId":"${below(900)}","url":"${files[below(files.length)]}",${place}}`;
  });
  functions[0] = '{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1}';
  // A node hangs below one of the last few hundred, so that stacks get some dozen deep.
  const children: number[][] = [[]];
  const depth = [0];
  for (let node = 1; node < nodes; node++) {
    let parent = Math.max(0, node - 1 - below(Math.min(node, 300)));
    if (depth[parent] > 60) parent = 0;
    children.push([]);
    depth.push(depth[parent] + 1);
    children[parent].push(node + 1);
  }
  const ids = Array.from({ length: samples }, () => 1 + below(nodes));
  const hits = new Int32Array(nodes + 1);
  for (const id of ids) hits[id]++;
  const file = openSync(path, 'w');
  let text = '{"nodes":[';
  const add = (more: string) => {
    text += more;
    if (text.length < 1 << 20) return;
    writeSync(file, text);
    text = '';
  };
  for (let node = 0; node < nodes; node++) {
    const own = children[node].length > 0 ? `,"children":[${children[node].join()}]` : '';
    const count = hits[node + 1];
    const func = node === 0 ? 0 : 1 + below(functions.length - 1);
    const line = startLines[func] + 2 + below(12);
    const ticks =
      count === 0
        ? ''
        : `,"positionTicks":[{"line":${line},"ticks":1}${count > 1 ? `,{"line":${line + 2},"ticks":${count - 1}}` : ''}]`;
    add(`${node === 0 ? '' : ','}{"id":${node + 1},"callFrame":${functions[func]},"hitCount":${count}${own}${ticks}}`);
  }
  const deltas = Array.from({ length: samples }, () => 900 + below(200));
  const start = 163_140_599_286;
  const end = start + deltas.reduce((sum, delta) => sum + delta, 0) + 500;
  add(`],"startTime":${start},"endTime":${end},"samples":[${ids.join()}],"timeDeltas":[${deltas.join()}]}`);
  writeSync(file, text);
  closeSync(file);
}

function fileUrl(index: number, below: (end: number) => number): string {
  const folders = Array.from({ length: 2 + below(3) }, () => NOUNS[below(NOUNS.length)].toLowerCase());
  return `file:///home/someone/projects/service/node_modules/${folders.join('/')}/lib/module-${index}.js`;
}

const VERBS = ['read', 'write', 'parse', 'emit', 'resolve', 'compute', 'transform', 'find', 'is', 'visit'];
const NOUNS = ['Token', 'Node', 'Request', 'Stream', 'Module', 'Scope', 'Expression', 'Buffer', 'Config', 'Entry'];
