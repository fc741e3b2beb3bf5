import { addr2line } from '../tools/addr2line.ts';
import { cxxfilt } from '../tools/cxxfilt.ts';
import { toolPath } from '../tools/detect-tool.ts';
import { euAddr2line } from '../tools/eu-addr2line.ts';
import { llvmSymbolizer } from '../tools/llvm-symbolizer.ts';
import { perf } from '../tools/perf.ts';

/** Paths of the programs that help to open a recording; `undefined` for one that isn't here. */
export interface SymbolTools {
  readonly llvmSymbolizer?: string;
  readonly addr2line?: string;
  readonly euAddr2line?: string;
  readonly cxxFilt?: string;
  readonly perf?: string;
}

/** Looks for them by their settings (a path by tool name), else on PATH. */
export function symbolTools(paths: Readonly<Record<string, string>>): SymbolTools {
  return {
    llvmSymbolizer: toolPath(llvmSymbolizer, paths),
    addr2line: toolPath(addr2line, paths),
    euAddr2line: toolPath(euAddr2line, paths),
    cxxFilt: toolPath(cxxfilt, paths),
    perf: toolPath(perf, paths),
  };
}
