import type { PlaceTable } from './place-table.ts';
import type { SourceLookup } from './source-lookup.ts';

/**
 * llvm-symbolizer, which answers each address with one line of JSON (https://llvm.org/docs/CommandGuide/llvm-symbolizer.html). Names
 * are asked for as the linker knows them. It gives the line of a function's definition too.
 */
export const llvmSymbolizer: SourceLookup = {
  tool: 'llvmSymbolizer',
  argv: (program, file) => [program, `--obj=${file}`, '--output-style=JSON', '--no-demangle', '--inlines'],
  reader: (places) => ({ line: (text) => readAnswer(text, places) }),
};

interface Answer {
  readonly Symbol?: readonly {
    readonly FunctionName?: string;
    readonly FileName?: string;
    readonly Line?: number;
    readonly Column?: number;
    readonly StartFileName?: string;
    readonly StartLine?: number;
  }[];
}

function readAnswer(text: string, places: PlaceTable): void {
  let answer: Answer;
  try {
    answer = JSON.parse(text);
  } catch {
    return;
  }
  places.nextAddress();
  for (const at of answer.Symbol ?? []) {
    const { FunctionName = '', FileName = '', Line = 0, Column = 0, StartFileName = '', StartLine = 0 } = at;
    const file = FileName || StartFileName;
    // Without a file the name is from the symbol table: that of whatever lies before the address.
    if (file === '') continue;
    places.add(FunctionName, file, Line, Column, StartFileName, StartLine);
  }
}
