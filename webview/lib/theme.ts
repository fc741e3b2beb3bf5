import { color, type RGBColor, rgb } from 'd3';

/** Colours and fonts of the page as it looks now. */
export interface Theme {
  readonly kind: 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';
  readonly background: RGBColor;
  readonly foreground: RGBColor;
  readonly focus: RGBColor;
  /** Outline round everything in a high-contrast theme; `undefined` in others. */
  readonly contrastBorder: RGBColor | undefined;
  /** Steps of cost, the coldest first: the editor's. */
  readonly heat: readonly RGBColor[];
  /** What costs more, and what costs less, than before. */
  readonly rise: RGBColor;
  readonly fall: RGBColor;
  readonly codeFont: string;
}

/** Reads the theme from the variables that VS Code sets on the page. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const variable = (name: string) => style.getPropertyValue(`--vscode-${name}`).trim();
  const kind = (['high-contrast-light', 'high-contrast', 'light'] as const).find((word) =>
    document.body.classList.contains(`vscode-${word}`),
  );
  const theme = kind ?? 'dark';
  const isDark = theme === 'dark' || theme === 'high-contrast';
  const own = (name: string, otherwise: string): RGBColor => color(variable(name))?.rgb() ?? rgb(otherwise);
  const background = own('editor-background', isDark ? '#1f1f1f' : '#ffffff');
  return {
    kind: theme,
    background,
    foreground: own('editor-foreground', isDark ? '#cccccc' : '#3b3b3b'),
    focus: own('focusBorder', '#0078d4'),
    contrastBorder: variable('contrastBorder') === '' ? undefined : own('contrastBorder', '#6fc3df'),
    heat: HEAT[theme].map((step, index) => own(`perfwright-heat${index + 1}`, step)),
    rise: own('perfwright-rise', CHANGE[theme].rise),
    fall: own('perfwright-fall', CHANGE[theme].fall),
    codeFont: variable('editor-font-family') || 'monospace',
  };
}

/** Calls back when the theme has changed: VS Code then rewrites the variables and the body's class. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}

/** The steps' colours by default, for a page outside VS Code: those that package.json contributes. */
export const HEAT: Readonly<Record<Theme['kind'], readonly string[]>> = {
  dark: ['#7a5c33', '#a8752a', '#d9952a', '#f5b942', '#ffe08a'],
  light: ['#d9a441', '#b8741a', '#9c4f12', '#7a330d', '#4f1a06'],
  'high-contrast': ['#8f6a35', '#bd852f', '#e8a325', '#ffc94d', '#fff0b8'],
  'high-contrast-light': ['#a8731f', '#8f5514', '#75390d', '#591f06', '#330f02'],
};

/** The same of changes: orange and blue, which people with any kind of colour vision tell apart (Okabe and Ito's vermilion and blue, as light as the theme needs them). */
export const CHANGE: Readonly<Record<Theme['kind'], { readonly rise: string; readonly fall: string }>> = {
  dark: { rise: '#e8702a', fall: '#3d9be0' },
  light: { rise: '#ee8449', fall: '#4a9edb' },
  'high-contrast': { rise: '#ff8a3d', fall: '#4db2ff' },
  'high-contrast-light': { rise: '#d95b10', fall: '#1478bd' },
};
