/**
 * The page of a panel. It may run one script, by its nonce, and load styles and fonts from where the extension's own are; nothing else:
 * no other script, no image, no connection. Styles with the nonce are the UI toolkit's, which finds it in the meta element; so does the
 * page that brings another program along.
 */
export function panelHtml({ title, script, style, source, nonce, compilesWasm = false }: PanelPage): string {
  const wasm = compilesWasm ? " 'wasm-unsafe-eval'" : '';
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'${wasm}; style-src ${source} 'nonce-${nonce}'; font-src ${source}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta property="csp-nonce" content="${attribute(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

export interface PanelPage {
  readonly title: string;
  /** Addresses of the panel's bundle. */
  readonly script: string;
  readonly style: string;
  /** Origin of those, as a source in a content security policy. */
  readonly source: string;
  readonly nonce: string;
  /** Whether the page's scripts may compile WebAssembly that they hold; they still can't fetch any. */
  readonly compilesWasm?: boolean;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]!);
}
