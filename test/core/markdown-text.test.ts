import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeCell, codeSpan, prose } from '../../src/core/markdown-text.ts';

test('a name is code, with a fence that it doesn’t have itself', () => {
  assert.equal(codeSpan('std::vector<int>::push_back'), '`std::vector<int>::push_back`');
  assert.equal(codeSpan('a`b'), '``a`b``');
  assert.equal(codeSpan('``'), '``` `` ```');
  assert.equal(codeSpan('`x'), '`` `x ``');
  assert.equal(codeSpan('a\\'), '`a\\`');
  assert.equal(codeSpan(''), '');
});

test('a bar in a name ends no cell, and is a bar outside of one', () => {
  assert.equal(codeCell('operator||'), '`operator\\|\\|`');
  assert.equal(codeSpan('/a|b/'), '`/a|b/`');
});

test('a name stays on one line, without what turns text round, and within its length', () => {
  assert.equal(codeSpan('a\n\n# b\u202e\u0007'), '`a # b`');
  assert.equal(codeSpan('x'.repeat(1000), 10), `\`${'x'.repeat(9)}…\``);
});

test('a sentence shows as it is written, and mentions nobody', () => {
  assert.equal(
    prose('<img src=x> [a](b) *c* _d_ `e` | &amp; ~~f~~'),
    '\\<img src\\=x\\> \\[a\\]\\(b\\) \\*c\\* \\_d\\_ \\`e\\` \\| \\&amp; \\~\\~f\\~\\~',
  );
  assert.equal(prose('21.3 % are cut'), '21.3 % are cut');
  assert.equal(prose('1. a'), '1\\. a');
  assert.equal(prose('- a'), '\\- a');
  assert.equal(prose('@me #12 http://x www.x'), '@\u2060me \\#\u206012 http:\u2060//x www\u2060.x');
});
