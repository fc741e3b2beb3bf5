import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { invalidities } from '../../src/core/profile/validity.ts';
import { addressOfOffset, buildIdOf, type ElfFile, type ElfSegment, PT_LOAD, readElf } from '../../src/symbols/elf.ts';
import { openFileBytes } from '../../src/symbols/file-bytes.ts';
import { type SymbolizeOptions, symbolize } from '../../src/symbols/symbolize.ts';
import { startProcess } from '../../src/tools/run.ts';
import { type Addressed, addressedProfile, drawnStacks } from '../support/addressed-profile.ts';
import { compiled, must } from '../support/compiled-program.ts';
import { needTool } from '../support/need-tool.ts';

const SOURCE = `\
namespace deep { struct Adder { int sum = 0; inline void add(int x) { sum += x * x; } }; }
static volatile int seed = 7;
static __attribute__((noinline)) int loop(int n) {
  deep::Adder adder;
  for (int i = 0; i < n; i++)
    adder.add(seed + i);
  return adder.sum;
}
extern "C" __attribute__((noinline)) int exported(int n) { return loop(n) + 1; }
int main(int argc, char **) { return exported(argc) == 3; }
`;

const TOOLS = { llvmSymbolizer: 'llvm-symbolizer', cxxFilt: 'c++filt' };

describe('symbolizing', { skip: needTool('g++', 'objcopy', 'strip', 'nm', 'llvm-symbolizer', 'c++filt') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-symbols-'));
  const build = (name: string, ...flags: string[]) =>
    compiled(folder, name, SOURCE, ['g++', '-O2', '-g', '-fno-omit-frame-pointer', ...flags]);
  let program = '';
  before(() => {
    program = build('program');
  });
  after(() => rmSync(folder, { recursive: true }));

  it('gives the physical function by its symbol, then what is inlined into it, with lines', async () => {
    const stacks = await stacksOf([{ path: program, addresses: offsetsIn(program, 'loop') }]);
    assert.ok(stacks.some((stack) => stack.join() === 'loop program.cc:6,~deep::Adder::add program.cc:1'));
    assert.ok(stacks.some((stack) => stack.join() === 'loop program.cc:5'));
    for (const [outermost] of stacks) assert.match(outermost, /^loop program\.cc:\d+$/);
  });

  it('gives names in three forms, the file and the line of the definition', async () => {
    const { strings, functions } = await named([{ path: program, addresses: offsetsIn(program, 'loop') }]);
    const row = Array.from(functions.name).findIndex((name) => strings[name] === 'loop');
    assert.equal(strings[functions.fullName[row]], 'loop(int)');
    assert.equal(strings[functions.systemName[row]], '_ZL4loopi');
    assert.equal(strings[functions.file[row]], join(folder, 'program.cc'));
    assert.equal(functions.startLine[row], 3);
  });

  it('leaves inlined functions out where that is asked for: their cost lies on the line of the call', async () => {
    const stacks = await stacksOf([{ path: program, addresses: offsetsIn(program, 'loop') }], { inlines: false });
    assert.ok(stacks.every((stack) => stack.length === 1));
    assert.ok(stacks.some((stack) => stack.join() === 'loop program.cc:6'));
  });

  for (const flags of [['-no-pie'], ['-pie'], ['-shared', '-fPIC', '-Wl,-Ttext-segment=0x7000000']]) {
    it(`turns file offsets into addresses of a file linked with ${flags.join(' ')}`, async () => {
      const file = build('linked', ...flags);
      const offset = offsetsIn(file, 'exported')[0];
      const { frames } = await named([{ path: file, addresses: [offset] }]);
      assert.equal(frames.address[0], BigInt(addressesIn(file, 'exported')[0]));
      assert.deepEqual(await stacksOf([{ path: file, addresses: [offset] }]), [['exported linked.cc:9']]);
    });
  }

  it('names a stripped file by its dynamic symbols, and the rest by module and address', async () => {
    const file = build('stripped', '-rdynamic');
    const [exported, local] = [offsetsIn(file, 'exported')[0], offsetsIn(file, 'loop')[0]];
    const address = withElf(file, (elf) => addressOfOffset(elf, local));
    must(['strip', file]);
    assert.deepEqual(await stacksOf([{ path: file, addresses: [exported, local] }]), [
      ['exported'],
      [`stripped+0x${address.toString(16)}`],
    ]);
  });

  describe('with a separate debug file', () => {
    /** A stripped program that names its debug file, which lies elsewhere. */
    function split(name: string, ...flags: string[]) {
      const file = build(name, ...flags);
      const offset = offsetsIn(file, 'loop')[0];
      const debug = join(folder, `${name}.debug`);
      must(['objcopy', '--only-keep-debug', file, debug]);
      must(['strip', file]);
      must(['objcopy', `--add-gnu-debuglink=${debug}`, file]);
      const content = readFileSync(debug);
      rmSync(debug);
      const put = (path: string, bytes = content) => {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes);
      };
      return { file, offset, put, content, link: `${name}.debug` };
    }
    for (const place of ['beside', '.debug', 'debug folder'] as const) {
      it(`finds it by .gnu_debuglink: ${place}`, async () => {
        const { file, offset, put, link } = split(`link-${place.replace(/\W/g, '')}`, '-Wl,--build-id=none');
        const debugFolder = join(folder, 'debug-files');
        const path = {
          beside: join(folder, link),
          '.debug': join(folder, '.debug', link),
          'debug folder': join(debugFolder, folder, link),
        };
        put(path[place]);
        const [[name]] = await stacksOf([{ path: file, addresses: [offset] }], { debugFolders: [debugFolder] });
        assert.match(name, /^loop link-\w+\.cc:\d+$/);
      });
    }

    it('does not use one with another checksum', async () => {
      const { file, offset, put, content, link } = split('checksum', '-Wl,--build-id=none');
      put(join(folder, link), Buffer.concat([content, Buffer.of(0)]));
      const [[name]] = await stacksOf([{ path: file, addresses: [offset] }]);
      assert.match(name, /^checksum\+0x/);
    });

    it('finds it by build-id, and only the one of that build-id', async () => {
      const { file, offset, put, link } = split('by-id');
      const buildId = withElf(file, buildIdOf);
      const debugFolder = join(folder, 'by-id-debug');
      put(join(debugFolder, '.build-id', buildId.slice(0, 2), `${buildId.slice(2)}.debug`));
      const [[name]] = await stacksOf([{ path: file, addresses: [offset] }], { debugFolders: [debugFolder] });
      assert.match(name, /^loop by-id\.cc:\d+$/);
      const other = split('by-id');
      other.put(join(folder, link), readFileSync(build('other')));
      const [[unnamed]] = await stacksOf([{ path: file, addresses: [offset] }]);
      assert.match(unnamed, /^by-id\+0x/);
    });
  });

  describe('a file of another build than recorded', () => {
    it('is not used, and named in a warning', async () => {
      const profile = await named([{ path: program, buildId: 'ab'.repeat(20), addresses: [0x1000] }]);
      assert.deepEqual(drawnStacks(profile), [['program+0x1000']]);
      assert.match(profile.quality.warnings.join(), /program was rebuilt or replaced since the recording/);
    });

    it("is replaced by the copy in perf's cache", async () => {
      const buildId = withElf(program, buildIdOf);
      const offset = offsetsIn(program, 'exported')[0];
      const path = join(folder, 'rebuilt');
      copyFileSync(build('another', '-O1'), path);
      const buildIdCache = join(folder, 'cache');
      const cached = join(buildIdCache, '.build-id', buildId.slice(0, 2), buildId.slice(2));
      mkdirSync(cached, { recursive: true });
      copyFileSync(program, join(cached, 'elf'));
      const profile = await named([{ path, buildId, addresses: [offset] }], { buildIdCache });
      assert.deepEqual(drawnStacks(profile), [['exported program.cc:9']]);
      assert.deepEqual(profile.quality.warnings, []);
    });

    it('is told by zeros behind a short build-id no more than by the build-id', async () => {
      const path = build('short-id', '-Wl,--build-id=0x1234567890');
      const offset = offsetsIn(path, 'exported')[0];
      const buildId = '1234567890'.padEnd(40, '0');
      assert.deepEqual(await stacksOf([{ path, buildId, addresses: [offset] }]), [['exported short-id.cc:9']]);
    });
  });

  it('warns where a recording of another machine is named by the files here', async () => {
    const offset = offsetsIn(program, 'exported')[0];
    const warnings = async (hostname: string, buildId: string) => {
      const profile = addressedProfile([{ path: program, buildId, addresses: [offset] }]);
      const origin = { ...profile.origin, hostname };
      const result = await symbolize({ ...profile, origin }, { launch: startProcess, tools: TOOLS });
      assert.deepEqual(drawnStacks(result), [['exported program.cc:9']]);
      return result.quality.warnings;
    };
    assert.match((await warnings('elsewhere', '')).join(), /named by the files of this machine/);
    assert.deepEqual(await warnings('elsewhere', withElf(program, buildIdOf)), []);
    assert.deepEqual(await warnings(hostname(), ''), []);
  });

  it('shows mangled names, and says so, where nothing reads them', async () => {
    const tools = { llvmSymbolizer: 'llvm-symbolizer' };
    const profile = await named([{ path: program, addresses: offsetsIn(program, 'loop').slice(0, 1) }], { tools });
    assert.match(drawnStacks(profile)[0][0], /^_ZL4loopi /);
    assert.match(profile.quality.warnings.join(), /neither c\+\+filt nor llvm-cxxfilt is installed/);
  });

  it('says in few sentences which modules are missing, and keeps their frames', async () => {
    const paths = Array.from({ length: 300 }, (_, at) => join(folder, `gone-${at}.so`));
    const profile = await named(paths.map((path) => ({ path, addresses: [0x10] })));
    assert.equal(profile.samples.length, 300);
    assert.deepEqual(drawnStacks(profile)[7], ['gone-7.so+0x10']);
    assert.equal(profile.quality.warnings.length, 1);
    assert.match(profile.quality.warnings[0], /and 295 more are not on this machine/);
    assert.ok(profile.quality.warnings[0].length < 1000);
  });

  it('passes over what is no ELF file, no regular file, or not loaded', async () => {
    const text = join(folder, 'text');
    writeFileSync(text, 'not a program');
    const pipe = join(folder, 'pipe');
    must(['mkfifo', pipe]);
    const profile = await named([
      { path: text, addresses: [1] },
      { path: pipe, addresses: [1] },
      { path: '/dev/zero', addresses: [1] },
      { path: folder, addresses: [1] },
      { path: program, addresses: [0x7fff_ffff, 2n ** 64n - 1n] },
      { path: '', addresses: [0x1234] },
      { path: '[stack]', addresses: [0x10] },
    ]);
    const base = folder.slice(folder.lastIndexOf('/') + 1);
    assert.deepEqual(drawnStacks(profile), [
      ['text+0x1'],
      ['pipe+0x1'],
      ['zero+0x1'],
      [`${base}+0x1`],
      ['program+0x7fffffff'],
      ['program+0xffffffffffffffff'],
      ['0x1234'],
      ['[stack]+0x10'],
    ]);
    assert.match(profile.quality.warnings.join(), /text is not a sound ELF file/);
  });

  it('leaves frames alone that have a function', async () => {
    const profile = await named([{ path: program, addresses: offsetsIn(program, 'loop') }]);
    assert.equal(await symbolize(profile, { launch: startProcess, tools: TOOLS }), profile);
  });

  describe('when its programs fail', () => {
    const failing: Record<string, string> = {
      'ends at once': 'exit 3',
      'dies of a signal': 'kill -SEGV $$',
      'writes nonsense': 'cat >/dev/null; echo "{]"; echo',
      'answers too often': 'while read -r line; do echo {}; echo {}; done',
      'stops in the middle': 'read -r line; echo {}',
    };
    for (const [what, script] of Object.entries(failing)) {
      it(`names functions by symbols where the symbolizer ${what}`, async () => {
        const llvmSymbolizer = join(folder, `fails-${what.replaceAll(' ', '-')}`);
        writeFileSync(llvmSymbolizer, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        const tools = { llvmSymbolizer, cxxFilt: join(folder, 'no-such-program') };
        const profile = await named([{ path: program, addresses: offsetsIn(program, 'loop') }], { tools });
        for (const stack of drawnStacks(profile)) assert.deepEqual(stack, ['_ZL4loopi']);
        assert.ok(profile.quality.warnings.some((warning) => warning.includes('lines were not all found')));
      });
    }

    it('says what is not shown where none of them is installed', async () => {
      const profile = await named([{ path: program, addresses: offsetsIn(program, 'exported') }], { tools: {} });
      assert.deepEqual(new Set(drawnStacks(profile).flat()), new Set(['exported']));
      assert.match(profile.quality.warnings.join(), /none of llvm-symbolizer, addr2line and eu-addr2line is installed/);
    });
  });

  it('stops when it is cancelled, and leaves no program running', async () => {
    const llvmSymbolizer = join(folder, 'hangs');
    const mark = join(folder, 'pid');
    writeFileSync(llvmSymbolizer, `#!/bin/sh\necho $$ >${mark}\nexec sleep 1000\n`, { mode: 0o755 });
    const controller = new AbortController();
    const running = named([{ path: program, addresses: offsetsIn(program, 'loop') }], {
      tools: { llvmSymbolizer },
      signal: controller.signal,
    });
    while (!existsSync(mark) || readFileSync(mark, 'utf8') === '') await new Promise((done) => setTimeout(done, 5));
    const pid = Number(readFileSync(mark, 'utf8'));
    controller.abort(new Error('enough'));
    await assert.rejects(running, /enough/);
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });

  it('reports progress up to all addresses', async () => {
    const seen: [number, number][] = [];
    const addresses = offsetsIn(program, 'loop');
    await named([{ path: program, addresses }], { progress: (done, total) => seen.push([done, total]) });
    assert.deepEqual(seen[0], [0, addresses.length]);
    assert.deepEqual(seen.at(-1), [addresses.length, addresses.length]);
  });
});

async function named(modules: readonly Addressed[], options: Partial<SymbolizeOptions> = {}) {
  const profile = await symbolize(addressedProfile(modules), { launch: startProcess, tools: TOOLS, ...options });
  assert.deepEqual(invalidities(profile), []);
  return profile;
}

async function stacksOf(modules: readonly Addressed[], options: Partial<SymbolizeOptions> = {}): Promise<string[][]> {
  return drawnStacks(await named(modules, options));
}

/** Addresses of all bytes of a function, as nm has them. */
function addressesIn(file: string, name: string): number[] {
  const row = must(['nm', '-S', '-C', file])
    .split('\n')
    .find((line) => new RegExp(` [tT] ${name}(?:\\(|$)`).test(line))!;
  const [start, size] = row.split(' ').map((word) => Number.parseInt(word, 16));
  return Array.from({ length: size }, (_, at) => start + at);
}

/** Where these bytes are in the file. */
function offsetsIn(file: string, name: string): number[] {
  return withElf(file, ({ segments }) =>
    addressesIn(file, name).map((address) => {
      const isIn = (segment: ElfSegment) => address >= segment.address && address < segment.address + segment.fileSize;
      const segment = segments.find((candidate) => candidate.type === PT_LOAD && isIn(candidate))!;
      return address - segment.address + segment.offset;
    }),
  );
}

function withElf<T>(path: string, use: (elf: ElfFile) => T): T {
  const bytes = openFileBytes(path)!;
  try {
    return use(readElf(bytes));
  } finally {
    bytes.close();
  }
}
