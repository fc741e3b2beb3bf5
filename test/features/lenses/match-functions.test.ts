import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FunctionInFile } from '../../../src/core/profile/queries/file-lines.ts';
import { type FunctionSymbol, matchFunctions } from '../../../src/features/lenses/match-functions.ts';

function func(name: string, line: number, firstLine = line, lastLine = firstLine): FunctionInFile {
  const place = { function: 0, name, fullName: name, file: 'a.cpp', line, module: '' };
  return { ...place, self: 1, total: 1, firstLine, lastLine, callers: 0 };
}

function symbol(name: string, firstLine: number, nameLine: number, lastLine: number): FunctionSymbol {
  return { name, firstLine, nameLine, lastLine };
}

function placed(functions: FunctionInFile[], symbols: FunctionSymbol[]): [number, string[]][] {
  return matchFunctions(functions, symbols).map((group) => [group.line, group.functions.map(({ name }) => name)]);
}

test("a function stands on its symbol's name, which may be below its first line", () => {
  const functions = [func('f', 11), func('g', 21)];
  assert.deepEqual(placed(functions, [symbol('f', 10, 12, 15), symbol('g', 20, 21, 29)]), [
    [12, ['f']],
    [21, ['g']],
  ]);
});

test("a template's instances are one function", () => {
  const functions = [func('M<int>::f', 11), func('M<float>::f', 11)];
  assert.deepEqual(placed(functions, [symbol('f', 10, 11, 15)]), [[11, ['M<int>::f', 'M<float>::f']]]);
});

test('a lambda stands on its own line, not on that of the function around it', () => {
  const functions = [func('f', 10), func('f::{lambda}::operator()', 13)];
  assert.deepEqual(placed(functions, [symbol('f', 10, 10, 20)]), [
    [10, ['f']],
    [13, ['f::{lambda}::operator()']],
  ]);
});

test("a function whose definition isn't known is found by its name and its lines", () => {
  const symbols = [symbol('other', 30, 30, 40), symbol('run(int)', 10, 10, 20)];
  assert.deepEqual(placed([func('ns::A<x::y>::run', 0, 12, 18)], symbols), [[10, ['ns::A<x::y>::run']]]);
  assert.deepEqual(placed([func('walk', 0, 12, 18)], symbols), [[12, ['walk']]]);
});

test('without symbols each function stands where it is defined, and one without lines nowhere', () => {
  assert.deepEqual(placed([func('g', 20, 22), func('f', 10), func('none', 0, 0)], []), [
    [10, ['f']],
    [20, ['g']],
  ]);
});

test('of nested symbols the innermost is taken', () => {
  assert.deepEqual(placed([func('f', 12)], [symbol('outer', 10, 12, 40), symbol('f', 12, 12, 20)]), [[12, ['f']]]);
});

test('of a function whose definition the profile doesn’t tell, Python’s text does', () => {
  const text = [
    'class A:',
    '    async def f(self):',
    '        pass',
    '',
    'def f(x):',
    '    y = x',
    '    return y',
    'f(1)',
  ];
  const functions = [func('f', 0, 6, 7), func('A.f', 0, 3), func('<module>', 0, 8)];
  const groups = matchFunctions(functions, [], text).map((group) => [
    group.line,
    group.functions.map(({ name }) => name),
  ]);
  assert.deepEqual(groups, [
    [2, ['A.f']],
    [5, ['f']],
    [8, ['<module>']],
  ]);
  // What a symbol says comes first.
  assert.deepEqual(matchFunctions([func('f', 0, 6, 7)], [symbol('f', 4, 4, 7)], text)[0].line, 4);
});
