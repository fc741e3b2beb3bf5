import type { HostConnection } from '../../../src/protocol/contract.ts';
import type { CallsAsk, Page, PlaceRow, TablesContract, TablesOpen, TopAsk } from '../../../src/protocol/tables.ts';
import type { VirtualTable } from '../../widgets/virtual-table.ts';
import type { KeptState } from './kept-state.ts';

/** One of the panel's tables. */
export interface TableView {
  readonly table: Pick<VirtualTable<never>, 'element' | 'focus' | 'current' | 'selection' | 'menuPlace' | 'goTo'>;
  /** The row one is at. */
  readonly currentRow: PlaceRow | undefined;
  /** Asks for what is to be seen and shows it; throws the host's error, by the name MalformedPattern for a search that is none. */
  load(): Promise<void>;
  /** What is shown is of another recording, or looked at in another way. */
  renew(): void;
  /** Puts rows on the clipboard; all where none are given. */
  copyAsk(rows: Page | undefined): Page & CopySource;
  readonly rowCount: number;
  /** What there is, in words: `37 of 12,345 functions · self 31.2 %`. */
  words(): string;
  step(step: 1 | -1): Promise<void>;
  expand(what: 'heaviest' | 'all'): Promise<void>;
  collapseAll(): Promise<void>;
}

export type CopySource = { readonly top: TopAsk } | { readonly calls: CallsAsk };

/** What tables are given by their panel. */
export interface TableHost {
  readonly host: HostConnection<TablesContract>;
  readonly open: TablesOpen | undefined;
  readonly kept: KeptState;
  keep(change: Partial<KeptState>): void;
  /** Something else is to be asked for and shown. */
  reload(): void;
  onCurrent(row: PlaceRow | undefined): void;
  onOpen(row: PlaceRow): void;
  onMenu(row: PlaceRow, x: number, y: number): void;
  /** Rows can't be had. */
  onFailure(error: unknown): void;
  /** Says something that isn't an error. */
  say(text: string): void;
  /** Runs something of a table's own; what it throws is said. */
  run(work: () => Promise<void>): void;
}
