import type { Profile } from '../../profile/profile.ts';
import type { ImportWatch } from '../importer.ts';
import type { ByteSource } from '../reading/byte-source.ts';

export const FORMAT = 'pprof-legacy';

/** One of the formats that pprof read before it had one of its own. */
export interface LegacyFormat {
  /** `head` is as for an importer; `lines` are its lines as text, none where it is no text. */
  recognises(head: Uint8Array, lines: readonly string[]): boolean;
  read(source: ByteSource, watch: ImportWatch): Profile;
}
