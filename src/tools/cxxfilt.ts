import type { Tool } from './tool.ts';

export const cxxfilt: Tool = {
  name: 'c++filt',
  purpose: 'readable names of C++ and Rust functions',
  // The GNU program first: it is of the same library as perf's own names, and LLVM's reads no Rust names before v0 mangling.
  executables: ['c++filt', 'llvm-cxxfilt'],
  versionedAs: 'llvm-cxxfilt',
  versionArguments: ['--version'],
  versionIn: /(?:LLVM version|GNU c\+\+filt.*) (\d+\S*)/,
  packages: { debian: 'binutils', ubuntu: 'binutils', fedora: 'binutils', arch: 'binutils' },
  withoutIt: 'Functions of C++ and Rust are shown by their mangled names.',
  required: false,
};
