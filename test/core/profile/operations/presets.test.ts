import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../../../src/core/profile/builder.ts';
import { operated } from '../../../../src/core/profile/operations/index.ts';
import { packageOf } from '../../../../src/core/profile/operations/package-of.ts';
import { PRESET_NAMES, type PresetName } from '../../../../src/core/profile/operations/presets.ts';

interface Place {
  readonly name: string;
  readonly file?: string;
  readonly module?: string;
}

/** By preset: what it means, and what looks like it and is a person's own. */
const MEANT: Readonly<Record<PresetName, readonly [meant: readonly Place[], own: readonly Place[]]>> = {
  kernel: [[], [{ name: 'kernel_of_matrix' }]],
  'go-runtime': [
    [
      { name: 'runtime.mallocgc' },
      { name: 'runtime.goexit' },
      { name: 'runtime.(*mheap).alloc' },
      { name: 'internal/runtime/maps.(*Map).Get' },
      { name: 'runtime/internal/atomic.Cas' },
      { name: '_rt0_amd64_linux' },
      { name: 'gcWriteBarrier' },
    ],
    [
      { name: 'main.main' },
      { name: 'example.com/runtime.Run' },
      { name: 'runtime_of' },
      { name: 'runtimepkg.Do' },
      { name: 'gopher' },
    ],
  ],
  'node-internals': [
    [
      { name: 'node::Start' },
      { name: 'v8::internal::Heap::CollectGarbage' },
      { name: 'uv__io_poll' },
      { name: 'uv_run' },
      { name: 'Builtins_JSEntry' },
      { name: '(garbage collector)' },
      { name: 'processTicksAndRejections', file: 'node:internal/process/task_queues' },
      { name: 'map', file: 'native array.js' },
    ],
    [
      { name: 'nodeCount', file: '/home/me/tree.js' },
      { name: 'handler', file: '/srv/internal/app.js' },
      { name: 'uvIndex' },
    ],
  ],
  'python-import': [
    [
      { name: '_find_and_load', file: '<frozen importlib._bootstrap>' },
      { name: '_run_module_as_main', file: '<frozen runpy>' },
      { name: '_run_code', file: '/usr/lib/python3.11/runpy.py' },
    ],
    [
      { name: 'load', file: '/srv/importlib_tools.py' },
      { name: 'main', file: 'app.py' },
    ],
  ],
  'libc-start': [
    [
      { name: '_start' },
      { name: '__libc_start_main@@GLIBC_2.34' },
      { name: '__libc_start_call_main' },
      { name: 'start_thread' },
      { name: 'clone3' },
    ],
    [{ name: 'start' }, { name: 'clone_repository' }, { name: '_started' }],
  ],
  libc: [
    [
      { name: 'memcpy', module: '/usr/lib/x86_64-linux-gnu/libc.so.6' },
      { name: '_dl_new', module: '/lib64/ld-linux-x86-64.so.2' },
    ],
    [
      { name: 'x', module: '/usr/lib/libcurl.so.4' },
      { name: 'y', module: '/opt/mylibc.so.6x' },
    ],
  ],
  jvm: [
    [
      { name: 'java.lang.reflect.Method.invoke' },
      { name: 'jdk/internal/reflect/DirectMethodHandleAccessor.invoke' },
      { name: 'call_stub' },
      { name: 'JavaCalls::call_helper' },
      { name: 'os::start', module: '/usr/lib/jvm/java-17/lib/server/libjvm.so' },
    ],
    [{ name: 'java.util.HashMap.get' }, { name: 'com.example.reflect.Run' }],
  ],
  'rust-runtime': [
    [
      { name: 'std::rt::lang_start' },
      { name: 'std::sys::backtrace::__rust_begin_short_backtrace' },
      { name: 'std::panicking::try' },
      { name: 'core::ops::function::FnOnce::call_once' },
    ],
    [{ name: 'std::collections::HashMap::insert' }, { name: 'my::std::rt::x' }],
  ],
};

describe('a preset', () => {
  for (const preset of PRESET_NAMES) {
    const [meant, own] = MEANT[preset];
    it(`${preset} leaves its frames out, and nobody's own`, () => {
      for (const [place, isMeant] of [
        ...meant.map((at) => [at, true] as const),
        ...own.map((at) => [at, false] as const),
      ]) {
        const profile = stackOf([{ name: 'caller', file: 'caller.c' }, place]);
        const left = operated(profile, [{ op: 'without', preset }]);
        assert.equal(left.stacks.length, isMeant ? 1 : 2, `${place.name} ${place.file ?? ''} ${place.module ?? ''}`);
        assert.equal(left.samples.length, 1);
        assert.equal(operated(profile, [{ op: 'only', preset }]).samples.length, isMeant ? 1 : 0);
      }
    });
  }
});

describe('the package of a function', () => {
  const cases: readonly [Place, string][] = [
    [{ name: 'net/http.(*conn).serve' }, 'net/http'],
    [{ name: 'github.com/a/b.v2.(*T).f' }, 'github.com/a/b.v2'],
    [{ name: 'main.main.func1' }, 'main'],
    [{ name: 'runtime.mallocgc' }, 'runtime'],
    [{ name: 'java.util.HashMap.get' }, 'java.util'],
    [{ name: 'main.handle', file: '/src/main.go' }, 'main'],
    [{ name: 'keywords.some', file: 'src/keywords.js' }, '(no package known)'],
    [{ name: 'names.of.Thing', file: 'src/names.ts' }, '(no package known)'],
    [{ name: 'java.util.HashMap.get', file: 'HashMap.java' }, 'java.util'],
    [{ name: 'com/example/App.run' }, 'com.example'],
    [
      { name: 'Lorg/mozilla/javascript/ScriptableObject;.getSlot', module: '/tmp/perf-1.map' },
      'org.mozilla.javascript',
    ],
    [{ name: 'serde_json::de::from_str' }, 'serde_json'],
    [{ name: '<alloc::vec::Vec<T> as core::ops::Drop>::drop' }, 'alloc'],
    [{ name: 'parse', file: '/x/node_modules/@babel/parser/lib/index.js' }, '@babel/parser'],
    [{ name: 'f', file: '/x/node_modules/a/node_modules/b/i.js' }, 'b'],
    [{ name: 'readSync', file: 'node:fs' }, 'node:fs'],
    [{ name: 'fit', file: '/usr/lib/python3/dist-packages/numpy/linalg.py' }, 'numpy'],
    [{ name: 'dumps', file: '/usr/lib/python3.11/json/__init__.py' }, 'json'],
    [{ name: 'f', file: '/home/me/.cargo/registry/src/index.crates.io-1/regex-1.9.1/src/lib.rs' }, 'regex'],
    [{ name: 'qsort', module: '/lib/libc.so.6' }, 'libc.so.6'],
    [{ name: 'qsort' }, '(no package known)'],
    [{ name: '' }, '(no package known)'],
  ];
  for (const [{ name, file = '', module = '' }, expected] of cases) {
    it(`${name || 'without a name'} ${file}${module} is ${expected}`, () => {
      assert.equal(packageOf({ name, file, module }), expected);
    });
  }

  it('is found at once, however long the name', () => {
    for (const text of [
      'a.'.repeat(500_000),
      'a/'.repeat(500_000),
      '/node_modules/'.repeat(70_000),
      `/lib/python${'1'.repeat(1e6)}`,
    ]) {
      assert.equal(typeof packageOf({ name: text, file: text, module: '' }), 'string');
    }
  });
});

function stackOf(places: readonly Place[]) {
  const builder = new ProfileBuilder();
  const frames = places.map(({ name, file = '', module = '/bin/program' }) => {
    const index = builder.module(module);
    return builder.frame({ function: builder.function({ name, file, module: index }), module: index });
  });
  const sample = builder.sample(builder.stackOf(frames), -1, 0);
  builder.addWeight(sample, builder.value('samples', 'count'), 1);
  return builder.finish();
}
