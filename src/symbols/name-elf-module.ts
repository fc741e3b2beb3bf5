import { addressOfOffset, type ElfFile } from './elf.ts';
import { elfSymbols } from './elf-symbols.ts';
import type { ModuleFiles } from './module-files.ts';
import { type ModuleNames, namesOf } from './module-names.ts';
import { PlaceTable, type TextPool } from './place-table.ts';
import { lookUpSources, type SourceLookup } from './source-lookup.ts';
import type { SymbolTable } from './symbol-table.ts';
import type { Launch } from './symbolizer-process.ts';

/** The program that looks debug information up, and how it is started. */
export interface SourceTool {
  readonly lookup: SourceLookup;
  readonly program: string;
  readonly launch: Launch;
}

/** Names file offsets (ascending) of a module by its symbol table and, where it has debug information, by that. */
export async function nameElfModule(
  files: ModuleFiles,
  offsets: Float64Array,
  texts: TextPool,
  tool: SourceTool | undefined,
  watch: { signal: AbortSignal | undefined; answered(): void; problem(text: string): void },
): Promise<ModuleNames> {
  const addresses = offsets.map((offset) => addressOfOffset(files.image, offset));
  const named = { addresses, ...symbolNames(files.image, files.symbols, offsets) };
  if (!files.debug || !tool) return named;
  const places = new PlaceTable(texts);
  try {
    const { lookup, launch, program } = tool;
    const file = files.debug.source.name;
    // What isn't loaded has no place; 0 keeps the answers in step.
    const asked = addresses.map((address) => (Number.isNaN(address) ? 0 : address));
    await lookUpSources(lookup, launch, program, file, asked, places, watch.signal, watch.answered);
  } catch (error) {
    watch.signal?.throwIfAborted();
    watch.problem(`${files.debug.source.name}: lines were not all found: ${(error as Error).message}`);
  }
  return { ...named, places };
}

/** Names file offsets by symbol table alone. */
export function symbolNames(
  image: ElfFile,
  symbols: ElfFile,
  offsets: Float64Array,
): Pick<ModuleNames, 'symbol' | 'symbols'> {
  return namesInTable(elfSymbols(image, symbols), offsets);
}

export function namesInTable(table: SymbolTable, addresses: Float64Array): Pick<ModuleNames, 'symbol' | 'symbols'> {
  return namesOf(addresses, (address) => {
    const rows = table.candidates(address);
    if (rows.length === 0) return undefined;
    return { start: table.startOf(rows[0]), names: rows.map((row) => table.nameOf(row)) };
  });
}
