import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MalformedInput } from '../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import { addressOfOffset, buildIdOf, readElf, sectionBytes, sectionNamed } from '../../src/symbols/elf.ts';
import { elfSymbols, hasDebugInfo, hasSymbolTable } from '../../src/symbols/elf-symbols.ts';
import type { SymbolTable } from '../../src/symbols/symbol-table.ts';
import { TEXT, type WrittenSymbol, writtenElf } from '../support/elf-writer.ts';
import { seededRandom } from '../support/seeded-random.ts';

const SYMBOLS: readonly WrittenSymbol[] = [
  { name: 'first', address: 0x401000, size: 0x20 },
  { name: 'second', address: 0x401020, size: 0x10 },
];

function fileOf(bytes: Uint8Array) {
  return readElf(bytesInMemory(bytes));
}

function symbolsOf(symbols: readonly WrittenSymbol[], more = {}): SymbolTable {
  const elf = fileOf(writtenElf({ symbols, ...more }));
  return elfSymbols(elf, elf);
}

/** Names of the symbol at an offset in .text. */
function at(table: SymbolTable, offset: number): string[] {
  return table.candidates(TEXT.offset + offset).map((row) => table.nameOf(row));
}

describe('an ELF file', () => {
  for (const bits of [32, 64] as const) {
    for (const bigEndian of [false, true]) {
      it(`of ${bits} bits, ${bigEndian ? 'big' : 'little'}-endian, gives its sections, build-id and symbols`, () => {
        const buildId = '0123456789abcdef0123456789abcdef01234567';
        const elf = fileOf(writtenElf({ bits, bigEndian, buildId, symbols: SYMBOLS, debugInfo: true }));
        assert.equal(elf.type, 2);
        assert.equal(buildIdOf(elf), buildId);
        assert.equal(hasSymbolTable(elf), true);
        assert.equal(hasDebugInfo(elf), true);
        assert.deepEqual([...sectionBytes(elf, sectionNamed(elf, '.debug_info')!)], [1, 2, 3, 4]);
        const table = elfSymbols(elf, elf);
        assert.deepEqual(at(table, 0), ['first']);
        assert.deepEqual(at(table, 0x1f), ['first']);
        assert.deepEqual(at(table, 0x2f), ['second']);
        assert.deepEqual(at(table, 0x30), []);
      });
    }
  }

  it('maps file offsets to addresses by its segments', () => {
    const elf = fileOf(writtenElf({}));
    assert.equal(addressOfOffset(elf, TEXT.offset + 0x123), TEXT.address + 0x123);
    assert.equal(addressOfOffset(elf, 0), Number.NaN);
    assert.equal(addressOfOffset(elf, TEXT.offset + TEXT.size), Number.NaN);
  });

  it('without symbols has none, and no build-id', () => {
    const elf = fileOf(writtenElf({}));
    assert.equal(hasSymbolTable(elf), false);
    assert.equal(buildIdOf(elf), '');
    assert.deepEqual(at(elfSymbols(elf, elf), 0), []);
  });

  it('that only has dynamic symbols is named by those', () => {
    const elf = fileOf(writtenElf({ dynamicSymbols: SYMBOLS }));
    assert.deepEqual(at(elfSymbols(elf, elf), 4), ['first']);
  });

  it('is named by the symbol table of its debug file', () => {
    const image = fileOf(writtenElf({ dynamicSymbols: SYMBOLS }));
    const debug = fileOf(writtenElf({ symbols: [{ name: 'local_only', address: 0x401004, size: 4 }] }));
    assert.deepEqual(at(elfSymbols(image, debug), 5), ['local_only']);
    assert.deepEqual(at(elfSymbols(image, debug), 0x25), []);
  });

  it('cut at any byte is read as far as it goes, or refused as malformed', () => {
    const whole = writtenElf({ symbols: SYMBOLS, buildId: 'abcdef', debugInfo: true });
    for (let length = 0; length < whole.length; length++) readOrRefuse(whole.subarray(0, length));
  });

  it('with any bytes changed is read, or refused as malformed', () => {
    const whole = writtenElf({ symbols: SYMBOLS, dynamicSymbols: SYMBOLS, buildId: 'abcdef', debugInfo: true });
    const random = seededRandom(1);
    for (let round = 0; round < 3000; round++) {
      const damaged = whole.slice();
      for (let change = 0; change < 4; change++) {
        damaged[Math.floor(random() * damaged.length)] = random() < 0.3 ? 0xff : Math.floor(random() * 256);
      }
      readOrRefuse(damaged);
    }
  });

  it('that is none is refused', () => {
    assert.throws(() => fileOf(Buffer.from('#!/bin/sh\n')), MalformedInput);
    assert.throws(() => fileOf(new Uint8Array(0)), MalformedInput);
  });
});

describe('symbols that count', () => {
  it('are functions, objects, and labels that are not hidden', () => {
    const table = symbolsOf([
      { name: 'label', address: 0x401000, size: 8, type: 'notype' },
      { name: 'hidden_label', address: 0x401008, size: 8, type: 'notype', hidden: true },
      { name: 'object', address: 0x401010, size: 8, type: 'object' },
      { name: 'resolver', address: 0x401018, size: 8, type: 'ifunc' },
      { name: 'undefined', address: 0x401020, size: 8, section: '' },
      { name: '', address: 0x401028, size: 8 },
    ]);
    assert.deepEqual(
      [0, 8, 0x10, 0x18, 0x20, 0x28].map((offset) => at(table, offset)),
      [['label'], [], ['object'], ['resolver'], [], []],
    );
  });

  it('are not those of sections that are not loaded', () => {
    const symbols = [{ name: 'a', address: 0x401000, size: 8, section: '.debug_info' as const }];
    assert.deepEqual(at(symbolsOf(symbols, { debugInfo: true }), 0), []);
  });

  it("are not ARM's marks between code and data", () => {
    const symbols: WrittenSymbol[] = [
      { name: '$x', address: 0x401000, type: 'notype' },
      { name: 'f', address: 0x401000, size: 8 },
      { name: '$d.1', address: 0x401004, type: 'notype' },
    ];
    assert.deepEqual(at(symbolsOf(symbols, { machine: 183 }), 5), ['f']);
  });

  it('are without the bit that marks Thumb code', () => {
    const symbols = [{ name: 'thumb', address: 0x401001, size: 8 }];
    assert.deepEqual(at(symbolsOf(symbols, { bits: 32, machine: 40 }), 0), ['thumb']);
  });
});

function readOrRefuse(bytes: Uint8Array): void {
  try {
    const elf = fileOf(bytes);
    buildIdOf(elf);
    const table = elfSymbols(elf, elf);
    for (const row of table.candidates(TEXT.offset + 4)) table.nameOf(row);
  } catch (error) {
    if (!(error instanceof MalformedInput)) throw error;
  }
}
