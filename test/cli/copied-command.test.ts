import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { importProfile } from '../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Operation } from '../../src/core/profile/operations/operation.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import { commandLine } from '../../src/core/profile/queries/command-line.ts';
import { QueryModel, type View } from '../../src/core/profile/queries/query-model.ts';
import { top } from '../../src/core/profile/queries/top.ts';
import { cli } from '../support/cli.ts';

const SCRIPT = `program  100/100  1.000000:  1000000 cpu-clock:
\t            1010 leaf+0x10 (/tmp/program)
\t            2010 main+0x10 (/tmp/program)

program  100/100  1.001000:  1000000 page-faults:
\t            2020 it's $(main)+0x20 (/tmp/program)

worker one  100/101  1.002000:  2000000 cpu-clock:
\t            1010 leaf+0x10 (/tmp/program)
\t            2010 main+0x10 (/tmp/program)

`;

describe('a view as a command line', async () => {
  const folder = mkdtempSync(join(tmpdir(), "perfwright it's $HOME "));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'a recording.txt');
  writeFileSync(path, SCRIPT);
  const model = new QueryModel(await importProfile(bytesInMemory(Buffer.from(SCRIPT), path)));
  const copied = (view: Partial<View>) => commandLine(model, { view: { ...model.defaultView, ...view }, path });

  it('names a thread whose number is not known', async () => {
    const builder = new ProfileBuilder();
    for (const name of ['one', 'two']) builder.sample(NONE, builder.thread(NONE, NONE, name), 0);
    builder.value('samples', 'count');
    const nameless = new QueryModel(builder.finish());
    const { text, differences } = commandLine(nameless, { view: { ...nameless.defaultView, threads: [1] }, path });
    assert.deepEqual([words(text).slice(2), differences], [['--thread', 'two'], []]);
  });

  /** The words that a POSIX shell makes of a command line. */
  const words = (line: string): string[] => {
    const { stdout, status } = spawnSync('sh', ['-c', `perfwright() { printf '%s\\0' "$@"; }; ${line}`], {
      encoding: 'utf8',
    });
    assert.equal(status, 0);
    return stdout.split('\0').slice(0, -1);
  };

  it('is short where nothing was chosen', () => {
    assert.deepEqual(words(copied({}).text), ['top', path]);
  });

  for (const [what, view] of Object.entries<Partial<View>>({
    'another value': { value: 1 },
    'a thread': { threads: [1] },
    'folded inlined functions and kernel': { inlines: false, kernel: false },
    'a pattern that a shell would take for more': { operations: [{ op: 'focus', pattern: "main|it's \\$\\(" }] },
    'a pattern that looks like an option': { operations: [{ op: 'ignore', pattern: '--focus' }] },
    'a pattern of two lines': { operations: [{ op: 'ignore', pattern: 'a\nb' }] },
    'an empty pattern': { operations: [{ op: 'focus', pattern: '' }] },
    'several operations': {
      value: 0,
      threads: [0, 1],
      operations: [
        { op: 'focus', pattern: 'main' },
        { op: 'focus', pattern: 'leaf' },
        { op: 'hide', pattern: 'main' },
        { op: 'collapse-recursion' },
        { op: 'per', amount: 2, name: 'request' },
      ] as Operation[],
    },
  })) {
    it(`prints the same figures as the view: ${what}`, async () => {
      const { text, differences } = copied(view);
      assert.deepEqual(differences, []);
      const { out, err, code } = await cli('/', [...words(text), '--json']);
      assert.equal(code, 0, err);
      const answer = top(model, { view: { ...model.defaultView, ...view }, by: 'function' });
      const printed = JSON.parse(out);
      assert.equal(printed.total, answer.total);
      assert.deepEqual(
        printed.rows.map((row: Record<string, unknown>) => [row['function'], row['self'], row['total']]),
        answer.rows.map(({ name, self, total }) => [name, self, total]),
      );
    });
  }

  it('says where it does something else than the view', async () => {
    const order = copied({
      operations: [
        { op: 'hide', pattern: 'a' },
        { op: 'focus', pattern: 'b' },
      ],
    });
    assert.match(order.differences.join(), /order of its own/);
    const inverted = copied({ operations: [{ op: 'invert' }] });
    assert.deepEqual(words(inverted.text), ['top', path]);
    assert.match(inverted.differences.join(), /turned round/);
    assert.match(copied({ threads: [] }).differences.join(), /other threads/);
    assert.match(copied({ operations: [{ op: 'focus', pattern: 'a\0b' }] }).differences.join(), /NUL/);
  });
});
