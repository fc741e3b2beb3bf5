import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { addr2line, euAddr2line } from '../../src/symbols/addr2line.ts';
import { llvmSymbolizer } from '../../src/symbols/llvm-symbolizer.ts';
import { type Place, PlaceTable, TextPool } from '../../src/symbols/place-table.ts';
import { lookUpSources, type SourceLookup } from '../../src/symbols/source-lookup.ts';
import { startProcess } from '../../src/tools/run.ts';
import { compiled, must } from '../support/compiled-program.ts';
import { needTool } from '../support/need-tool.ts';

const SOURCE = `\
#include <algorithm>
#include <string>
#include <vector>
namespace {
inline int weight(int x) { return x * 3 + (x & 5); }
template <typename T> inline T twice(T x) { return weight(x) + weight(x + 1); }
}
__attribute__((noinline)) long work(const std::vector<int> &values) {
  long sum = 0;
  for (int value : values)
    sum += value & 1 ? twice(value) : std::max(weight(value), 7);
  return sum;
}
#line 100 "grammar.y"
__attribute__((noinline)) int parsed(int x) { return x / 3; }
int main(int argc, char **argv) {
  std::vector<int> values;
  for (int i = 0; i < argc * 100; i++) values.push_back(i * 7919 % 101);
  std::sort(values.begin(), values.end(), [](int a, int b) { return weight(a) < weight(b); });
  return (work(values) + parsed(argc) + std::string(argv[0]).size()) & 1;
}
`;

describe('programs that look up lines', {
  skip: needTool('g++', 'nm', 'llvm-symbolizer', 'addr2line', 'eu-addr2line'),
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-lookup-'));
  const addresses: number[] = [];
  let program = '';
  before(() => {
    program = compiled(folder, 'program', SOURCE, ['g++', '-O2', '-g']);
    for (const row of must(['nm', '-S', '--defined-only', program]).split('\n')) {
      const symbol = /^([0-9a-f]+) ([0-9a-f]+) [tTwW] (?:main|_Z\w+)$/.exec(row);
      if (!symbol) continue;
      const [start, size] = [Number.parseInt(symbol[1], 16), Number.parseInt(symbol[2], 16)];
      for (let at = 0; at < size; at++) addresses.push(start + at);
    }
    assert.ok(addresses.length > 1000);
  });
  after(() => rmSync(folder, { recursive: true }));

  type Shown = ReturnType<typeof readable>;

  async function placesBy(lookup: SourceLookup, command: string, asked = addresses, file = program) {
    const places = new PlaceTable(new TextPool());
    const from = Float64Array.from(asked);
    await lookUpSources(lookup, startProcess, command, file, from, places, undefined, () => {});
    return asked.map((_, at) => {
      const { first, end } = places.range(at);
      return Array.from({ length: end - first }, (_, place) => readable(places.at(first + place), places.texts.texts));
    });
  }

  const lines = (places: readonly Shown[]) => places.map(({ file, line }) => `${file}:${line}`).join();

  /** Share of addresses of which two programs say the same. */
  function share(a: readonly Shown[][], b: readonly Shown[][], of: (places: readonly Shown[]) => string): number {
    return a.filter((places, at) => of(places) === of(b[at])).length / a.length;
  }

  const readable = (place: Place, texts: readonly string[]) => ({
    ...place,
    name: texts[place.name],
    file: texts[place.file],
  });

  it('agree, addr2line and llvm-symbolizer, on the lines of all functions inlined at an address', async () => {
    const [llvm, gnu] = await Promise.all([
      placesBy(llvmSymbolizer, 'llvm-symbolizer'),
      placesBy(addr2line, 'addr2line'),
    ]);
    assert.deepEqual(gnu.map(lines), llvm.map(lines));
    assert.ok(gnu.some((places) => places.length > 3));
    assert.ok(gnu.flat().some(({ file, line }) => file.endsWith('grammar.y') && line === 100));
    // Here and there addr2line gives the innermost function the name of the one it is inlined into.
    const between = (places: readonly Shown[]) => places.slice(1, -1).map(({ name }) => name);
    assert.deepEqual(gnu.map(between), llvm.map(between));
    assert.ok(share(gnu, llvm, (places) => places[0]?.name ?? '') > 0.8);
  });

  it('agree, eu-addr2line and llvm-symbolizer, on the innermost line and column, and mostly on the others', async () => {
    const [llvm, elfutils] = await Promise.all([
      placesBy(llvmSymbolizer, 'llvm-symbolizer'),
      placesBy(euAddr2line, 'eu-addr2line'),
    ]);
    const innermost = ([place]: readonly Shown[]) => place && `${place.file}:${place.line}:${place.column}`;
    assert.deepEqual(elfutils.map(innermost), llvm.map(innermost));
    // Where the compiler says of one address that it belongs to two inlined calls, they take one each.
    assert.ok(share(elfutils, llvm, lines) > 0.95);
  });

  it('give the line of a definition where they know it', async () => {
    const work = addresses.length - 1;
    const [places] = await placesBy(llvmSymbolizer, 'llvm-symbolizer', [addresses[work]]);
    assert.ok(places.every(({ startLine, line }) => startLine > 0 && startLine <= line));
  });

  it('give a file one name, however the compiler was called', async () => {
    mkdirSync(join(folder, 'build'));
    const other = join(folder, 'build', 'other');
    must(['g++', '-O2', '-g', '-o', other, `${folder}/build/.././program.cc`]);
    const [work] = must(['nm', other]).match(/^[0-9a-f]+(?= T _Z4work)/m)!;
    assert.match(must(['addr2line', '-i', '-e', other, `0x${work}`]), /\/build\/\.\.\//);
    const [places] = await placesBy(llvmSymbolizer, 'llvm-symbolizer', [Number.parseInt(work, 16)], other);
    assert.equal(places.at(-1)?.file, join(folder, 'program.cc'));
  });

  it('say nothing of addresses without debug information, and keep in step', async () => {
    const asked = [0, addresses[0], 0xffff_ffff, addresses[1]];
    for (const [lookup, command] of [
      [llvmSymbolizer, 'llvm-symbolizer'],
      [addr2line, 'addr2line'],
      [euAddr2line, 'eu-addr2line'],
    ] as const) {
      const found = await placesBy(lookup, command, asked);
      assert.deepEqual(
        found.map((places) => places.length > 0),
        [false, true, false, true],
        command,
      );
    }
  });
});
