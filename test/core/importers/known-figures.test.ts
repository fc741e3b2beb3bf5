import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { withKnownFigures } from '../../../src/core/importers/known-figures.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';

const NODES =
  '[{"id":1,"callFrame":{"functionName":"(root)","scriptId":"0","url":""},"children":[2]},{"id":2,"callFrame":{"functionName":"f","scriptId":"0","url":""}}]';

/** Files that say of themselves that they took longer than a number of nanoseconds holds. */
const ENDLESS: Readonly<Record<string, string>> = {
  'V8 cpuprofile': `{"nodes":${NODES},"startTime":0,"endTime":1e307,"samples":[2,2],"timeDeltas":[0,5]}`,
  dhat: '{"dhatFileVersion":2,"mode":"heap","verb":"Allocated","tu":"us","te":1e308,"pps":[{"tb":1,"tbk":1,"fs":[0]}],"ftbl":["0x1: f (a.c:1)"]}',
  austin: `# austin: 3.0.0\n# mode: wall\n# duration: ${'9'.repeat(310)}\nP1;T1;a:f:1 5\n`,
};

function imported(text: string): Profile {
  return importProfile(bytesInMemory(Buffer.from(text)));
}

describe('a figure that is too large for a number', () => {
  for (const [format, text] of Object.entries(ENDLESS)) {
    it(`is not known, and that is said: ${format}`, () => {
      const { origin, quality, samples } = imported(text);
      assert.equal(origin.format, format);
      assert.ok(samples.length > 0);
      assert.equal(origin.durationNs, Number.NaN);
      assert.deepEqual(quality.warnings, ["Too large for a number, so it isn't known: how long it took."]);
    });
  }

  it('may be any of those about a recording', () => {
    const sound = imported('a;b 1\n');
    const infinite = Number.POSITIVE_INFINITY;
    const { origin, quality } = withKnownFigures({
      ...sound,
      origin: {
        ...sound.origin,
        startTimeNs: -infinite,
        wallStartMs: infinite,
        period: { type: 'cpu', unit: 'nanoseconds', amount: infinite },
      },
      quality: { ...sound.quality, lostSamples: infinite, throttled: infinite, requestedHz: infinite },
    });
    assert.deepEqual([origin.startTimeNs, origin.wallStartMs, origin.period], [0, Number.NaN, null]);
    assert.deepEqual([quality.lostSamples, quality.throttled, quality.requestedHz], Array(3).fill(Number.NaN));
    assert.match(quality.warnings[0], /its start, its date, its period, its frequency, lost samples, times it was thr/);
  });

  it('is in no profile whose figures are known, and that stays as it is', () => {
    const sound = imported('a;b 1\n');
    assert.equal(withKnownFigures(sound), sound);
  });
});

describe('amounts that add up to more than fits into a number', () => {
  const most = '9'.repeat(308);
  const ALLOCATED = `{"callFrame":{"functionName":"f","scriptId":"1","url":"u"},"selfSize":${most},"id":2,"children":[]}`;
  const FILES: Readonly<Record<string, string>> = {
    'folded: its amounts of samples': `a;b ${most}\na;c ${most}\n`,
    'folded: its amounts of samples, whatever their signs': `a;b ${most}\na;c ${most}\na;d -${most}\n`,
    'V8 heapprofile: its amounts of inuse_space': `{"head":{"callFrame":{"functionName":"(root)","scriptId":"0","url":""},"selfSize":0,"id":1,"children":[${ALLOCATED},${ALLOCATED}]}}`,
  };
  for (const [said, text] of Object.entries(FILES)) {
    it(`are refused in words, where totals were infinite: ${said}`, () => {
      assert.throws(() => imported(text), {
        name: 'MalformedInput',
        message: `${said.split(',')[0]} add up to more than fits into a number`,
      });
    });
  }

  it('are shown where they do fit', () => {
    const { samples } = imported(`a;b ${'8'.repeat(308)}\na;c 1\n`);
    assert.deepEqual([...samples.weights[0]], [Number('8'.repeat(308)), 1]);
  });
});
