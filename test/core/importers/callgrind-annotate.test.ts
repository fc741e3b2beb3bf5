import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { needTool } from '../../support/need-tool.ts';
import { stackFacts } from '../../support/stack-facts.ts';

const FIXTURES = new URL('../../fixtures/callgrind/', import.meta.url).pathname;

describe('callgrind files, against callgrind_annotate', { skip: needTool('callgrind_annotate') }, () => {
  for (const file of readdirSync(FIXTURES).filter((name) => !name.endsWith('.golden'))) {
    const profile = importProfile(bytesInMemory(readFileSync(FIXTURES + file), file));
    for (const [value, { type }] of profile.values.entries()) {
      it(`${file}: ${type} in all, of every function itself, and with what it called`, () => {
        const found = stackFacts(profile, value, (frame) => fileAndName(profile, frame));
        const self = annotated(file, type, 'no');
        // Of a file of several threads it tells the last one's total only.
        const sum = [...self.functions.values()].reduce((all, cost) => all + cost, 0);
        assert.equal(found.total, profile.threads.length > 1 ? sum : self.total);
        assert.deepEqual(sorted(found.self), sorted(self.functions));
        const inclusive = annotated(file, type, 'yes').functions;
        let compared = 0;
        for (const [name, cost] of inclusive) {
          // callgrind_annotate adds up every level of a recursion, to more than the whole.
          if (/'\d+$/.test(name)) continue;
          // Called in one thread and the start of others: there it leaves out what it cost as their start.
          if (profile.threads.length > 1 && name.endsWith(':clone')) continue;
          compared++;
          assert.equal(found.inclusive.get(name) ?? 0, cost, name);
        }
        assert.ok(compared > 5, `${compared} functions`);
      });
    }
  }
});

function sorted(costs: ReadonlyMap<string, number>): [string, number][] {
  return [...costs].filter(([, cost]) => cost > 0).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `file:function`, as callgrind_annotate names it. */
function fileAndName({ frames, functions, strings }: Profile, frame: number): string {
  const index = frames.function[frame];
  return `${strings[functions.file[index]] || '???'}:${strings[functions.systemName[index]]}`;
}

function annotated(file: string, event: string, inclusive: 'yes' | 'no') {
  const argv = [`--inclusive=${inclusive}`, '--threshold=100', '--auto=no', `--show=${event}`, `--sort=${event}`, file];
  const { stdout } = spawnSync('callgrind_annotate', argv, { cwd: FIXTURES, encoding: 'utf8', maxBuffer: 1 << 28 });
  const functions = new Map<string, number>();
  let total = Number.NaN;
  for (const line of stdout.split('\n')) {
    const match = /^ *([\d,]+|\.) (?:\([ \d.]+%\) )? ?(\S.*?)(?: \[[^\]]*\])?$/.exec(line);
    if (!match) continue;
    const cost = match[1] === '.' ? 0 : Number(match[1].replaceAll(',', ''));
    if (match[2] === 'PROGRAM TOTALS') total = cost;
    else functions.set(match[2], (functions.get(match[2]) ?? 0) + cost);
  }
  return { total, functions };
}
