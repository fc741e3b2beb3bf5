import { groupsOf } from '../../../src/core/profile/flame-colours.ts';
import type { FlameTree } from '../../../src/core/profile/queries/flame-graph.ts';
import type { FlameFile } from '../../../src/core/writers/flame-html.ts';
import type { Handlers, HostConnection } from '../../../src/protocol/contract.ts';
import type { FlameGraphContract } from '../../../src/protocol/flame-graph.ts';
import { FlamePanel } from './flame-panel.ts';

// The flame graph in a file of its own: the panel, with the recording's tree from the page in the host's stead.

const THEMES: readonly (readonly [string, string])[] = [
  ['(prefers-contrast: more)', 'vscode-high-contrast'],
  ['(prefers-color-scheme: light)', 'vscode-light'],
];

function followTheme(): void {
  const wanted = THEMES.find(([query]) => matchMedia(query).matches)?.[1] ?? 'vscode-dark';
  document.body.className = wanted;
}

async function readData(): Promise<FlameFile> {
  const text = document.getElementById('data')!.textContent!.trim();
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
}

function typedTree({ tree }: FlameFile): FlameTree {
  const { functions } = tree;
  return {
    value: tree.value,
    parent: Int32Array.from(tree.parent),
    self: Float64Array.from(tree.self),
    total: Float64Array.from(tree.total),
    function: Int32Array.from(tree.function),
    inlined: Uint8Array.from(tree.inlined),
    kind: Uint8Array.from(tree.kind),
    line: Uint32Array.from(tree.line),
    functions: {
      ...functions,
      index: Int32Array.from(functions.index),
      startLine: Uint32Array.from(functions.startLine),
      module: Int32Array.from(functions.module),
    },
  };
}

function handlers(file: Promise<FlameFile>): Handlers<FlameGraphContract> {
  return {
    async state() {
      const { title, samples, hasSampleCount, mayMislead, warnings, tree } = await file;
      return {
        status: 'open',
        id: title,
        title,
        canLook: false,
        codeGroups: groupsOf(tree),
        view: { value: 0, threads: null, inlines: true, kernel: true, operations: [] },
        parts: [],
        canUndo: false,
        canRedo: false,
        values: [tree.value],
        threads: [],
        hasKernel: false,
        samples,
        hasSampleCount,
        quality: { word: warnings.length === 0 ? 'good data' : 'check data', findings: warnings },
        mayMislead,
      };
    },
    async tree() {
      const tree = typedTree(await file);
      return { tree, inWorkspace: new Uint8Array(tree.functions.index.length), whole: tree.total[0] };
    },
    async copy(text) {
      await navigator.clipboard.writeText(text);
      return null;
    },
    save({ format, name, bytes }) {
      const link = document.createElement('a');
      const type = format === 'svg' ? 'image/svg+xml' : 'image/png';
      link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
      link.download = `${name.replace(/[^\w.-]+/g, '-')}.${format}`;
      link.click();
      URL.revokeObjectURL(link.href);
      return link.download;
    },
    // What a file can't do isn't offered in it.
    sandwich: async () => {
      throw new Error('Callers and callees are not in this file.');
    },
    step: () => null,
    addFilter: () => null,
    look: () => null,
    open: () => null,
    highlight: () => null,
    moved: () => null,
    places: () => null,
    cancel: () => null,
    act: () => null,
  };
}

function connection(own: Handlers<FlameGraphContract>): HostConnection<FlameGraphContract> {
  return {
    ask: async (name, ask) => own[name](ask as never) as never,
    onChange: () => {},
    kept: () => undefined,
    keep: () => {},
  };
}

followTheme();
for (const [query] of THEMES) matchMedia(query).addEventListener('change', followTheme);
new FlamePanel(connection(handlers(readData())));
