/** VS Code's own themes in which everything has to look right. */
export const THEMES: Record<ThemeName, Theme> = {
  dark: { setting: 'Dark Modern', bodyClass: 'vs-dark' },
  light: { setting: 'Light Modern', bodyClass: 'vs' },
  'high-contrast': { setting: 'Default High Contrast', bodyClass: 'hc-black' },
};

export type ThemeName = 'dark' | 'light' | 'high-contrast';

/** The value of workbench.colorTheme, and the class by which the window shows it has followed. */
export type Theme = { readonly setting: string; readonly bodyClass: string };
