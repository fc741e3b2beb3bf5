import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chanceText, changeAmountText, changeOf, changeShareText } from '../../../../src/core/profile/diff/change.ts';
import { changeStep } from '../../../../src/core/profile/diff/diff-colours.ts';

const COUNT = { before: 1, after: 1 };
const UNEVEN = { before: Number.NaN, after: Number.NaN };
const share = (before: number, after: number, samples = COUNT) => changeShareText(changeOf(before, after, samples));

describe('a change in words', () => {
  it('has a sign, an arrow and the interval of what chance may make of it', () => {
    // 1.96 × √(10000 + 11200) is 285: 9.1 % to 14.9 % of 10000.
    assert.equal(share(10_000, 11_200), '▲ +12 % (9.1…15)');
    assert.equal(share(11_200, 10_000), '▼ −11 % (−13…−8.2)');
    assert.equal(share(10_000, 10_000), '0 %');
  });

  it('says of no fall that it may be by more than all there was', () => {
    assert.equal(share(27, 11), '▼ −59 % (−100…−15)');
    assert.equal(share(-27, -60), '▼ −122 % (−190…−55)');
  });

  it('says that it is not known where chance alone explains it', () => {
    assert.equal(share(100, 110), '≈ not known');
    assert.match(chanceText(changeOf(100, 110, COUNT)), /^Not known: chance of sampling alone/);
    assert.equal(share(100, 210), '▲ +110 % (75…145)');
  });

  it('has no interval where samples weigh this or that', () => {
    assert.equal(share(1000, 969, UNEVEN), '▼ −3.1 %');
    assert.match(chanceText(changeOf(1000, 969, UNEVEN)), /is not known: samples don’t weigh the same/);
  });

  it('says what is only in one of the two', () => {
    assert.equal(share(0, 50), '▲ new');
    assert.equal(share(50, 0), '▼ gone');
    assert.equal(share(0, 1), '≈ new');
  });

  it('is an amount too', () => {
    assert.equal(changeAmountText(changeOf(2e6, 14e6, { before: 1e5, after: 1e5 }), 'nanoseconds'), '▲ +12 ms');
    assert.equal(changeAmountText(changeOf(14e6, 2e6, { before: 1e5, after: 1e5 }), 'nanoseconds'), '▼ −12 ms');
    assert.equal(changeAmountText(changeOf(5, 5, COUNT), 'count', 'samples'), '0 samples');
  });

  it('has a step of colour for a rise, and the same for the fall that makes up for it', () => {
    const cases: [number, number, number][] = [
      [100, 104, 0],
      [100, 105, 1],
      [100, 125, 2],
      [100, 199, 2],
      [100, 200, 3],
      [0, 1, 3],
      [-5, 5, 3],
      [0, 0, 0],
    ];
    for (const [before, after, step] of cases) {
      assert.equal(changeStep(before, after), step, `${before} to ${after}`);
      assert.equal(changeStep(after, before), -step || 0, `${after} to ${before}`);
    }
  });
});
