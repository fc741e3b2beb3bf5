import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kernelAddress, readKallsyms } from '../../src/symbols/kallsyms.ts';

const LIST = `\
0000000000000000 A fixed_percpu_data
ffffffff81000000 T _text
ffffffff81000000 T startup_64
ffffffff81000100 t local_function
ffffffff81000200 r some_constant
ffffffff81000200 W weak_function
ffffffff81000200 T strong_function
ffffffffc0201010 t second_of_module\t[nf_tables]
ffffffffc0201000 t first_of_module\t[nf_tables]
ffffffffc0300000 t of_other\t[bpf]
`;

function nameAt(list: string, address: bigint): string | undefined {
  const table = readKallsyms(Buffer.from(list));
  assert.ok(table);
  const [row] = table.candidates(kernelAddress(address));
  return row === undefined ? undefined : table.nameOf(row);
}

describe("the kernel's list of symbols", () => {
  it('names each address by the last symbol before it', () => {
    assert.equal(nameAt(LIST, 0xffffffff810000ffn), 'startup_64');
    assert.equal(nameAt(LIST, 0xffffffff81000100n), 'local_function');
    assert.equal(nameAt(LIST, 0xffffffff810001ffn), 'local_function');
    assert.equal(nameAt(LIST, 0xffffffff80ffffffn), undefined);
  });

  it('prefers a strong symbol over a weak one at its place', () => {
    assert.equal(nameAt(LIST, 0xffffffff81000200n), 'strong_function');
  });

  it('keeps the kernel and its modules apart', () => {
    assert.equal(nameAt(LIST, 0xffffffffc0201005n), 'first_of_module');
    assert.equal(nameAt(LIST, 0xffffffffc0201011n), 'second_of_module');
    // The last symbol of the kernel, and of a module, ends with the page after its own.
    assert.equal(nameAt(LIST, 0xffffffff81001fffn), 'strong_function');
    assert.equal(nameAt(LIST, 0xffffffff81002000n), undefined);
    assert.equal(nameAt(LIST, 0xffffffffc0203000n), undefined);
  });

  it('is of no use where the addresses are hidden', () => {
    assert.equal(readKallsyms(Buffer.from(LIST.replace(/^[0-9a-f]{16}/gm, '0000000000000000'))), undefined);
    assert.equal(readKallsyms(new Uint8Array(0)), undefined);
  });

  it('with lines that are none is read past them', () => {
    assert.equal(
      nameAt(`\n\nxyz\nffffffff81000000\nffffffff81000000 T\n${LIST}garbage`, 0xffffffff81000101n),
      'local_function',
    );
  });
});
