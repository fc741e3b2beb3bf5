import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pprofName } from '../../../src/core/profile/pprof-name.ts';

it('pprof prunes by names up to their parameters, which brackets of a namespace or an operator do not begin', () => {
  for (const [name, simple] of [
    ['main', 'main'],
    ['', ''],
    ['ns::f(int)', 'ns::f'],
    ['(anonymous namespace)::f(int)', '(anonymous namespace)::f'],
    ['A::operator()(int)', 'A::operator()'],
    ['net/http.(*Client).Do', 'net/http.'],
    ['.f', 'f'],
    ['.f(int)', 'f'],
  ]) {
    assert.equal(pprofName(name), simple);
  }
});
