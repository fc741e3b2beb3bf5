import { fileURLToPath } from 'node:url';

/** Paths of the files in a list of URIs, as a drag from the explorer carries it: one a line, comments begin with `#` (RFC 2483, section 5). */
export function droppedFiles(uriList: string): string[] {
  const lines = uriList.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  return [...new Set(lines.flatMap(pathOf))];
}

/** Files of a remote window are those of the machine that the extension runs on. */
function pathOf(uri: string): string[] {
  try {
    const { protocol, pathname } = new URL(uri);
    if (protocol === 'file:') return [fileURLToPath(uri)];
    return protocol === 'vscode-remote:' ? [decodeURIComponent(pathname)] : [];
  } catch {
    return [];
  }
}
