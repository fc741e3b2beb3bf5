/** A table as text, to paste into a spreadsheet or into an issue. */
export interface TextColumn<R> {
  /** With the unit: `Self (nanoseconds)`. */
  readonly title: string;
  readonly isNumber: boolean;
  text(row: R): string;
}

export const TABLE_FORMATS = ['tsv', 'markdown'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export function tableText<R>(format: TableFormat, columns: readonly TextColumn<R>[], rows: Iterable<R>): string {
  const { line, under } = FORMATS[format];
  const lines = [line(columns.map(({ title }) => title)), ...under(columns)];
  for (const row of rows) lines.push(line(columns.map((column) => column.text(row))));
  return `${lines.join('\n')}\n`;
}

const FORMATS: Record<
  TableFormat,
  {
    line(cells: readonly string[]): string;
    under(columns: readonly { readonly isNumber: boolean }[]): readonly string[];
  }
> = {
  tsv: {
    line: (cells) => cells.map(oneLine).join('\t'),
    under: () => [],
  },
  markdown: {
    line: (cells) => `| ${cells.map((cell) => escaped(oneLine(cell))).join(' | ')} |`,
    under: (columns) => [`| ${columns.map(({ isNumber }) => (isNumber ? '---:' : '---')).join(' | ')} |`],
  },
};

function oneLine(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}

/** Nothing in a name is markup: by https://spec.commonmark.org/0.31.2/#backslash-escapes any of these may stand behind a backslash. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|~$&]/g, '\\$&');
}
