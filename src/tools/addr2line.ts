import type { Tool } from './tool.ts';

export const addr2line: Tool = {
  name: 'addr2line',
  purpose: 'source lines and inlined functions, where llvm-symbolizer is missing',
  executables: ['addr2line'],
  versionArguments: ['--version'],
  versionIn: /GNU addr2line.* (\d+\S*)/,
  packages: { debian: 'binutils', ubuntu: 'binutils', fedora: 'binutils', arch: 'binutils' },
  withoutIt: 'Nothing is lost while llvm-symbolizer is there.',
  required: false,
};
