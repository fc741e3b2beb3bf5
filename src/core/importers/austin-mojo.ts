import { AUSTIN_MOJO, MojoReader } from './austin-mojo/mojo-reader.ts';
import type { Importer } from './importer.ts';

/** Samples of Python programs in MOJO, Austin's binary format, of versions 1 to 4. */
export const austinMojo: Importer = {
  format: AUSTIN_MOJO,
  extensions: ['.mojo'],
  recognises(head) {
    // "MOJ", the version, and a first event, which is metadata.
    return (
      head.length > 4 &&
      head[0] === 0x4d &&
      head[1] === 0x4f &&
      head[2] === 0x4a &&
      head[3] > 0 &&
      head[3] < 0x40 &&
      head[4] === 1
    );
  },
  read(source, watch) {
    return new MojoReader(source).read(watch);
  },
};
