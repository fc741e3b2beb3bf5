/** Rows of cells as text: numbers to the right, words to the left, two spaces between; the last column isn't padded. */
export function textTable(rows: readonly (readonly string[])[], right: readonly boolean[]): string {
  const widths = right.map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        if (right[column]) return cell.padStart(widths[column]);
        return column === row.length - 1 ? cell : cell.padEnd(widths[column]);
      });
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}
