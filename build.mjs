// Builds what is shipped into dist/: the extension, its worker, the command line, the watchdog of recordings, every panel, and speedscope.
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { context } from 'esbuild';
import { speedscopeFiles } from './scripts/build/speedscope-files.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const isWatching = process.argv.includes('--watch');
const isProduction = !isWatching;
const folder = isWatching ? 'dist' : `dist.${process.pid}.unfinished`;
process.once('exit', () => rmSync(`dist.${process.pid}.unfinished`, { recursive: true, force: true }));

const programs = {
  extension: 'src/extension.ts',
  worker: 'src/runs/profile-worker.ts',
  cli: 'src/cli/start.ts',
  'cli-program': 'src/cli/main.ts',
  watchdog: 'src/runs/watchdog.ts',
  'node-collector': 'src/tools/node-profiler/collector.ts',
};

const shared = {
  bundle: true,
  minify: isProduction,
  keepNames: isProduction,
  sourcemap: isWatching ? 'linked' : false,
  legalComments: 'eof',
  metafile: true,
  logLevel: 'warning',
};

/**
 * One object for all of VS Code's API. esbuild would copy it, some four hundred properties, for each file that imports it: half of what
 * it takes to load the extension.
 */
const sharedVsCode = {
  name: 'shared-vscode',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      return {
        contents: text.replace(/^import \* as vscode from 'vscode';$/m, "const vscode = require('vscode');"),
        loader: 'ts',
      };
    });
  },
};

const node = {
  ...shared,
  plugins: [sharedVsCode],
  entryPoints: Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(file))),
  outdir: folder,
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  external: ['vscode'],
  define: {
    PERFWRIGHT_VERSION: JSON.stringify(version),
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
};

const panels = globSync('webview/panels/*/main.ts');
const webview = {
  ...shared,
  entryPoints: panels.flatMap((main) => {
    const name = basename(dirname(main));
    const style = main.replace('main.ts', 'panel.css');
    return [{ in: main, out: name }, ...(existsSync(style) ? [{ in: style, out: name }] : [])];
  }),
  outdir: join(folder, 'webview'),
  platform: 'browser',
  format: 'iife',
  target: 'es2024',
  loader: { '.ttf': 'file' },
};

/** What a panel leaves behind in a file of its own: it brings its fonts along. */
const exported = {
  ...webview,
  entryPoints: globSync('webview/panels/*/export.ts').flatMap((main) => {
    const out = `${basename(dirname(main))}-export`;
    return [
      { in: main, out },
      { in: main.replace('export.ts', 'export.css'), out },
    ];
  }),
  loader: { '.ttf': 'dataurl' },
};

for (const options of panels.length > 0 ? [node, webview, exported] : [node]) {
  const job = await context(options);
  if (isWatching) {
    await job.watch();
  } else {
    await job.rebuild();
    await job.dispose();
  }
}
// As it is: it runs in whatever Node a program has.
copyFileSync('src/tools/node-profiler/preload.cjs', join(folder, 'node-preload.cjs'));
const viewer = join(folder, 'webview', 'speedscope');
mkdirSync(viewer, { recursive: true });
for (const [name, bytes] of speedscopeFiles()) writeFileSync(join(viewer, name), bytes);
if (!isWatching) {
  // Only now: a build that fails leaves the last one in place.
  rmSync('dist', { recursive: true, force: true });
  renameSync(folder, 'dist');
}
