import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { textTable } from '../../src/cli/text-table.ts';
import { formatAmount } from '../../src/core/units.ts';
import { visibleText } from '../../src/core/visible-text.ts';
import { cli } from '../support/cli.ts';

/** Sets the terminal's title; the 8-bit form of a colour; turns the direction of writing round. */
const TITLE = '\u001b]0;mine\u0007';
const COLOUR = '\u009b31m';
const TURN = '\u202e';
const HARM = /(?![\n\t])\p{Cc}|\u202e/u;

describe('names that are commands to a terminal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright names '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const source = join(folder, 'evil.c');
  writeFileSync(source, `\n\nint f; /* ${TITLE}${COLOUR}${TURN} */\r\n`);
  const name = `f${TITLE}${COLOUR}${TURN}`;
  const recording = join(folder, `a ${TITLE}recording`);
  writeFileSync(
    recording,
    `thread${TITLE}  100/100  1.000000:  1000000 cpu-clock:\n\t            1010 ${name}+0x10 (/tmp/m${TITLE})\n  ${source}:3\n\n`,
  );

  it('are shown and never obeyed, by every command that reads a recording', async () => {
    const commands = [['show'], ['top'], ['top', '--by', 'module'], ['top', '--json'], ['show', '--json']];
    for (const [command, ...options] of commands) {
      const { code, out, err } = await cli(folder, [command, recording, ...options]);
      assert.equal(code, 0, err);
      assert.ok(!HARM.test(out + err), JSON.stringify(out + err));
      assert.match(out, /\\u001b\]0;mine\\u0007/);
    }
  });

  it('mean the same in JSON as before', async () => {
    const { out } = await cli(folder, ['top', recording, '--json']);
    assert.equal(JSON.parse(out).rows[0].function, name);
  });

  it('are shown in the text of a source file, and in messages', async () => {
    const lines = await cli(folder, ['lines', recording, 'evil.c']);
    assert.equal(lines.code, 0, lines.err);
    assert.match(lines.out, /int f; \/\* \\u001b\]0;mine\\u0007\\u009b31m\\u202e \*\/$/m);
    const message = await cli(folder, ['show', `no ${TITLE}file`]);
    mkdirSync(join(folder, `x${TITLE}`));
    const system = await cli(folder, ['convert', recording, `x${TITLE}/y${TITLE}/out.folded`]);
    assert.deepEqual([message.code, system.code], [2, 2]);
    assert.ok(!HARM.test(lines.out + lines.err + message.err + system.err));
  });

  it('a line feed in a name does not begin a row', () => {
    assert.equal(textTable([['a\nb', 'c']], [false, false]), 'a\\nb  c\n');
    assert.equal(visibleText('a\tb\nc\r'), 'a\tb\nc\\u000d');
  });

  it('a table of a million rows has room', () => {
    const rows = Array.from({ length: 1_000_000 }, () => ['1', 'x']);
    assert.equal(textTable(rows, [true, false]).length, 5_000_000);
  });

  it('one of many kilobytes is cut in a table, and whole in JSON', async () => {
    const long = `f<${'std::tuple<'.repeat(5000)}`;
    const file = join(folder, 'long.txt');
    writeFileSync(
      file,
      `program  100/100  1.000000:  1000000 cpu-clock:\n\t            1010 ${long}+0x10 (/tmp/m)\n\n`,
    );
    assert.match((await cli(folder, ['top', file])).out, /f<std::tuple<.{150,190}… {2}\[\/tmp\/m\]$/m);
    assert.equal(JSON.parse((await cli(folder, ['top', file, '--json'])).out).rows[0].function, long);
  });

  it('a unit is a name too', () => {
    assert.equal(formatAmount(5, '__proto__'), '5 __proto__');
    assert.equal(formatAmount(5, 'constructor'), '5 constructor');
  });
});
