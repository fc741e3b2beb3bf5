import { join } from 'node:path';
import { REPOSITORY } from './repository.ts';

/**
 * Where a screenshot goes: into out/pictures/, or, when the pictures of the docs are being made, into
 * docs/pictures/ with the theme in its name.
 */
export function pictureFile(name: string, theme?: string): string {
  const folder = process.env[VARIABLE] ?? join(REPOSITORY, 'out', 'pictures');
  return join(folder, theme === undefined ? `${name}.png` : `${name}-${theme}.png`);
}

/** Whether the pictures of the docs are being made (scripts/pictures.mjs), which are in every theme. */
export function picturesWanted(): boolean {
  return process.env[VARIABLE] !== undefined;
}

const VARIABLE = 'PERFWRIGHT_PICTURES';
