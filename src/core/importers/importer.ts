import type { Profile } from '../profile/profile.ts';
import type { ByteSource } from './reading/byte-source.ts';

/** Reads one format. An importer sees bytes only: it launches nothing and opens nothing. */
export interface Importer {
  /** Name of the format as shown and as in `origin.format`, such as `perf.data`. */
  readonly format: string;
  /** Usual file name endings, with the dot, in small letters; for file dialogs, and for `isLikely`. */
  readonly extensions: readonly string[];
  /**
   * Whether a file that starts with these bytes is of this format. Looks at content alone: at most HEAD_BYTES bytes, fewer where the
   * file is shorter. Never throws.
   */
  recognises(head: Uint8Array): boolean;
  /**
   * For a format of too little form: whether a file that no importer recognises and that has one of `extensions` is of it, by the same
   * bytes. Never throws.
   */
  isLikely?(head: Uint8Array): boolean;
  /**
   * Reads the whole. Throws MalformedInput where the file is of this format and broken beyond use; where a part is sound, gives that
   * part with `quality.warnings`. Frames may come without functions (NONE): then `symbols/` names them.
   */
  read(source: ByteSource, watch: ImportWatch): Profile;
}

/** How many bytes of a file `recognises` gets at most. */
export const HEAD_BYTES = 65536;

export interface ImportWatch {
  /** Called every few megabytes with the bytes read so far; throws what the caller throws (Cancelled) to stop. */
  progress(bytesRead: number): void;
}

/** For imports that nobody waits for, or stops. */
export const UNWATCHED: ImportWatch = { progress() {} };

/** The input is of a known format and broken. The message says what was found, what was expected, and where. */
export class MalformedInput extends Error {
  readonly format: string;
  /** Byte offset in the (decompressed) input, or NaN where another place is named in the message. */
  readonly offset: number;

  constructor(format: string, problem: string, offset = Number.NaN) {
    super(Number.isNaN(offset) ? `${format}: ${problem}` : `${format}, at byte ${offset}: ${problem}`);
    this.name = 'MalformedInput';
    this.format = format;
    this.offset = offset;
  }
}

/** The input is of no format in the table. */
export class UnrecognisedInput extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'UnrecognisedInput';
  }
}
