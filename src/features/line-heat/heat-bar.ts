import * as vscode from 'vscode';

/** Colours of the five steps, coolest first, as `#rrggbb`. */
export type HeatColors = readonly string[];

/** The bar in the gutter: as long as its step, filled where the cost is the line's own, hollow where it is that of calls. */
export function heatBar(color: string, step: number, isOwn: boolean): vscode.Uri {
  const length = 2.8 * step;
  const shape = isOwn
    ? `<rect x="1" y="4" width="${length}" height="8" fill="${color}"/>`
    : `<rect x="1.75" y="4.75" width="${length - 1.5}" height="6.5" fill="none" stroke="${color}" stroke-width="1.5"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${shape}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
}

type ContributedColor = {
  id: string;
  defaults: Record<'dark' | 'light' | 'highContrast' | 'highContrastLight', string>;
};

/**
 * The colours of the steps in the current theme. An icon of the gutter can't take a theme's colour by name, so they are looked up: what
 * a person set in `workbench.colorCustomizations`, else the default that package.json gives for this kind of theme.
 */
export function heatColors(extension: vscode.Extension<unknown>): HeatColors {
  const contributed: readonly ContributedColor[] = extension.packageJSON.contributes.colors;
  const custom =
    vscode.workspace.getConfiguration('workbench').get<Record<string, unknown>>('colorCustomizations') ?? {};
  const kind = KINDS[vscode.window.activeColorTheme.kind];
  return contributed
    .filter(({ id }) => id.startsWith('perfwright.heat'))
    .map(({ id, defaults }) => {
      const own = custom[id];
      return typeof own === 'string' && /^#[0-9a-f]{3,8}$/i.test(own) ? own : defaults[kind];
    });
}

const KINDS = {
  [vscode.ColorThemeKind.Dark]: 'dark',
  [vscode.ColorThemeKind.Light]: 'light',
  [vscode.ColorThemeKind.HighContrast]: 'highContrast',
  [vscode.ColorThemeKind.HighContrastLight]: 'highContrastLight',
} as const;
