import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, which is also the folder of the extension. */
export const REPOSITORY: string = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
