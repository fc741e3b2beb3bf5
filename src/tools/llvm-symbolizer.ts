import type { Tool } from './tool.ts';

export const llvmSymbolizer: Tool = {
  name: 'llvm-symbolizer',
  purpose: 'source lines and inlined functions',
  executables: ['llvm-symbolizer'],
  versionedAs: 'llvm-symbolizer',
  versionArguments: ['--version'],
  versionIn: /LLVM version (\S+)/,
  packages: { debian: 'llvm', ubuntu: 'llvm', fedora: 'llvm', arch: 'llvm' },
  withoutIt:
    'Source lines are looked up by addr2line or eu-addr2line instead, more slowly; without any of them only function names are known.',
  required: false,
};
