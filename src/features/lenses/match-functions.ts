import type { FunctionInFile } from '../../core/profile/queries/file-lines.ts';

/** A function as the language's own symbols know it. Lines are 1-based. */
export interface FunctionSymbol {
  readonly name: string;
  readonly firstLine: number;
  /** Line of the name. */
  readonly nameLine: number;
  readonly lastLine: number;
}

/** The functions of a profile that are one function in the text: instances of a template, say. */
export interface FunctionGroup {
  /** Where its lens goes, 1-based. */
  readonly line: number;
  readonly functions: readonly FunctionInFile[];
}

/**
 * Puts each of a profile's functions on the symbol it is defined by. A function that no symbol has (a lambda, or a language without
 * symbols) stands on its own line.
 */
export function matchFunctions(
  functions: readonly FunctionInFile[],
  symbols: readonly FunctionSymbol[],
): readonly FunctionGroup[] {
  const groups = new Map<number, FunctionInFile[]>();
  for (const func of functions) {
    const line = symbolOf(func, symbols)?.nameLine ?? (func.line || func.firstLine);
    if (line === 0) continue;
    const group = groups.get(line);
    if (group) group.push(func);
    else groups.set(line, [func]);
  }
  return [...groups].map(([line, own]) => ({ line, functions: own })).sort((a, b) => a.line - b.line);
}

/** The innermost symbol that the function is the body of. */
function symbolOf(func: FunctionInFile, symbols: readonly FunctionSymbol[]): FunctionSymbol | undefined {
  const isDefinedBy = ({ firstLine, nameLine, lastLine }: FunctionSymbol) =>
    func.line >= firstLine && func.line <= Math.min(nameLine + 1, lastLine);
  const isWithin = ({ name, firstLine, lastLine }: FunctionSymbol) =>
    func.firstLine >= firstLine && func.lastLine <= lastLine && lastName(name) === lastName(func.name);
  const fitting = symbols.filter(func.line > 0 ? isDefinedBy : isWithin);
  return fitting.sort((a, b) => a.lastLine - a.firstLine - (b.lastLine - b.firstLine))[0];
}

/** `multiply` of `ns::Matrix<double>::multiply(Matrix const&) const`. */
function lastName(name: string): string {
  const withoutArguments = name.replace(/\(.*$/s, '').replace(/<.*>/s, '');
  return (
    withoutArguments
      .split(/::|\.|#/)
      .at(-1)
      ?.trim() ?? ''
  );
}
