import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortName, withoutParameters } from '../../src/core/profile/short-name.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** Full names as c++filt prints them, what they are without parameters (as `c++filt -p` prints them), and short. */
const NAMES: readonly (readonly [full: string, bare: string, short: string])[] = [
  ['main', 'main', 'main'],
  ['ns::f(int)', 'ns::f', 'ns::f'],
  [
    'std::vector<int, std::allocator<int> >::push_back(int const&)',
    'std::vector<int, std::allocator<int> >::push_back',
    'std::vector<…>::push_back',
  ],
  [
    'void std::__introsort_loop<__gnu_cxx::__normal_iterator<int*, std::vector<int> >, long>(int*, int*, long)',
    'std::__introsort_loop<__gnu_cxx::__normal_iterator<int*, std::vector<int> >, long>',
    'std::__introsort_loop<…>',
  ],
  ['a::b::c::D<int>::e()', 'a::b::c::D<int>::e', 'c::D<…>::e'],
  [
    'std::__cxx11::basic_string<char>::_M_append(char const*, unsigned long)',
    'std::__cxx11::basic_string<char>::_M_append',
    'std::basic_string<…>::_M_append',
  ],
  ['(anonymous namespace)::hot(double)', '(anonymous namespace)::hot', '(anonymous namespace)::hot'],
  [
    'main::{lambda(int, int)#2}::operator()(int, int) const',
    'main::{lambda(int, int)#2}::operator()',
    'main::{lambda(int, int)#2}::operator()',
  ],
  [
    'a::b::run(std::function<bool (int)>) const::{lambda()#1}::_FUN()',
    'a::b::run(std::function<bool (int)>) const::{lambda()#1}::_FUN',
    'b::run::{lambda()#1}::_FUN',
  ],
  ['bool operator< <int>(A<int> const&, A<int> const&)', 'operator< <int>', 'operator< <…>'],
  ['std::ostream& std::operator<< <char>(std::ostream&, char)', 'std::operator<< <char>', 'std::operator<< <…>'],
  ['A<int>::operator->() const', 'A<int>::operator->', 'A<…>::operator->'],
  ['A::operator()(int)', 'A::operator()', 'A::operator()'],
  ['void A::operator()<int>(int)', 'A::operator()<int>', 'A::operator()<…>'],
  ['A::operator bool() const', 'A::operator bool', 'A::operator bool'],
  ['A::operator std::vector<int>()', 'A::operator std::vector<int>', 'A::operator vector<…>'],
  ['A::operator void (B::*)()() const', 'A::operator void (B::*)()', 'A::operator void (B::*)()'],
  ['operator new(unsigned long)', 'operator new', 'operator new'],
  ['A::operator delete[](void*)', 'A::operator delete[]', 'A::operator delete[]'],
  ['decltype (a.b()) f<int>(int)', 'f<int>', 'f<…>'],
  ['f[abi:cxx11](int)', 'f[abi:cxx11]', 'f'],
  ['f(int) [clone .part.0] [clone .cold]', 'f', 'f [clone .part.0] [clone .cold]'],
  ['a::b::f(int) (.llvm.123)', 'a::b::f', 'a::b::f (.llvm.123)'],
  ['vtable for A<int>', 'vtable for A<int>', 'vtable for A<…>'],
  ['non-virtual thunk to a::B::c(int)', 'non-virtual thunk to a::B::c(int)', 'non-virtual thunk to a::B::c'],
  ['g<(x)0>(y<((1)>(0))>)', 'g<(x)0>', 'g<…>'],
  ['core::fmt::write::h0123456789abcdef', 'core::fmt::write::h0123456789abcdef', 'core::fmt::write'],
  ['a::b::c::{{closure}}', 'a::b::c::{{closure}}', 'a::b::c::{{closure}}'],
  ['a::b::c::d::{closure#0}::{closure#1}', 'a::b::c::d::{closure#0}::{closure#1}', 'b::c::d::{closure#0}::{closure#1}'],
  [
    '<alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop',
    '<alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop',
    '<Vec<…> as Drop>::drop',
  ],
  [
    'core::ops::function::impls::<impl core::ops::function::FnOnce<A> for &F>::call_once',
    'core::ops::function::impls::<impl core::ops::function::FnOnce<A> for &F>::call_once',
    'impls::<impl FnOnce<…> for &F>::call_once',
  ],
  ['<alloc::vec::Vec<u8>>::push', '<alloc::vec::Vec<u8>>::push', 'Vec<…>::push'],
  ['core::ptr::drop_in_place::<a::B>', 'core::ptr::drop_in_place::<a::B>', 'core::ptr::drop_in_place::<…>'],
  ['<f as fn(u8) -> u16>::g', '<f as fn(u8) -> u16>::g', '<f as fn(u8) -> u16>::g'],
  ['github.com/a/b/pkg.(*T).Run', 'github.com/a/b/pkg.(*T).Run', 'pkg.(*T).Run'],
  ['runtime.mallocgc', 'runtime.mallocgc', 'runtime.mallocgc'],
  ['LazyCompile:*f /a/b.js:1:2', 'LazyCompile:*f /a/b.js:1:2', 'LazyCompile:*f /a/b.js:1:2'],
  ['libfoo.so+0x1234', 'libfoo.so+0x1234', 'libfoo.so+0x1234'],
  ['memcpy@plt', 'memcpy@plt', 'memcpy@plt'],
  ['', '', ''],
];

describe('names of functions', () => {
  for (const [full, bare, short] of NAMES) {
    it(`of ${JSON.stringify(full)}`, () => {
      assert.equal(withoutParameters(full), bare);
      assert.equal(shortName(bare), short.replace(/ (?:\[clone |\(\.).*/, ''));
      assert.equal(shortName(full), short);
    });
  }

  for (const operator of '+ - * / % ^ & | ~ ! = < > += -= *= /= %= ^= &= |= << >> <<= >>= == != <= >= <=> && || ++ -- , ->* -> () []'.split(
    ' ',
  )) {
    it(`keep operator${operator}`, () => {
      assert.equal(shortName(`a::B<c<int> >::operator${operator}`), `a::B<…>::operator${operator}`);
      assert.equal(withoutParameters(`a::B<c<int> >::operator${operator}(int)`), `a::B<c<int> >::operator${operator}`);
      assert.equal(shortName(`D<&(a::operator${operator}(int))>::f`), 'D<…>::f');
    });
  }
});

describe('the short form', () => {
  it('of a short form is itself', () => {
    for (const [full] of NAMES) assert.equal(shortName(shortName(full)), shortName(full));
  });

  it('of any text is found, and hardly longer than that', () => {
    const random = seededRandom(3);
    const pieces = [
      'a',
      'std',
      '::',
      '<',
      '>',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      'operator',
      '->',
      ' ',
      ' as ',
      ' for ',
      'impl ',
      '&',
      '…',
      ',',
      '{lambda(int)#1}',
      '/',
      '.',
      ' const',
      '__cxx11',
      'h0123456789abcdef',
    ];
    for (let round = 0; round < 20000; round++) {
      let name = '';
      for (let piece = 0; piece < 2 + random() * 10; piece++) name += pieces[Math.floor(random() * pieces.length)];
      const short = shortName(name);
      assert.ok(short.length <= name.length + 2, `${name} → ${short}`);
      assert.equal(typeof withoutParameters(name), 'string');
    }
  });

  it('of a name with brackets without end is found without going over them again and again', () => {
    for (const piece of ['<', '(', '{', 'operator ', 'a<', '::', '<a as ', 'operator<']) {
      const name = piece.repeat(20000);
      assert.ok(shortName(name).length <= name.length);
      assert.ok(withoutParameters(name).length <= name.length);
    }
  });
});
