import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that somebody else made, and what other programs than ours say of it: `manifest.json` of the shared corpus. */
export interface CorpusFile {
  /** Path below the corpus. */
  readonly file: string;
  readonly format: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly path: string;
}

const CORPUS = new URL('../../../shared/corpus/', import.meta.url).pathname;

/** Why tests with the corpus are skipped, or false where it is there. */
export const corpusMissing: string | false = existsSync(join(CORPUS, 'manifest.json'))
  ? false
  : 'the shared corpus is not on this machine';

/** The corpus files of a format, named as in the manifest, or of all (`*`); none where the corpus is missing. */
export function corpusFiles(format: string): CorpusFile[] {
  if (corpusMissing) return [];
  const manifest = JSON.parse(readFileSync(join(CORPUS, 'manifest.json'), 'utf8')) as Omit<CorpusFile, 'path'>[];
  return manifest
    .filter((entry) => format === '*' || entry.format === format)
    .map((entry) => ({ ...entry, path: join(CORPUS, entry.file) }));
}

/** Every format of which the corpus has files. */
export function corpusFormats(): string[] {
  if (corpusMissing) return [];
  const manifest = JSON.parse(readFileSync(join(CORPUS, 'manifest.json'), 'utf8')) as Pick<CorpusFile, 'format'>[];
  return [...new Set(manifest.map(({ format }) => format))];
}
