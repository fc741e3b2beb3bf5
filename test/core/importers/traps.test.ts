import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { importProfile } from '../../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../../src/core/importers/importer.ts';
import { IMPORTERS } from '../../../src/core/importers/index.ts';
import { bytesInMemory } from '../../../src/core/importers/reading/byte-source.ts';
import { NONE, type Profile } from '../../../src/core/profile/profile.ts';
import { FILES_OF_STACKS, GRAPHS, UNABLE } from '../../support/files-of-stacks.ts';

/** Names of a sample's functions, outermost first. */
function namesOf({ samples, stacks, frames, functions, strings }: Profile, sample = 0): string[] {
  const names: string[] = [];
  for (let at = samples.stack[sample]; at !== NONE; at = stacks.parent[at]) {
    names.push(strings[functions.name[frames.function[stacks.frame[at]]]]);
  }
  return names.reverse();
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'names of properties of objects': ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'],
  HTML: ['<img/src=x/onerror=alert(1)>', '<script>alert</script>', '&#60&lt', '"onmouseover="x'],
  'links that are commands': ['[run](command:workbench.action.quit)', 'command:workbench.action.quit', '$(flame)'],
};

describe('names of functions', () => {
  it('are tried in every format, or it is said why not', () => {
    const tried = [...Object.keys(FILES_OF_STACKS), ...Object.keys(UNABLE)].sort();
    assert.deepEqual(tried, IMPORTERS.map(({ format }) => format).sort());
  });
  for (const [format, write] of Object.entries(FILES_OF_STACKS)) {
    for (const [what, names] of Object.entries(NAMES)) {
      it(`that are ${what} stay plain text in ${format}`, () => {
        const profile = importProfile(bytesInMemory(write(['main', ...names])));
        assert.equal(profile.origin.format, format);
        const found = namesOf(profile);
        // Parameters and modules may be taken off a name; nothing of one is ever put in.
        assert.equal(found.length, names.length + 1);
        for (const [at, name] of names.entries()) {
          const own = found[at + 1];
          assert.ok(own !== '' && (name === own || name.includes(own)), `${name} has become ${own}`);
        }
        assert.equal(({} as Record<string, unknown>)['length'], undefined);
      });
    }

    it(`may be a megabyte long in ${format}`, () => {
      const long = 'n'.repeat(1_000_000);
      let profile: Profile;
      try {
        profile = importProfile(bytesInMemory(write(['main', long])));
      } catch (error) {
        // A name that fills the head hides what a weak signature goes by.
        assert.ok(error instanceof MalformedInput || error instanceof UnrecognisedInput, String(error));
        return;
      }
      const [name] = namesOf(profile).slice(-1);
      assert.ok(name === long || profile.quality.warnings.length > 0, `${name?.length} letters, and nothing is said`);
    });

    if (GRAPHS.has(format)) continue;
    it(`may be of a stack of a million in ${format}`, () => {
      const names = Array.from({ length: 1_000_000 }, (_, at) => `f${at % 7}`);
      let profile: Profile;
      try {
        profile = importProfile(bytesInMemory(write(names)));
      } catch (error) {
        // A stack that fills the head hides what a weak signature goes by.
        assert.ok(error instanceof MalformedInput || error instanceof UnrecognisedInput, String(error));
        return;
      }
      const depth =
        profile.samples.length === 0
          ? 0
          : Math.max(...Array.from(profile.samples.stack, (_, at) => namesOf(profile, at).length));
      assert.ok(depth === names.length || profile.quality.warnings.length > 0, `${depth} deep, and nothing is said`);
    });
  }
});

describe('a file that grows when it is unpacked', () => {
  const BOMBS: Readonly<Record<string, () => Uint8Array>> = {
    gzip: () => gzipSync(new Uint8Array(1 << 27)),
    zstd: () => zstdCompressSync(new Uint8Array(1 << 27)),
  };
  for (const [packing, write] of Object.entries(BOMBS)) {
    it(`by far more than any profile is refused by its ratio: ${packing}`, () => {
      assert.throws(() => importProfile(bytesInMemory(write())), /such a file holds no profile/);
    });

    it(`can be stopped meanwhile: ${packing}`, () => {
      const stop = new Error('stopped');
      let calls = 0;
      const progress = () => {
        if (++calls === 3) throw stop;
      };
      assert.throws(() => importProfile(bytesInMemory(write()), { progress }), stop);
    });
  }

  it('in tiny blocks with a large window takes little time', () => {
    // Each block is one byte, and for each the whole window of 128 MB would be moved.
    const blocks = Array.from({ length: 16_000 }, () => [0x0a, 0, 0, 0x41]).flat();
    const file = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 17 << 3, ...blocks]);
    const start = process.threadCpuUsage();
    assert.throws(() => importProfile(bytesInMemory(file)));
    assert.ok(process.threadCpuUsage(start).user < 5_000_000);
  });
});
