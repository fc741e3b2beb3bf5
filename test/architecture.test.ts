import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** The kernels' own sources are in AssemblyScript, and import nothing but one another. */
const ASSEMBLY = 'src/core/kernels/assembly/';
const SOURCES = globSync('{src,webview}/**/*.ts', { cwd: ROOT })
  .filter((file) => !file.startsWith(ASSEMBLY))
  .sort();

/** Who may import whom: the table of docs/architecture.md. A part may always import itself, unless it is listed under ALONE. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core'],
  symbols: ['core', 'node:'],
  tools: ['core', 'node:'],
  runs: ['tools', 'symbols', 'core', 'node:'],
  cli: ['runs', 'tools', 'symbols', 'core', 'node:'],
  host: ['runs', 'protocol', 'core', 'vscode', 'node:'],
  features: ['host', 'runs', 'protocol', 'core', 'tools', 'symbols', 'vscode', 'node:'],
  'extension.ts': ['features', 'host', 'vscode'],
  'webview/lib': ['protocol', 'core'],
  'webview/widgets': ['webview/lib', 'protocol', 'core'],
  'webview/panels': ['webview/lib', 'webview/widgets', 'protocol', 'core'],
};

/** Pure packages that a part may use. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: ['fzstd', 'fflate', 're2js'],
  host: ['jsonc-parser'],
  features: ['jsonc-parser'],
  'webview/lib': ['d3'],
  'webview/widgets': ['d3', '@vscode/webview-ui-toolkit'],
  'webview/panels': ['d3'],
};

/** Parts whose members never import one another, apart from the table that lists them. */
const ALONE = ['features', 'webview/panels'];

/** Files over the limit of 500 lines; this list only gets shorter. */
const LONG_FILES: readonly string[] = [];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly isTypeOnly: boolean;
}

const IMPORTS: readonly Import[] = SOURCES.flatMap((file) =>
  [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(
      /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/gm,
    ),
  ].map(([, type, from, dynamic]) => ({ file, from: from ?? dynamic, isTypeOnly: type !== undefined })),
);

/** `src/core/profile/x.ts` is in part `core`; `webview/panels/flame-graph/main.ts` in `webview/panels`. */
function partOf(file: string): string {
  const [top, second] = file.split('/');
  return top === 'src' ? second : `${top}/${second}`;
}

/** The member of a part that stands alone: `flame-graph` of `features/flame-graph/panel.ts`. */
function memberOf(file: string): string {
  return file.split('/')[2];
}

function targetOf({ file, from }: Import): string | undefined {
  return from.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), from)) : undefined;
}

describe('architecture', () => {
  it('reads a plausible number of imports', () => {
    assert.ok(
      SOURCES.length > 30 && IMPORTS.length > SOURCES.length,
      `${SOURCES.length} files, ${IMPORTS.length} imports`,
    );
  });

  it('a part imports only parts that it may import', () => {
    const wrong = IMPORTS.filter((one) => {
      const target = targetOf(one);
      if (target === undefined) return false;
      const [own, other] = [partOf(one.file), partOf(target)];
      return own !== other && !MAY_IMPORT[own]?.includes(other);
    });
    assert.deepEqual(wrong, []);
  });

  it('a part uses Node, VS Code and packages only where it may', () => {
    const wrong = IMPORTS.filter((one) => {
      if (one.from.startsWith('.')) return false;
      const own = partOf(one.file);
      if (one.from.startsWith('node:')) return !MAY_IMPORT[own]?.includes('node:');
      if (one.from === 'vscode') return !MAY_IMPORT[own]?.includes('vscode');
      return !PACKAGES[own]?.some((name) => one.from === name || one.from.startsWith(`${name}/`));
    });
    assert.deepEqual(wrong, []);
  });

  it('the protocol imports types only', () => {
    const wrong = IMPORTS.filter((one) => {
      const target = targetOf(one);
      return partOf(one.file) === 'protocol' && target && partOf(target) !== 'protocol' && !one.isTypeOnly;
    });
    assert.deepEqual(wrong, []);
  });

  it('features and panels never import one another', () => {
    const wrong = IMPORTS.filter((one) => {
      const target = targetOf(one);
      const own = partOf(one.file);
      if (!target || partOf(target) !== own || !ALONE.includes(own)) return false;
      return memberOf(one.file) !== 'index.ts' && memberOf(one.file) !== memberOf(target);
    });
    assert.deepEqual(wrong, []);
  });

  it('only tools/run.ts starts programs', () => {
    const starting = IMPORTS.filter(({ from, isTypeOnly }) => /child_process|node:cluster/.test(from) && !isTypeOnly);
    assert.deepEqual([...new Set(starting.map(({ file }) => file))], ['src/tools/run.ts']);
  });

  it('the deprecated UI toolkit stays behind one module', () => {
    const users = IMPORTS.filter(({ from }) => from.startsWith('@vscode/webview-ui-toolkit')).map(({ file }) => file);
    for (const file of users) assert.equal(file, 'webview/widgets/toolkit.ts');
  });

  it('an import names a file with its extension', () => {
    const wrong = IMPORTS.filter(({ from }) => from.startsWith('.') && !/\.(ts|css|json)$/.test(from));
    assert.deepEqual(wrong, []);
  });

  it('files are named in kebab-case, and none for a heap of things', () => {
    const wrong = SOURCES.filter((file) => {
      const name = file.split('/').at(-1)!.replace(/\.ts$/, '');
      const heap = /(^|-)(utils?|helpers?|common|managers?|services?|base|misc)$|^types$/;
      return !/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?$/.test(name) || heap.test(name);
    });
    assert.deepEqual(wrong, []);
  });

  it('a file has at most 500 lines, and half of them fewer than 120', () => {
    const lengths = SOURCES.map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length }));
    const long = lengths.filter(({ lines }) => lines > 500).map(({ file }) => file);
    assert.deepEqual(long, LONG_FILES);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    assert.ok(sorted[sorted.length >> 1] < 120, `the median is ${sorted[sorted.length >> 1]} lines`);
  });
});
