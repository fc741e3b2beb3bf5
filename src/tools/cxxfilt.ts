import type { Tool } from './tool.ts';

export const cxxfilt: Tool = {
  name: 'c++filt',
  purpose: 'readable names of C++ and Rust functions',
  executables: ['llvm-cxxfilt', 'c++filt'],
  versionedAs: 'llvm-cxxfilt',
  versionArguments: ['--version'],
  versionIn: /(?:LLVM version|GNU c\+\+filt.*) (\d+\S*)/,
  packages: { debian: 'binutils', ubuntu: 'binutils', fedora: 'binutils', arch: 'binutils' },
  withoutIt: 'Functions of C++ and Rust are shown by their mangled names.',
  required: false,
  writes: null,
};
