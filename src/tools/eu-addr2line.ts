import type { Tool } from './tool.ts';

export const euAddr2line: Tool = {
  name: 'eu-addr2line',
  purpose: 'source lines and inlined functions, where llvm-symbolizer is missing',
  executables: ['eu-addr2line'],
  versionArguments: ['--version'],
  versionIn: /addr2line \(elfutils\) (\S+)/,
  packages: { debian: 'elfutils', ubuntu: 'elfutils', fedora: 'elfutils', arch: 'elfutils' },
  withoutIt: 'Nothing is lost while llvm-symbolizer is there.',
  required: false,
};
