import { Float64Column } from '../../profile/column.ts';
import { HAS_NO_MORE } from '../reading/json-keys.ts';
import type { JsonStream } from '../reading/json-stream.ts';

/** A table of a Firefox profile, by column; `null` is NaN. What else stands in it is by name, too. */
export interface FirefoxTable {
  readonly columns: ReadonlyMap<string, Float64Column>;
  readonly texts: ReadonlyMap<string, string>;
  /** Rows of the longest column. */
  readonly length: number;
}

export const NO_TABLE: FirefoxTable = { columns: new Map(), texts: new Map(), length: 0 };

/**
 * Reads a table: of a processed profile columns, `{stack: […], time: […]}`; of a raw one rows, `{schema: {stack: 0, time: 1}, data: [[…],
 * …]}`, where cells at a row's end may be left out.
 */
export function readTable(json: JsonStream): FirefoxTable {
  const columns = new Map<string, Float64Column>();
  const texts = new Map<string, string>();
  let schema: ReadonlyMap<string, number> | undefined;
  const rows = { cells: new Float64Column(), ends: new Float64Column() };
  if (!json.enterObject()) return NO_TABLE;
  for (let key = json.nextAnyKey(); key !== HAS_NO_MORE; key = json.nextAnyKey()) {
    const name = json.textAt(key);
    const kind = json.peek();
    if (name === 'schema' && kind === 'object') schema = readSchema(json);
    else if (name === 'data' && kind === 'array') readRows(json, rows);
    else if (kind === 'array') {
      const column = new Float64Column();
      readCells(json, column);
      columns.set(name, column);
    } else if (kind === 'string') texts.set(name, json.string());
    else json.skip();
  }
  if (schema) for (const [name, index] of schema) columns.set(name, columnOf(rows, index));
  let length = 0;
  for (const column of columns.values()) length = Math.max(length, column.length);
  return { columns, texts, length };
}

/** A cell as a whole number that is the number of a row; -1 for none. */
export function rowAt(column: Float64Column | undefined, row: number): number {
  if (!column || row >= column.length) return -1;
  const value = column.at(row);
  return value >= 0 && value < 2 ** 31 && Number.isInteger(value) ? value : -1;
}

/** A cell; NaN where there's none. */
export function numberAt(column: Float64Column | undefined, row: number): number {
  return column && row < column.length ? column.at(row) : Number.NaN;
}

function readSchema(json: JsonStream): Map<string, number> {
  const schema = new Map<string, number>();
  if (!json.enterObject()) return schema;
  for (let key = json.nextAnyKey(); key !== HAS_NO_MORE; key = json.nextAnyKey()) {
    const name = json.textAt(key);
    const index = json.number();
    if (index >= 0 && index < MOST_COLUMNS) schema.set(name, index);
  }
  return schema;
}

interface Rows {
  readonly cells: Float64Column;
  /** By row: where its cells end; they start where those of the row before end. */
  readonly ends: Float64Column;
}

function readRows(json: JsonStream, { cells, ends }: Rows): void {
  if (!json.enterArray()) return;
  while (json.nextElement()) {
    readCells(json, cells);
    ends.push(cells.length);
  }
}

/** Numbers, with 1 for `true`; all else is NaN. */
function readCells(json: JsonStream, into: Float64Column): void {
  if (!json.enterArray()) return;
  while (json.nextElement()) {
    if (json.peek() === 'word') into.push(json.boolean() ? 1 : Number.NaN);
    else into.push(json.number());
  }
}

function columnOf({ cells, ends }: Rows, index: number): Float64Column {
  const column = new Float64Column(ends.length);
  for (let row = 0; row < ends.length; row++) {
    const at = (row === 0 ? 0 : ends.at(row - 1)) + index;
    column.push(at < ends.at(row) ? cells.at(at) : Number.NaN);
  }
  return column;
}

const MOST_COLUMNS = 64;
