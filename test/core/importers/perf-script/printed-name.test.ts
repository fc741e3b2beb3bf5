import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withoutParameters } from '../../../../src/core/importers/perf-script/printed-name.ts';

const NAMES: readonly [printed: string, name: string][] = [
  ['main', 'main'],
  ['price_of(unsigned int)', 'price_of'],
  ['ns::f(int, char const*) const', 'ns::f'],
  ['ns::Matrix<double, (Layout)1>::multiply(Matrix const&)', 'ns::Matrix<double, (Layout)1>::multiply'],
  ['std::function<void (int)>::operator()(int) const', 'std::function<void (int)>::operator()'],
  ['foo::operator()', 'foo::operator()'],
  ['foo::operator()(int)', 'foo::operator()'],
  ['operator<(A const&, B const&)', 'operator<'],
  ['std::operator<< <char>(std::ostream&, char)', 'std::operator<< <char>'],
  ['Vec::operator->()', 'Vec::operator->'],
  ['Vec::operator[](unsigned long)', 'Vec::operator[]'],
  ['(anonymous namespace)::f(int)', '(anonymous namespace)::f'],
  ['a::(anonymous namespace)::b', 'a::(anonymous namespace)::b'],
  ['f(int)::{lambda(int)#1}::operator()(int) const', 'f(int)::{lambda(int)#1}::operator()'],
  ['decltype(auto) f<int>(int)', 'decltype(auto) f<int>'],
  ['main(int, char**) [clone .cold]', 'main'],
  ['net/http.(*Client).Do', 'net/http.(*Client).Do'],
  ['net/http.(*Client).Do.func1', 'net/http.(*Client).Do.func1'],
  ['Ljava/lang/Thread;.run()V', 'Ljava/lang/Thread;.run'],
  ['Lio/netty/Handler;.read(Ljava/lang/Obj', 'Lio/netty/Handler;.read'],
  ['LazyCompile:~parse /home/a (b)/x.js:1', 'LazyCompile:~parse /home/a (b)/x.js:1'],
  ['<core::option::Option<T> as core::fmt::Debug>::fmt', '<core::option::Option<T> as core::fmt::Debug>::fmt'],
  ['operatorless(int)', 'operatorless'],
  ['()', '()'],
  ['', ''],
];

describe('a printed name without its parameters', () => {
  for (const [printed, name] of NAMES) {
    it(`of ${JSON.stringify(printed)} is ${JSON.stringify(name)}`, () =>
      assert.equal(withoutParameters(printed), name));
  }

  it('is found in one pass, however many brackets there are', () => {
    const printed = `f${'(a)::g'.repeat(100_000)}(int)`;
    assert.equal(withoutParameters(printed), printed.slice(0, -'(int)'.length));
  });
});
