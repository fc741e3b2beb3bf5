/** Reads an environment file: `NAME=value` on each line, `export` before it allowed, values quoted or not, `#` for comments. */
export function readEnvFile(text: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match) env[match[1]] = unquoted(match[2]);
  }
  return env;
}

function unquoted(value: string): string {
  const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(value);
  if (!quoted) return value.replace(/\s+#.*$/, '');
  return quoted[1] === '"' ? quoted[2].replaceAll('\\n', '\n').replaceAll('\\"', '"') : quoted[2];
}
