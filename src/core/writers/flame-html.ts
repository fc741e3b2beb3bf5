import { gzipSync, strFromU8, strToU8 } from 'fflate';
import type { FlameTree } from '../profile/queries/flame-graph.ts';
import { type RecordedSamples, recordedSamples } from '../profile/sample-counts.ts';
import { flameLosses, flameTreeOf } from './flame-tree-of.ts';
import type { Writer } from './writer.ts';

/** What an HTML file carries of a recording: `data` in it, as JSON, compressed with gzip, in base64. */
export interface FlameFile extends RecordedSamples {
  readonly title: string;
  readonly mayMislead: readonly string[];
  readonly warnings: readonly string[];
  /** A FlameTree whose typed arrays are lists of numbers. */
  readonly tree: Plain<FlameTree>;
}

/** The same with lists for typed arrays, as JSON has them. */
export type Plain<T> = {
  readonly [K in keyof T]: T[K] extends ArrayBufferView
    ? readonly number[]
    : T[K] extends readonly string[] | string
      ? T[K]
      : Plain<T[K]>;
};

/** The interactive flame graph in one file that needs nothing else: the panel's own code, with the tree. */
export const flameHtml: Writer = {
  format: 'flame graph as HTML',
  extension: '.html',
  losses: (profile, options) => [...flameLosses(profile, options), 'Lines within functions are left out.'],
  write(profile, options = {}) {
    if (!options.flameViewer) throw new Error('The flame graph’s viewer is missing: build the project first.');
    const { origin, quality } = profile;
    const file: FlameFile = {
      title: [origin.commandLine.join(' ') || origin.format || 'Flame graph', ...(options.looked ?? [])].join(' · '),
      ...recordedSamples(profile),
      mayMislead: origin.mayMislead,
      warnings: quality.warnings,
      tree: plainTree(flameTreeOf(profile, options)),
    };
    const data = gzipSync(strToU8(JSON.stringify(file)), { mtime: 0 });
    return strToU8(page(file.title, base64(data), options.flameViewer()));
  },
};

/** Script and styles of the viewer, as the build made them: they load nothing. */
export interface FlameViewer {
  readonly script: string;
  readonly style: string;
}

/**
 * The page may run and look as it brings along, load nothing, and connect to nowhere. What comes from the recording is base64, but for
 * the title, which is escaped.
 */
function page(title: string, data: string, { script, style }: FlameViewer): string {
  const policy =
    "default-src 'none'; script-src 'nonce-perfwright'; style-src 'nonce-perfwright'; font-src data:; img-src data:";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="perfwright">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="perfwright">
${style.replaceAll('</', '<\\/')}
</style>
</head>
<body>
<script type="application/octet-stream" id="data">${data}</script>
<script nonce="perfwright">
${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}
</script>
</body>
</html>
`;
}

function plainTree({ functions, ...columns }: FlameTree): FlameFile['tree'] {
  return {
    value: columns.value,
    parent: [...columns.parent],
    self: [...columns.self],
    total: [...columns.total],
    function: [...columns.function],
    inlined: [...columns.inlined],
    kind: [...columns.kind],
    line: [...columns.line],
    functions: {
      index: [...functions.index],
      name: functions.name,
      fullName: functions.fullName,
      file: functions.file,
      startLine: [...functions.startLine],
      module: [...functions.module],
      modules: functions.modules,
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function base64(bytes: Uint8Array): string {
  const letters = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  let written = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const three = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const count = Math.min(3, bytes.length - at) + 1;
    for (let letter = 0; letter < count; letter++) {
      letters[written + letter] = BASE64.charCodeAt((three >> (18 - 6 * letter)) & 63);
    }
    written += 4;
  }
  return strFromU8(letters, true);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;
