/** Every setting but the paths of tools, with its default. package.json declares the same (test/manifest.test.ts). */
export const SETTINGS = {
  'record.tool': 'auto',
  'record.frequency': 0,
  'record.events': [] as readonly string[],
  'record.callGraph': 'fp' as 'fp' | 'dwarf' | 'lbr',
  'record.duration': 0,
  'record.wholeTree': true,
  'lines.gutter': true,
  'lines.endOfLine': true,
  'lines.threshold': 1,
  'lenses.enabled': true,
  'lenses.run': true,
  units: 'shareAndAmount' as Units,
  sourceMap: {} as Readonly<Record<string, string>>,
};

/** How a cost is written. */
export type Units = 'shareAndAmount' | 'share' | 'amount';
