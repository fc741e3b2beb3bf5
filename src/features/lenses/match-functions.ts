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
 * symbols) stands on the line that the profile says, else on that of a definition in the text above its first line with a cost, else on that.
 * @param text the file's lines
 */
export function matchFunctions(
  functions: readonly FunctionInFile[],
  symbols: readonly FunctionSymbol[],
  text: readonly string[] = [],
): readonly FunctionGroup[] {
  const groups = new Map<number, FunctionInFile[]>();
  for (const func of functions) {
    const line = symbolOf(func, symbols)?.nameLine ?? (func.line || definitionAbove(func, text) || func.firstLine);
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

/** The line above with Python's `def` of the function; 0 where there's none. Python's profilers say which line ran, and not where it is defined. */
function definitionAbove({ name, firstLine }: FunctionInFile, text: readonly string[]): number {
  const own = lastName(name);
  for (let line = Math.min(firstLine, text.length); line > 0 && firstLine - line < MOST_LINES_UP; line--) {
    if (/^\s*(?:async\s+)?def\s+(\w+)/.exec(text[line - 1])?.[1] === own) return line;
  }
  return 0;
}

const MOST_LINES_UP = 2000;

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
