import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { IMPORTERS } from '../../src/core/importers/index.ts';

/** What a file may be packed with: each is fuzzed like a format. */
const PACKINGS: Readonly<Record<string, (content: Uint8Array) => Uint8Array>> = {
  gzip: (content) => gzipSync(content),
  zstd: (content) => zstdCompressSync(content),
};

/** Names of all that is fuzzed: every format that is read, and every packing. */
export const FORMATS: readonly string[] = [...IMPORTERS.map(({ format }) => format), ...Object.keys(PACKINGS)];

export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file over this is not changed: it would take too long to read so often. */
const LARGEST_SEED = 131072;

/** The sound files from which wrong ones of a format are made: small ones if there are any, else the tests' fixtures. */
export function seedsOf(root: string, format: string): readonly Seed[] {
  const packing = PACKINGS[format];
  if (packing) return seedsOf(root, 'folded').map(({ name, bytes }) => ({ name, bytes: packing(bytes) }));
  const small = filesIn(join(root, seedFolder(format)));
  const seeds = small.length > 0 ? small : fixturesOf(root, format);
  const fitting = seeds.filter(({ bytes }) => bytes.length > 0 && bytes.length <= LARGEST_SEED);
  if (fitting.length === 0)
    throw new Error(`There is no file of ${format} of up to ${LARGEST_SEED} bytes to start from.`);
  return fitting;
}

/** The tests' fixtures of a format, unpacked. */
export function fixturesOf(root: string, format: string): readonly Seed[] {
  return filesIn(join(root, 'test', 'fixtures', folderOf(format)));
}

/** Where small files of a format are, that reach the same code as its fixtures. */
export function seedFolder(format: string): string {
  return join('scripts', 'fuzz', 'seeds', folderOf(format));
}

function folderOf(format: string): string {
  return format.replaceAll(/\W+/g, '-');
}

function filesIn(folder: string): Seed[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.golden'))
    .sort()
    .map((name) => ({ name, bytes: unpacked(readFileSync(join(folder, name))) }));
}

function unpacked(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
