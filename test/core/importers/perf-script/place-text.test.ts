import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PlaceText } from '../../../../src/core/importers/perf-script/place-text.ts';
import { readStackLine } from '../../../../src/core/importers/perf-script/stack-line.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const LINES = [
  '5500802571c7 io::method_2396+0x1c7 (/usr/lib/libpart8.so.8)',
  'ffffffff81000100 read+0x1 ([kernel.kallsyms])',
  'ffffffffffffffff last+0xff (/bin/a)',
  '0 zero+0x0 (/bin/a)',
  '1010 mix+0x10 (inlined)',
  '1010 mix (inlined)',
  '7f20 [unknown] (/bin/a)',
  '7f20 [unknown] ([unknown])',
  '7f20 name ([unknown])',
  '7f20 operator()+0x4 (/bin/a)',
  '7f20 f(int, char)+0x4 (/bin/a)',
  '7f20 Matrix<double>::at+0x4 (/bin/a b)',
  '7f20 a+b+0x4 (/bin/a)',
  '7f20 name+0x4 (/memfd:jit (deleted))',
  '7f20 name+0x4 (/bin/a+0x12)',
  '7f20 name+0x (/bin/a)',
  '7f20 +0x4 (/bin/a)',
  '7f20  name+0x4 (/bin/a)',
  '7f20\tname+0x4\t(/bin/a)',
  '7f20 \r+0x4 (/bin/a)',
  '7f20 näme+0x4 (/bin/ä)',
  '7f20 \u00a0name\u00a0+0x4 (/bin/a)',
  '7f20 insn:+0x4 (/bin/a)',
  '7f20 name+0xAB (/bin/a)',
  '7F20 name+0x4 (/bin/a)',
  '12345678901234567 name+0x4 (/bin/a)',
  '7f20 name+0x4 ()',
  '7f20 name+0x4 (/bin/a',
  '7f20 name+0x4',
  '7f20',
  '',
  '(/bin/a)',
  'x (/bin/a)',
];

describe('a place that is read from bytes', () => {
  for (const line of LINES) {
    it(`is what its text says: ${JSON.stringify(line)}`, () =>
      assert.deepEqual(read(new PlaceText(), line), expected(line)));
  }

  it('is what its text says, whatever was read before, and however it is damaged', () => {
    const random = seededRandom(5);
    const below = (end: number) => Math.floor(random() * end);
    const places = new PlaceText();
    const parts = LINES.flatMap((line) => line.split(/(?<=[ +(])/));
    let usual = 0;
    for (let time = 0; time < 30_000; time++) {
      let line = LINES[below(LINES.length)];
      const at = below(line.length + 1);
      if (random() < 0.5) line = line.slice(0, at) + parts[below(parts.length)] + line.slice(at + below(3));
      else line = line.slice(0, at) + String.fromCharCode(below(0x90)) + line.slice(at + 1);
      const found = read(places, line);
      assert.deepEqual(found, expected(line), JSON.stringify(line));
      if (found?.hasModule) usual++;
    }
    assert.ok(usual > 10_000, `${usual} have a module`);
  });
});

function read(places: PlaceText, line: string) {
  // Not at the start of what it stands in.
  const bytes = Buffer.from(`ab ${line}) cd`);
  return places.read(bytes, 3, bytes.length - 4);
}

function expected(line: string) {
  return readStackLine(Buffer.from(line).toString());
}
