import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { topText } from '../../../src/cli/commands/top.ts';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { QueryModel } from '../../../src/core/profile/queries/query-model.ts';
import { top } from '../../../src/core/profile/queries/top.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { pprof } from '../../../src/core/writers/pprof.ts';
import { must } from '../../support/compiled-program.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';
import { needTool } from '../../support/need-tool.ts';

const BEFORE = drawnProfile(`
  #w    700   90    40    11
  main  main  main  main
  f     g     h     i
  .     f     f
`);
const AFTER = drawnProfile(`
  #w    500   300   11    7
  main  main  main  main
  f     g     i     j
  .     f
`);

describe('weights below zero', () => {
  for (const option of ['-base', '-diff_base']) {
    it(`have the shares that go tool pprof shows of a file it wrote with ${option}`, { skip: needTool('go') }, () => {
      const folder = mkdtempSync(join(tmpdir(), 'perfwright-below-zero-'));
      try {
        const [before, after, difference] = ['before', 'after', 'difference'].map((name) =>
          join(folder, `${name}.pb.gz`),
        );
        writeFileSync(before, pprof.write(BEFORE));
        writeFileSync(after, pprof.write(AFTER));
        const go = (...args: string[]) => must(['go', 'tool', 'pprof', '-symbolize=none', ...args]);
        go('-proto', `-output=${difference}`, `${option}=${before}`, after);
        const profile = importProfile(bytesInMemory(readFileSync(difference)));
        const { total, size } = stackWeights(profile, { value: 0 });
        const shown = go('-top', '-trim=false', '-nodecount=1000', difference);
        assert.equal(size, Number(/ of (\d+)\S* total/.exec(shown)?.[1]), shown);
        assert.notEqual(size, total);
        const model = new QueryModel(profile);
        const { rows, ...measure } = top(model, { view: model.defaultView, by: 'function' });
        const shares = new Map(rows.map(({ name, self }) => [name, Math.abs(self / measure.size)]));
        for (const [, share, name] of shown.matchAll(/^ *-?\d+\S* +(\S+)% +\S+ +-?\d+\S* +\S+ {2}(\S+)$/gm))
          assert.ok(Math.abs(shares.get(name)! * 100 - Number(share)) < 0.051, `${name}: ${share}\n${shown}`);
        assert.deepEqual([...shares.keys()].sort(), ['f', 'g', 'h', 'j', 'main'], 'i is as it was');
        assert.match(topText(measure, rows, 'function'), /in all; shares are of \d.* since some are below zero$/m);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it('are added up whatever their sign, of the chosen threads alone, for what shares are of', () => {
    const profile = drawnProfile(`
      #t  1     2     2
      #w  5     -3    4
      main      main  main
      a         b     c
    `);
    const { size, total } = stackWeights(profile, { value: 0 });
    assert.deepEqual({ size, total }, { size: 12, total: 6 });
    assert.equal(stackWeights(profile, { value: 0, threads: new Set([profile.samples.thread[1]]) }).size, 7);
    assert.equal(stackWeights(profile, { value: 0, threads: new Set([profile.samples.thread[0]]) }).size, 5);
  });
});
