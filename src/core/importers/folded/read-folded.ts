import type { Profile } from '../../profile/profile.ts';
import { HEAD_BYTES, type ImportWatch } from '../importer.ts';
import { type ByteSource, readBytes } from '../reading/byte-source.ts';
import { readText } from '../reading/text-source.ts';
import { foldedHead } from './folded-head.ts';
import { type FoldedDialect, FoldedReader } from './folded-reader.ts';

/**
 * Reads a file of folded stacks. It is a differential one, of two numbers a line, where every line has two: a name may end in a number,
 * so the head only gives the first guess.
 */
export function readFolded(source: ByteSource, watch: ImportWatch, dialect: FoldedDialect): Profile {
  const head = foldedHead(readBytes(source, 0, HEAD_BYTES));
  const isDifferential = head !== undefined && head.stacks > 0 && head.withTwo === head.stacks;
  const reader = read(source, watch, new FoldedReader(dialect, isDifferential, source.size));
  return (reader.contradicted ? read(source, watch, new FoldedReader(dialect, false, source.size)) : reader).finish();
}

function read(source: ByteSource, watch: ImportWatch, reader: FoldedReader): FoldedReader {
  readText(source, watch, (piece) => reader.write(piece));
  return reader;
}
