import { addr2line } from './addr2line.ts';
import { cxxfilt } from './cxxfilt.ts';
import { euAddr2line } from './eu-addr2line.ts';
import { go } from './go.ts';
import { llvmSymbolizer } from './llvm-symbolizer.ts';
import { node } from './node.ts';
import { perf } from './perf.ts';
import { pySpy } from './py-spy.ts';
import type { Tool } from './tool.ts';

/** Every tool that is run; `doctor` shows them in this order. */
export const TOOLS: readonly Tool[] = [perf, pySpy, node, go, llvmSymbolizer, addr2line, euAddr2line, cxxfilt];
