import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operationFrom, operationWords, rowOf } from '../../../../src/core/profile/operations/index.ts';
import type { Operation } from '../../../../src/core/profile/operations/operation.ts';
import {
  type Moment,
  momentText,
  outsideTimeRange,
  partsMeet,
  type RecordingPart,
  readMoment,
  timeRange,
} from '../../../../src/core/profile/operations/time-range.ts';
import { withRange } from '../../../../src/core/profile/time/view-range.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { timedProfile } from '../../../support/timed-profile.ts';

const from = (at: Moment): Operation => ({ op: 'from', at });

describe('a moment', () => {
  it('is written as it was typed', () => {
    for (let percent = 0; percent <= 100; percent++) {
      assert.equal(momentText(readMoment(`${percent}%`)), `${percent}%`);
      assert.equal(momentText(readMoment(`${percent / 8}%`)), `${percent / 8}%`);
    }
    assert.equal(momentText(readMoment('1.5s')), '1500000000ns');
    assert.equal(momentText(readMoment('0')), '0ns');
  });

  it('comes back from its text exactly, and the text has no exponent', () => {
    const random = seededRandom(7);
    const shares = [0, 1, 0.07, 0.29, 0.57, 1e-10, 9.99999999e-13, Number.MIN_VALUE, 1 - Number.EPSILON / 2, 1 / 3];
    for (let count = 0; count < 2000; count++) shares.push(random(), random() ** 20);
    const times = [0, 1, 0.5, 1500000000, 1234.567, 1e-9, 2 ** 53, 1e21, 1.5e300];
    for (const moment of [...shares.map((share) => ({ share })), ...times.map((ns) => ({ ns }))]) {
      const text = momentText(moment);
      assert.match(text, /^[\d.]+(ns|%)$/);
      assert.deepEqual(readMoment(text), moment, text);
    }
  });

  it('just after a first time below 0 is not lost when it is restored', () => {
    const operations = withRange([], { fromNs: -999, toNs: 0 }, { fromNs: -1000, toNs: 10e9 });
    for (const operation of operations) {
      assert.deepEqual(operationFrom(JSON.parse(JSON.stringify(operation))), operation);
      const row = rowOf(operation.op);
      assert.deepEqual(row.read(row.write(operation)), operation);
    }
    assert.equal(operations.length, 2);
  });

  it('is said in the unit that a person would say', () => {
    assert.equal(operationWords(from({ ns: 1_500_000_000 })), 'from 1.5 s');
    assert.equal(operationWords({ op: 'to', at: { ns: 412e6 } }), 'until 412 ms');
    assert.equal(operationWords(from(readMoment('7%'))), 'from 7.0 %');
    assert.equal(operationWords(from({ share: 1e-10 })), 'from <0.1 %');
  });

  it('is refused beyond the end, or in another notation', () => {
    assert.throws(() => readMoment('100.1%'), /beyond the end/);
    for (const text of ['1e3', '-1s', '1 h', '']) assert.throws(() => readMoment(text), /is no moment/);
  });
});

describe('two parts of a recording', () => {
  const whole = timedProfile({ seed: 3, samples: 400 });
  const samplesOf = (part: RecordingPart | null) => {
    if (!part) return whole;
    return part.isRest ? outsideTimeRange(whole, part.range) : timeRange(whole, [part.range]);
  };

  it('meet where a sample is in both', () => {
    const random = seededRandom(5);
    const moment = (): Moment => ({ share: Math.round(random() * 8) / 8 });
    const part = (): RecordingPart | null => {
      if (random() < 0.1) return null;
      const [from, to] = [moment(), moment()];
      const range = { ...(random() < 0.7 ? { from } : {}), ...(random() < 0.7 ? { to } : {}) };
      return { range, isRest: random() < 0.3 };
    };
    let meeting = 0;
    for (let count = 0; count < 500; count++) {
      const [one, other] = [part(), part()];
      const times = new Set(samplesOf(one).samples.time);
      const isShared = samplesOf(other).samples.time.some((time) => times.has(time));
      if (isShared) meeting++;
      assert.ok(!isShared || partsMeet(whole, one, other), JSON.stringify([one, other]));
    }
    assert.ok(meeting > 50 && meeting < 450);
  });

  it('don’t meet where one ends and the other begins, nor a range and the rest', () => {
    const half = { share: 0.5 };
    const [first, second] = [{ to: half }, { from: half }].map((range) => ({ range, isRest: false }));
    assert.ok(!partsMeet(whole, first, second));
    assert.ok(!partsMeet(whole, first, { ...first, isRest: true }));
    assert.ok(partsMeet(whole, first, null));
  });
});
