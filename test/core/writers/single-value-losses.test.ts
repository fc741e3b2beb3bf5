import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../src/core/profile/builder.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { firefox } from '../../../src/core/writers/firefox.ts';
import { folded } from '../../../src/core/writers/folded.ts';
import { WRITERS } from '../../../src/core/writers/index.ts';
import { pprof } from '../../../src/core/writers/pprof.ts';
import { speedscope } from '../../../src/core/writers/speedscope.ts';

/** A sample with these labels, and one without. */
function profileOf(labels: readonly { readonly key: string; readonly text: string }[]): Profile {
  const builder = new ProfileBuilder();
  const stack = builder.stackOf([builder.frame({ function: builder.function({ name: 'main' }) })]);
  for (const set of [builder.labelSet(labels), NONE]) {
    builder.addWeight(builder.sample(stack, NONE, 0, set), builder.value('samples', 'count'), 1);
  }
  return builder.finish();
}

describe('labels', () => {
  for (const writer of WRITERS.filter((one) => one !== pprof)) {
    it(`are said to be left out of a ${writer.format} where a sample has any`, () => {
      const labelled = profileOf([{ key: 'tenant', text: 'a' }]);
      assert.ok(writer.losses(labelled).includes('Labels are left out.'));
      assert.ok(!writer.losses(profileOf([])).includes('Labels are left out.'));
      const { samples } = labelled;
      const filtered = { ...labelled, samples: { ...samples, labels: samples.labels.map(() => NONE) } };
      assert.ok(!writer.losses(filtered).includes('Labels are left out.'), 'a label that no sample has any more');
    });
  }

  it('are no loss of pprof, which has them', () => {
    assert.deepEqual(pprof.losses(profileOf([{ key: 'tenant', text: 'a' }])), ['Times of samples are left out.']);
  });
});

describe('overloads', () => {
  for (const { extension, losses } of [pprof, folded, speedscope, firefox]) {
    it(`are said to look alike in a ${extension} file, where there are any`, () => {
      const profile = (fullName: string) => {
        const builder = new ProfileBuilder();
        const stack = builder.stackOf([builder.frame({ function: builder.function({ name: 'f', fullName }) })]);
        builder.addWeight(builder.sample(stack, NONE, 0), builder.value('samples', 'count'), 1);
        return builder.finish();
      };
      const loss = 'Functions are named without parameters.';
      assert.ok(losses(profile('f(int)')).includes(loss));
      assert.ok(!losses(profile('f')).includes(loss));
    });
  }
});

describe('units that a format doesn’t have', () => {
  const profile = (unit: string) => ({ ...profileOf([]), values: [{ type: 'cpu', unit }] });

  for (const { format, losses } of [speedscope, firefox]) {
    it(`are said to be lost in a ${format}, and others are not`, () => {
      const ofUnit = (unit: string) => losses(profile(unit)).filter((loss) => /unit/.test(loss));
      for (const unit of ['count', 'nanoseconds', 'milliseconds', 'bytes']) assert.deepEqual(ofUnit(unit), [], unit);
      for (const unit of ['nanoseconds/request', 'count/s', 'cycles']) assert.match(ofUnit(unit).join(), RegExp(unit));
    });
  }
});
