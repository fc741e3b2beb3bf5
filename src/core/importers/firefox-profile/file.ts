import type { Int32Column } from '../../profile/column.ts';
import type { AddressRanges } from '../reading/address-ranges.ts';
import type { FirefoxTable } from './table.ts';

/** Columns of texts by name of the table: `stackTable`, `frameTable` and so on; where a thread lacks one it is shared by all. */
export interface FirefoxTables {
  readonly tables: Map<string, FirefoxTable>;
  /** `stringTable`, or `stringArray`: numbers of texts. */
  strings: Int32Column | undefined;
}

export interface FirefoxThread extends FirefoxTables {
  name: string;
  processName: string;
  pid: string;
  tid: string;
  /** Milliseconds from the start of the file's first process to that of this one. */
  readonly process: FirefoxProcess;
}

export interface FirefoxLib {
  readonly name: string;
  readonly path: string;
  readonly buildId: string;
  /** Where a raw profile has it in memory. */
  readonly start: number;
  readonly end: number;
}

/** A processed profile is one; a raw one has one for each of its processes. */
export interface FirefoxProcess extends FirefoxTables {
  readonly meta: FirefoxMeta;
  readonly libs: FirefoxLib[];
  /** The same by address, made when it is first asked for. */
  libsByAddress?: AddressRanges;
  readonly threads: FirefoxThread[];
  /** How often recording was paused. */
  pauses: number;
}

export interface FirefoxMeta {
  /** Milliseconds since 1970. */
  startTime: number;
  /** Milliseconds between samples. */
  interval: number;
  product: string;
  importedFrom: string;
  oscpu: string;
  abi: string;
  /** Version of a processed profile; NaN for a raw one. */
  processedVersion: number;
  cpuDeltaUnit: string;
  /** Whether frames of scripts say how they were run. */
  hasImplementations: boolean;
  readonly categories: string[];
}
