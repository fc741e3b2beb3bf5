import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { cli, ROOT } from '../support/cli.ts';

describe('a summary as Markdown', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright summary '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const recording = join(ROOT, 'test', 'fixtures', 'pprof', 'go-cpu.pb');
  const printed = async (...args: string[]) => {
    const { code, out, err } = await cli(folder, ['top', ...args]);
    assert.equal(code, 0, err);
    return out;
  };

  for (const options of [[], ['--focus', 'main', '--no-inlines'], ['--value', 'samples']]) {
    it(`has the figures of perfwright top: ${options.join(' ') || 'no options'}`, async () => {
      const summary = await printed(recording, '--markdown', '--limit', '7', ...options);
      const [functions, lines] = tables(summary);
      for (const [table, by] of [
        [functions, 'function'],
        [lines, 'line'],
      ] as const) {
        const text = await printed(recording, '--by', by, '--limit', '7', ...options);
        const [head, , ...rows] = text.trimEnd().split('\n');
        const figures = rows.filter((row) => !row.startsWith('…')).map((row) => row.trim().replaceAll(/\s+/g, ' '));
        assert.equal(figures.length, 7);
        assert.equal(table.length, 7);
        for (const [at, cells] of table.entries()) {
          assert.ok(
            figures[at].startsWith(cells.slice(0, 4).join(' ')),
            `${figures[at]} is not ${cells.slice(0, 4).join(' ')}`,
          );
          assert.ok(figures[at].includes(bare(cells[4])), `${figures[at]} is not of ${cells[4]}`);
          assert.ok(figures[at].includes(bare(cells[5])), `${figures[at]} is not at ${cells[5]}`);
        }
        const total = head.replace(/^.*: /, '');
        assert.ok(plain(summary).includes(total), `${total} is not in ${summary}`);
      }
    });
  }

  it('says what is shown, in words, and what is known against it', async () => {
    const summary = await printed(recording, '--markdown', '--focus', 'a|b', '--no-kernel');
    assert.match(summary, /^### `go-cpu\.pb`\n\n/);
    assert.match(
      summary,
      /^Shown: `cpu`: .+ in all, .+ samples; `kernel as part of the system call`; `only with \/a\|b\/`\.$/m,
    );
  });

  it('shows names as they are, whatever they look like', async () => {
    const names = ['<img src=x onerror=y>', '[click](command:evil)', 'a|b`c', '@everyone #1 https://evil.example/'];
    const file = join(folder, 'names.folded');
    writeFileSync(file, names.map((name, at) => `main;${name} ${at + 1}\n`).join(''));
    const summary = await printed(file, '--markdown');
    const [functions] = tables(summary);
    for (const name of names) {
      const cell = functions.map((cells) => cells[4]).find((text) => bare(text) === name);
      assert.ok(cell, `${name} is not in ${JSON.stringify(functions)}`);
      assert.match(cell, /^(`+)[^`].*\1$/);
    }
    const outsideCode = summary.replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
    assert.doesNotMatch(outsideCode, /img|click|everyone|evil/);
  });

  it('is of a form of its own, and says so', async () => {
    const { code, err } = await cli(folder, ['top', recording, '--markdown', '--json']);
    assert.equal(code, 2);
    assert.match(err, /doesn't go with --json/);
  });
});

/** The cells of the rows of each table, without the head. */
function tables(markdown: string): string[][][] {
  const blocks = markdown.split('\n\n').filter((block) => block.startsWith('| self'));
  return blocks.map((block) =>
    block
      .trim()
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => plain(cell.trim())),
      ),
  );
}

/** Without the escapes of Markdown. */
function plain(text: string): string {
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** The text in a code span. */
function bare(span: string): string {
  return /^(`+) ?(.*?) ?\1$/.exec(span)?.[2] ?? span;
}
