import type { Random } from './random.ts';

/** What files of several formats share in how they are built: texts of lines, JSON, messages, records. */
export interface Family {
  readonly name: string;
  /** Takes a sound file apart, once. Undefined where it is not of this family. */
  open(seed: Uint8Array): Mutator | undefined;
  /** What a file of the family can lack and still be of it. */
  parts?(seed: Uint8Array): Parts | undefined;
}

/** Lines, values, fields or records, counted through the file. */
export interface Parts {
  readonly count: number;
  /** The file without some of them. */
  without(start: number, end: number): Uint8Array;
}

/** Gives the file with as many things wrong as it is told, in the same way for the same random numbers. */
export type Mutator = (random: Random, edits: number) => Uint8Array;
