import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exactPattern } from '../../../../src/core/exact-pattern.ts';
import { GROUPINGS } from '../../../../src/core/profile/frame-keys.ts';
import { NONE } from '../../../../src/core/profile/profile.ts';
import { ask } from '../../../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../../../src/core/profile/queries/query-model.ts';
import type { TableRow } from '../../../../src/core/profile/queries/table-row.ts';
import type { TopRowsAsk } from '../../../../src/core/profile/queries/top-rows.ts';
import { TOP_COLUMNS, type TopColumn } from '../../../../src/core/profile/top-columns.ts';
import { topTable } from '../../../../src/core/profile/top-table.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';
import { withFunctions } from '../../../support/go-top.ts';
import { randomProfile } from '../../../support/random-profile.ts';

function asking(model: QueryModel, change: Partial<TopRowsAsk> = {}): TopRowsAsk {
  return {
    view: model.defaultView,
    by: 'function',
    sort: { column: 'self', isDescending: true },
    search: null,
    from: 0,
    count: 1_000_000,
    ...change,
  };
}

describe('the rows of a top table', () => {
  it('are those of the top table in its order, by whatever frames are grouped', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const profile = withFunctions(randomProfile(seed, 200));
      const model = new QueryModel(profile);
      for (const by of GROUPINGS) {
        for (let value = 0; value < profile.values.length; value++) {
          const view = { ...model.defaultView, value };
          const { weights } = model.viewed(view);
          const { rows, whole: total, rowCount, allCount } = ask(model, 'topRows', asking(model, { view, by }));
          const expected = topTable(profile, weights, by);
          assert.deepEqual(
            rows.map((row) => [row.function, row.file, row.line, row.module, row.self, row.total]),
            expected.map((row) => [
              row.function,
              profile.strings[row.file],
              row.line,
              row.module === NONE ? '' : profile.strings[profile.modules.path[row.module]],
              row.self,
              row.total,
            ]),
          );
          assert.deepEqual([total, rowCount, allCount], [weights.total, expected.length, expected.length]);
        }
      }
    }
  });

  it('stand in order by any column, either way, and are the same rows', () => {
    const model = new QueryModel(withFunctions(randomProfile(2, 300)));
    const key: Record<Exclude<TopColumn, 'name'>, (row: TableRow) => string | number> = {
      self: (row: TableRow) => row.self,
      total: (row: TableRow) => row.total,
      place: (row: TableRow) => `${row.file}\0${String(row.line).padStart(9)}`,
      module: (row: TableRow) => row.module,
    };
    const nameOf = { function: 'name', line: 'name', file: 'file', module: 'module' } as const;
    for (const by of GROUPINGS) {
      const all = ask(model, 'topRows', asking(model, { by })).rows;
      for (const column of TOP_COLUMNS) {
        for (const isDescending of [true, false]) {
          const { rows } = ask(model, 'topRows', asking(model, { by, sort: { column, isDescending } }));
          const keys = rows.map((row) => (column === 'name' ? row[nameOf[by]] : key[column](row)));
          const inOrder = keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0) * (isDescending ? -1 : 1));
          assert.deepEqual(keys, inOrder, `${by} by ${column}`);
          assert.equal(new Set(rows.map((row) => JSON.stringify(row))).size, all.length);
        }
      }
    }
  });

  it('that a search leaves are counted, with what they cost, and their shares stay those of the whole', () => {
    const model = new QueryModel(
      drawnProfile(`
        #w     5              3              2
        main   main           main
        Parse  parse@b/lib.h  draw
      `),
    );
    const found = (text: string, change: Partial<TopRowsAsk['search']> = {}) => {
      const search = { text, isRegex: false, matchCase: false, ...change };
      const { rows, rowCount, allCount, self, whole: total } = ask(model, 'topRows', asking(model, { search }));
      assert.deepEqual([rowCount, allCount, total], [rows.length, 4, 10]);
      return [rows.map(({ name }) => name).join(' '), self];
    };
    assert.deepEqual(found('parse'), ['Parse parse', 8]);
    assert.deepEqual(found('parse', { matchCase: true }), ['parse', 3]);
    assert.deepEqual(found('^(m|d)', { isRegex: true }), ['draw main', 2]);
    assert.deepEqual(found('lib.h'), ['parse', 3]);
    assert.deepEqual(found('b/l'), ['parse', 3]);
    assert.deepEqual(found('bin'), ['', 0], 'a folder is looked into only where a / is looked for');
    assert.deepEqual(found('bin/'), ['Parse parse draw main', 10]);
    assert.deepEqual(found('.*', {}), ['', 0]);
    assert.deepEqual(found(''), ['Parse parse draw main', 10]);
  });

  it('come in pages that are parts of the whole, and past the end there are none', () => {
    const model = new QueryModel(withFunctions(randomProfile(4, 300)));
    const { rows, rowCount } = ask(model, 'topRows', asking(model, { by: 'line' }));
    const paged: TableRow[] = [];
    for (let from = 0; from <= rowCount; from += 5) {
      paged.push(...ask(model, 'topRows', asking(model, { by: 'line', from, count: 5 })).rows);
    }
    assert.deepEqual(paged, rows);
  });

  it('as text have a title with the unit, unrounded costs, and no name that is markup', () => {
    const model = new QueryModel(drawnProfile(['#w                  1   2', 'a|b<c>_*`d`[e](f)   x'].join('\n')));
    const copied = { ...asking(model), whole: 3 };
    assert.deepEqual(ask(model, 'topText', { ...copied, format: 'tsv' }).text.split('\n'), [
      'Self (samples)\tSelf (%)\tTotal (samples)\tTotal (%)\tFunction\tFile\tLine\tModule',
      '2\t66.6666666667\t2\t66.6666666667\tx\ta.c\t\t/bin/program',
      '1\t33.3333333333\t1\t33.3333333333\ta|b<c>_*`d`[e](f)\ta.c\t\t/bin/program',
      '',
    ]);
    assert.deepEqual(
      ask(model, 'topText', { ...copied, format: 'markdown', from: 1 })
        .text.split('\n')
        .slice(1),
      [
        '| ---: | ---: | ---: | ---: | --- | --- | ---: | --- |',
        '| 1 | 33.3333333333 | 1 | 33.3333333333 | a\\|b\\<c\\>\\_\\*\\`d\\`\\[e\\](f) | a.c |  | /bin/program |',
        '',
      ],
    );
  });

  it('with a name of a megabyte say that it is cut', () => {
    const model = new QueryModel(drawnProfile(`#w 1\n${'n'.repeat(1_000_000)}`));
    const [row] = ask(model, 'topRows', asking(model)).rows;
    assert.ok(row.isCut && row.name.endsWith('…') && row.name.length < 3000);
  });

  it('are meant by an exact pattern, and nothing that only begins alike', () => {
    const model = new QueryModel(drawnProfile('#w      1       2\na.b(c)  a.b(c)d'));
    const operations = [{ op: 'focus', pattern: exactPattern('a.b(c)') } as const];
    const view = { ...model.defaultView, operations };
    assert.equal(ask(model, 'topRows', asking(model, { view })).whole, 1);
  });
});
