import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Origin, UNKNOWN_ORIGIN } from '../../src/core/profile/profile.ts';
import { kernelAddress } from '../../src/symbols/kallsyms.ts';
import { type RunningKernel, recordedKernel } from '../../src/symbols/recorded-kernel.ts';

const running: RunningKernel = {
  buildId: 'aa11',
  release: '6.8.0-45-generic',
  hostname: 'here',
  kallsyms: Buffer.from('ffffffff92000000 T _text\nffffffff92001000 T vfs_read\nffffffff92002000 t helper\n'),
};
const origin: Origin = {
  ...UNKNOWN_ORIGIN,
  hostname: 'here',
  kernelRelease: '6.8.0-45-generic',
  kernelAnchor: 'ffffffff92000000 _text',
};
const nameAt = (kernel: ReturnType<typeof recordedKernel>, address: bigint) => {
  if (typeof kernel === 'string') return kernel;
  const [row] = kernel.symbols.candidates(kernelAddress(address) + kernel.shift);
  return kernel.symbols.nameOf(row!);
};

describe('the kernel that a recording was made under', () => {
  it('is the running one if the build-id is', () => {
    assert.equal(nameAt(recordedKernel(origin, 'aa11', running), 0xffffffff92001010n), 'vfs_read');
    assert.match(String(recordedKernel(origin, 'bb22', running)), /another kernel/);
  });

  it('lay elsewhere before the machine was started again', () => {
    const before = { ...origin, kernelAnchor: 'ffffffff81000000 _text' };
    assert.equal(nameAt(recordedKernel(before, 'aa11', running), 0xffffffff81001010n), 'vfs_read');
  });

  it('is known by its release and its place where it has no build-id', () => {
    assert.equal(nameAt(recordedKernel(origin, '', running), 0xffffffff92002010n), 'helper');
    for (const change of [
      { kernelAnchor: 'ffffffff81000000 _text' },
      { kernelRelease: '6.8.0-44-generic' },
      { hostname: 'elsewhere' },
    ]) {
      assert.match(
        String(recordedKernel({ ...origin, ...change }, '', running)),
        /another kernel/,
        JSON.stringify(change),
      );
    }
  });

  it('is not called another where the recording does not say which it is', () => {
    for (const change of [{ kernelAnchor: '' }, { kernelAnchor: 'ffffffff92000000 _gone' }, { kernelRelease: '' }]) {
      const why = String(recordedKernel({ ...origin, ...change }, '', running));
      assert.match(why, /doesn't say which kernel/, JSON.stringify(change));
    }
  });

  it('is not called another where the running one hides its addresses', () => {
    const hidden = { ...running, kallsyms: Buffer.from('0000000000000000 T _text\n0000000000000000 T vfs_read\n') };
    for (const buildId of ['aa11', ''])
      assert.match(String(recordedKernel(origin, buildId, hidden)), /hides its addresses/);
    assert.match(String(recordedKernel(origin, 'bb22', hidden)), /another kernel/);
    assert.match(String(recordedKernel(origin, '', { ...running, kallsyms: undefined })), /hides its addresses/);
  });
});
