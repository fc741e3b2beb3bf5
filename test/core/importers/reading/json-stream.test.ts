import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MalformedInput } from '../../../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../../../src/core/importers/reading/byte-source.ts';
import { HAS_NO_MORE, JsonKeys } from '../../../../src/core/importers/reading/json-keys.ts';
import { JsonMemo } from '../../../../src/core/importers/reading/json-memo.ts';
import { JsonStream } from '../../../../src/core/importers/reading/json-stream.ts';
import { jsonValue } from '../../../support/json-value.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const stream = (bytes: Uint8Array | string, isLenient = false) =>
  new JsonStream(
    'JSON',
    bytesInMemory(typeof bytes === 'string' ? Buffer.from(bytes) : bytes),
    { progress() {} },
    { isLenient },
  );
const whole = (bytes: Uint8Array | string, isLenient = false) => {
  const json = stream(bytes, isLenient);
  const value = jsonValue(json);
  json.finish();
  return value;
};
const skipped = (bytes: Uint8Array | string) => {
  const json = stream(bytes);
  json.skip();
  json.finish();
};

function randomValue(random: () => number, depth: number): unknown {
  const below = (end: number) => Math.floor(random() * end);
  const kind = depth === 0 ? 2 + below(3) : below(5);
  if (kind === 0) return Array.from({ length: below(6) }, () => randomValue(random, depth - 1));
  if (kind === 1) {
    return Object.fromEntries(
      Array.from({ length: below(6) }, () => [randomText(below), randomValue(random, depth - 1)]),
    );
  }
  if (kind === 2) return randomText(below);
  if (kind === 3) return random() < 0.5;
  const bits = new DataView(new ArrayBuffer(8));
  for (let at = 0; at < 8; at += 4) bits.setUint32(at, below(2 ** 32));
  const double = bits.getFloat64(0);
  const numbers = [below(100), -below(1e9), below(1e6) / 1000, random(), double, below(2 ** 53), -0.5 * below(9)];
  const number = numbers[below(numbers.length)];
  return Number.isFinite(number) && number !== 0 ? number : 0;
}

function randomText(below: (end: number) => number): string {
  const letters = ['a', 'key', '"', '\\', '\n', 'é', '€', '😀', '\ud800', '\u0001', '/', '}', '__proto__', ' '];
  return Array.from({ length: below(8) }, () => letters[below(letters.length)]).join('');
}

describe('a stream of JSON', () => {
  it('gives what JSON.parse gives, with and without blanks, in pieces too', () => {
    for (let seed = 0; seed < 300; seed++) {
      const value = JSON.parse(JSON.stringify(randomValue(seededRandom(seed), 6)));
      for (const indent of [0, 2]) {
        const text = JSON.stringify(value, null, indent);
        assert.deepEqual(whole(text), value, `seed ${seed}`);
        assert.deepEqual(whole(text.replaceAll('\n', '\r\n')), value);
        skipped(text);
      }
    }
    const random = seededRandom(1);
    const large = JSON.parse(JSON.stringify(Array.from({ length: 30_000 }, () => randomValue(random, 3))));
    const text = JSON.stringify(large);
    assert.ok(text.length > 2 ** 20);
    assert.deepEqual(whole(text), large);
    skipped(text);
  });

  it('reads every number as Number does', () => {
    const random = seededRandom(7);
    const bits = new DataView(new ArrayBuffer(8));
    const texts = ['0', '-0', '1e5', '1E+5', '12345678901234567890', '0.1', '123456789.123456789', '5e-324', '1e400'];
    texts.push('9007199254740993', '0.30000000000000004', '4.35', '179.57655', '-0.0', '123456789012345.678');
    for (let count = 0; count < 20_000; count++) {
      bits.setUint32(0, random() * 2 ** 32);
      bits.setUint32(4, random() * 2 ** 32);
      const double = bits.getFloat64(0);
      if (Number.isFinite(double)) texts.push(String(double).replace('e+', 'e'));
      texts.push((random() * 1e6).toFixed(Math.floor(random() * 20)));
    }
    const json = stream(`[${texts.join()}]`);
    json.enterArray();
    for (const text of texts) {
      assert.ok(json.nextElement());
      assert.ok(Object.is(json.number(), Number(text)), text);
    }
    assert.ok(!json.nextElement());
  });

  it('reads UTF-8 with a mark, and UTF-16 of both orders, with a mark and without', () => {
    const text = '{"é":"😀€ and \\u20ac","list":[1,2.5,true]}';
    const value = JSON.parse(text);
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    assert.deepEqual(whole(Buffer.from(`\ufeff${text}`)), value);
    assert.deepEqual(whole(little), value);
    assert.deepEqual(whole(big), value);
    assert.deepEqual(whole(Buffer.concat([Buffer.from([0xff, 0xfe]), little])), value);
    assert.deepEqual(whole(Buffer.concat([Buffer.from([0xfe, 0xff]), big])), value);
  });

  it('names the byte of what is wrong, in UTF-16 too', () => {
    const offsetOf = (bytes: Uint8Array | string) => {
      try {
        whole(bytes);
      } catch (error) {
        assert.ok(error instanceof MalformedInput, String(error));
        return error.offset;
      }
      return -1;
    };
    assert.equal(offsetOf('{"a":1,}'), 7);
    assert.equal(offsetOf('[1 2]'), 3);
    assert.equal(offsetOf('{"a" 1}'), 5);
    assert.equal(offsetOf('[01]'), 1);
    assert.equal(offsetOf('[1.]'), 1);
    assert.equal(offsetOf('[tru]'), 4);
    assert.equal(offsetOf('["ab'), 4);
    assert.equal(offsetOf('["a\\x"]'), 2);
    assert.equal(offsetOf('["a\nb"]'), 3);
    assert.equal(offsetOf('[1]]'), 3);
    assert.equal(offsetOf('[1}'), 2);
    assert.equal(offsetOf(Buffer.from('["é€", 1 2]', 'utf16le')), 18);
  });

  it('refuses what JSON.parse refuses, cut or damaged anywhere', () => {
    const text = JSON.stringify({ a: [1, 2.5e-3, { b: 'c\u20ac"\\' }], d: true, e: 'x\u0001' });
    for (let cut = 0; cut < text.length; cut++) assert.throws(() => whole(text.slice(0, cut)), MalformedInput);
    for (let at = 0; at < text.length; at++) {
      for (const letter of '{}[]",:1e-x\\ ') {
        const damaged = text.slice(0, at) + letter + text.slice(at + 1);
        let parsed: unknown;
        try {
          parsed = JSON.parse(damaged);
        } catch {
          assert.throws(() => whole(damaged), MalformedInput, damaged);
          continue;
        }
        assert.deepEqual(whole(damaged), parsed, damaged);
      }
    }
  });

  it('skips values a million levels deep', () => {
    const depth = 1_000_000;
    skipped(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    skipped(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
    assert.throws(() => skipped('['.repeat(depth)), MalformedInput);
  });

  it('allows a comma before a closing bracket where it is lenient, and nowhere else', () => {
    assert.deepEqual(whole('[1,2,]', true), [1, 2]);
    assert.deepEqual(whole('{"a":1,}', true), { a: 1 });
    assert.throws(() => whole('[,]', true), MalformedInput);
    assert.throws(() => whole('[1,,2]', true), MalformedInput);
  });

  it('reads a value of another kind as nothing', () => {
    const json = stream('["12.5", "x", null, {"a":[1]}, [1], 3, true]');
    json.enterArray();
    const numbers: number[] = [];
    while (json.nextElement()) numbers.push(json.number());
    assert.deepEqual(numbers, [12.5, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 3, Number.NaN]);
    const texts = stream('["a", 12, null, {"a":1}, true]');
    texts.enterArray();
    const read: string[] = [];
    while (texts.nextElement()) read.push(texts.string());
    assert.deepEqual(read, ['a', '12', '', '', '']);
    assert.deepEqual(whole('[NaN,Infinity,-Infinity]'), [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  it('finds the keys that are asked for in any order, spelled in any way, and skips the others', () => {
    const keys = new JsonKeys(['a', 'b', '__proto__']);
    const json = stream('[{"b":1,"x":{"a":9},"a":2},{"\\u0061" : 3, "__proto__":4},{"constructor":0},{"a":5,"b":6}]');
    const read: number[][] = [];
    json.enterArray();
    while (json.nextElement()) {
      json.enterObject();
      const own: number[] = [];
      for (let key = json.nextKey(keys); key !== HAS_NO_MORE; key = json.nextKey(keys)) own.push(key, json.number());
      read.push(own);
    }
    assert.deepEqual(read, [[1, 1, 0, 2], [0, 3, 2, 4], [], [0, 5, 1, 6]]);
  });

  it('recalls an object that is spelled the same, and no other', () => {
    const spellings = ['{"a":1}', '{"a":12}', '{"a":"}"}', '{"a":"}"', '{"a":{"b":1}}', '{}', '{"aaaa":1}', '{"a":1 }'];
    const random = seededRandom(3);
    const used = Array.from({ length: 50_000 }, () => Math.floor(random() * spellings.length)).filter(
      (index) => index !== 3,
    );
    const json = stream(`[${used.map((index) => spellings[index]).join()}]`);
    const memo = new JsonMemo();
    let recalled = 0;
    json.enterArray();
    for (const index of used) {
      assert.ok(json.nextElement());
      const known = json.recall(memo);
      if (known >= 0) {
        recalled++;
        assert.equal(known, index);
      } else {
        assert.deepEqual(jsonValue(json), JSON.parse(spellings[index]));
        json.note(memo, index);
      }
    }
    assert.ok(!json.nextElement());
    assert.ok(recalled > used.length / 2, `${recalled} of ${used.length}`);
  });
});
