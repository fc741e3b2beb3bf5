import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { exactPattern } from '../../../../src/core/exact-pattern.ts';
import { perfScript } from '../../../../src/core/importers/perf-script.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { OPERATIONS, operated } from '../../../../src/core/profile/operations/index.ts';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import { invalidities } from '../../../../src/core/profile/validity.ts';
import { drawnProfile } from '../../../support/drawn-profile.ts';
import { goPprof, goTop, namedTop, withFunctions } from '../../../support/go-top.ts';
import { needTool } from '../../../support/need-tool.ts';
import { randomProfile } from '../../../support/random-profile.ts';

/** Ours in the order of pprof's own, by option; pprof writes `_` where we write `-`. */
type Flags = Readonly<Record<string, string>>;

const FLAGS: readonly Flags[] = [
  { focus: 'f1' },
  { focus: 'f1|f2$' },
  { focus: 'b\\.h' },
  { focus: 'libshared' },
  { focus: '(?i)F1' },
  { ignore: 'f2' },
  { ignore: '^a\\.c$' },
  { ignore: 'kernel' },
  { focus: 'f1', ignore: 'f2' },
  { hide: 'f0' },
  { hide: 'f[0-2]' },
  { hide: 'a\\.c' },
  { hide: 'program' },
  { hide: '.' },
  { show: 'f[1-4]' },
  { show: 'b\\.h' },
  { show: 'libshared' },
  { hide: 'f1', show: 'f[1-4]' },
  { focus: 'f3', hide: 'f3' },
  { focus: 'f0', ignore: 'f2', hide: 'f1', show: 'b\\.h|f0' },
  { 'show-from': 'f1' },
  { 'show-from': 'f[23]' },
  { 'show-from': 'libshared' },
  { 'show-from': 'b\\.h' },
  { hide: 'f1', 'show-from': 'f2' },
  { hide: 'f0', 'show-from': 'program' },
  { show: 'f[0-3]', 'show-from': 'libshared|f3' },
  { 'prune-from': 'f1' },
  { 'prune-from': 'f[24]' },
  { 'show-from': 'f2', 'prune-from': 'f1' },
  { hide: 'f0', 'show-from': 'f1', 'prune-from': 'f2' },
  { tagfocus: 't1' },
  { tagfocus: 'tag=t1,t2' },
  { tagfocus: 'tag:t1,comm:main' },
  { tagfocus: 'comm=worker' },
  { tagfocus: 'bytes=64b' },
  { tagfocus: '64b' },
  { tagfocus: 'bytes=:63b' },
  { tagfocus: '1b:1kb' },
  { tagfocus: '64' },
  { tagfocus: 'tid=8' },
  { tagfocus: '8:9' },
  { tagfocus: 'pid=7' },
  { tagfocus: 'bytes=0kb:1kb' },
  { tagignore: 't0' },
  { tagignore: 'bytes=1b:' },
  { tagignore: 'tag=.' },
  { tagfocus: 'tag=t[01]', tagignore: 'comm=main', focus: 'f1' },
];

const DRAWN = drawnProfile(`
  #w          1           20          300         4000        50000        600000
  main@a.c:1  main@a.c:1  main@a.c:1  main@a.c:1  start@c.c:1  main@a.c:2
  f0@a.c:9    f1@a.c:9    ~f1@b.h:5   f1@a.c:2    k!f2         ~f2@b.h:4
  f0@a.c:9    ~f2@b.h:4   f1@b.h:6    f1@a.c:2    k!f3         ~f1@b.h:4
  f1@a.c:8    f2@b.h:3    ~f3@b.h:5   f0@a.c:3    .            ~f3@b.h:2
  f0@a.c:9    ~f1@b.h:1   f1@b.h:6    f1@a.c:3    .            f1@a.c:3
`);

describe('operations that pprof has too', { skip: needTool('go') }, () => {
  for (const [at, flags] of FLAGS.entries()) {
    it(`${written(flags).join(' ')} leaves the self and total that go tool pprof does`, () => {
      // A row without a frame that is meant would prove little, so each has a profile of its own with hundreds of stacks.
      for (const profile of [DRAWN, withFunctions(randomProfile(at + 1, 400))]) {
        const by = (at + Number(profile === DRAWN)) % 2 === 0 ? '-lines' : '-functions';
        const after = operated(profile, operations(flags));
        assert.deepEqual(invalidities(after), []);
        assert.deepEqual(namedTop(after, 0, by), goTop(profile, 0, by, written(flags)));
        if (profile !== DRAWN) assert.deepEqual(goTop(after, 0, by), namedTop(after, 0, by), 'as it is written');
      }
    });
  }

  it('are equal to it on real recordings, with inlined functions and the kernel', () => {
    for (const name of ['planted-cpp-srcline.txt', 'events-and-records.txt']) {
      const bytes = readFileSync(new URL(`../../../fixtures/perf-script/${name}`, import.meta.url));
      const profile = perfScript.read(bytesInMemory(bytes), { progress() {} });
      const functions = Object.entries(namedTop(profile, 0)).sort(([, a], [, b]) => b[1] - a[1]);
      const [often, seldom] = [functions[0], functions[functions.length - 1]].map(([own]) => exactPattern(own));
      const cases: Flags[] = [
        { focus: seldom },
        { hide: often },
        { 'show-from': seldom },
        { ignore: seldom, hide: 'start' },
        { show: 'kernel|\\.cpp$|\\.hpp$' },
      ];
      for (const flags of cases) {
        const ours = namedTop(operated(profile, operations(flags)), 0);
        assert.deepEqual(ours, goTop(profile, 0, '-functions', written(flags)), `${name} ${written(flags).join(' ')}`);
        assert.notDeepEqual(ours, namedTop(profile, 0));
      }
    }
  });

  it('take labels away as pprof does', () => {
    const profile = withFunctions(randomProfile(3));
    const ownTags = (text: string) => text.replaceAll(/^ *(?:comm|pid|tid): [\s\S]*?\n\n/gm, '');
    const cases: Flags[] = [{ taghide: 'byt' }, { tagshow: '^tag$' }, { tagshow: 'tag|bytes', taghide: 'tag' }];
    for (const flags of cases) {
      // Our threads aren't labels until they are written, so pprof has to be told to keep theirs.
      const theirFlags = 'tagshow' in flags ? { ...flags, tagshow: `${flags['tagshow']}|comm|pid|tid` } : flags;
      const theirs = goPprof(profile, ['-tags', '-sample_index=0', ...written(theirFlags)]);
      const ours = goPprof(operated(profile, operations(flags)), ['-tags', '-sample_index=0']);
      assert.equal(ownTags(ours), ownTags(theirs));
      assert.match(theirs, /comm/);
    }
  });

  it('put a label at the root as pprof does', () => {
    const profile = withFunctions(randomProfile(2));
    const tagged = operated(profile, [{ op: 'tagfocus', filter: 'comm=.' }]);
    const ours = operated(tagged, [{ op: 'tagroot', key: 'comm' }]);
    assert.deepEqual(namedTop(ours, 0), goTop(tagged, 0, '-functions', ['-tagroot=comm']));
  });
});

function operations(flags: Flags): Operation[] {
  return Object.entries(OPERATIONS).flatMap(([name, row]) =>
    name in flags ? [row.read(flags[name]) as Operation] : [],
  );
}

function written(flags: Flags): string[] {
  return Object.entries(flags).map(([name, value]) => `-${name.replace('-', '_')}=${value}`);
}
