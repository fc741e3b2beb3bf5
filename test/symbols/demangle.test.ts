import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demangle, isMangled } from '../../src/symbols/demangle.ts';
import { startProcess } from '../../src/tools/run.ts';
import { needTool } from '../support/need-tool.ts';

const NAMES = [
  '_ZN2ns6MatrixIdE8multiplyERKS1_',
  '_ZNSt6vectorIiSaIiEE9push_backERKi',
  '_ZZ4mainENKUliE_clEi',
  '_ZN12_GLOBAL__N_13hotEd',
  '_ZL3fibi.part.0',
  '_ZltRK1AS1_',
  '_ZN4core3fmt5write17h0123456789abcdefE',
  '_RNvC5crate4main',
  '_ZdlPvm@plt',
  'printf',
  'memcpy@plt',
  '_Z',
  '_Znot mangled',
];

describe('readable names', () => {
  it('are asked for where a compiler made the name, and nothing else stands in it', () => {
    assert.deepEqual(NAMES.filter(isMangled), NAMES.slice(0, 9));
  });

  it('come with and without parameters from c++filt', { skip: needTool('c++filt') }, async () => {
    const readable = await demangle(startProcess, 'c++filt', NAMES.filter(isMangled));
    assert.deepEqual(
      NAMES.map((name) => readable.get(name)),
      [
        { name: 'ns::Matrix<double>::multiply', fullName: 'ns::Matrix<double>::multiply(ns::Matrix<double> const&)' },
        {
          name: 'std::vector<int, std::allocator<int> >::push_back',
          fullName: 'std::vector<int, std::allocator<int> >::push_back(int const&)',
        },
        { name: 'main::{lambda(int)#1}::operator()', fullName: 'main::{lambda(int)#1}::operator()(int) const' },
        { name: '(anonymous namespace)::hot', fullName: '(anonymous namespace)::hot(double)' },
        { name: 'fib', fullName: 'fib(int) [clone .part.0]' },
        { name: 'operator<', fullName: 'operator<(A const&, A const&)' },
        { name: 'core::fmt::write', fullName: 'core::fmt::write' },
        { name: 'crate::main', fullName: 'crate::main' },
        { name: 'operator delete@plt', fullName: 'operator delete(void*, unsigned long)@plt' },
        ...new Array(4).fill(undefined),
      ],
    );
  });

  it('come from llvm-cxxfilt too', { skip: needTool('llvm-cxxfilt') }, async () => {
    const readable = await demangle(startProcess, 'llvm-cxxfilt', NAMES.filter(isMangled));
    assert.deepEqual(readable.get(NAMES[0]), {
      name: 'ns::Matrix<double>::multiply',
      fullName: 'ns::Matrix<double>::multiply(ns::Matrix<double> const&)',
    });
    assert.deepEqual(readable.get('_ZdlPvm@plt'), {
      name: 'operator delete@plt',
      fullName: 'operator delete(void*, unsigned long)@plt',
    });
  });
});
