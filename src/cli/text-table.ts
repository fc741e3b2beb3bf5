import { oneLine } from '../core/visible-text.ts';

/** Rows of cells as text: numbers to the right, words to the left, two spaces between; the last column isn't padded. */
export function textTable(cells: readonly (readonly string[])[], right: readonly boolean[]): string {
  const rows = cells.map((row) => row.map(oneLine));
  const widths = right.map((_, column) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0));
  return rows
    .map((row) => {
      const padded = row.map((cell, column) => {
        if (right[column]) return cell.padStart(widths[column]);
        return column === row.length - 1 ? cell : cell.padEnd(widths[column]);
      });
      return `${padded.join('  ').trimEnd()}\n`;
    })
    .join('');
}
