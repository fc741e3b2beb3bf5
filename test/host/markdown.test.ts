import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeMarkdown } from '../../src/host/markdown.ts';

test('a name shows as it is written, whatever Markdown or HTML it looks like', () => {
  assert.equal(escapeMarkdown('operator[]'), 'operator\\[\\]');
  assert.equal(escapeMarkdown('[x](command:y)'), '\\[x\\]\\(command\\:y\\)');
  assert.equal(escapeMarkdown('<img src=x>'), '\\<img src\\=x\\>');
  assert.equal(escapeMarkdown('a|b `c` $(x) &amp; \\'), 'a\\|b \\`c\\` \\$\\(x\\) \\&amp\\; \\\\');
});

test('a name stays on one line and within its length', () => {
  assert.equal(escapeMarkdown('a\n\n# b'), 'a \\# b');
  assert.equal(escapeMarkdown('x'.repeat(500), 10), `${'x'.repeat(9)}…`);
});
