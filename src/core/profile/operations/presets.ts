/** Frames that a person may want to leave out at once: what a language's runtime or a library runs around one's own code. */
export interface Preset {
  /** What is left out, as a chip says it: `without Go's runtime`. */
  readonly title: string;
  /** A frame is meant where any of these is found, in RE2's syntax; a pattern that isn't there means none. */
  readonly name?: string;
  readonly file?: string;
  readonly module?: string;
  /** Or where it is of this kind. */
  readonly kind?: 'kernel';
}

/**
 * Presets by their name on the command line. Each is anchored, so that one's own `runtime` folder or `start` function isn't meant.
 * Sources: Go's `runtime` and `internal/runtime` packages; V8's and Node's frames as `--perf-basic-prof` and the inspector name them;
 * importlib and runpy as CPython names their frozen files; glibc's csu and nptl; HotSpot's module and Java's reflection and stubs; the `std::rt`
 * family of Rust's standard library.
 */
export const PRESETS = {
  kernel: { title: 'the kernel', kind: 'kernel' },
  'go-runtime': {
    title: "Go's runtime",
    name: '^(runtime|internal/runtime/[^.]+|runtime/internal/[^.]+|internal/abi|internal/cpu|internal/bytealg)\\.|^(_rt0_|_cgo_|x_cgo_|crosscall)|^(go|gcWriteBarrier|gogo|mcall|memeqbody|cmpbody|indexbytebody|aeshashbody)$',
  },
  'node-internals': {
    title: "Node's and V8's internals",
    name: '^(node|v8|v8impl)::|^(uv_|uv__|V8_|napi_|Builtins_)\\w|^(Builtin|BytecodeHandler|Bytecode|Stub|RegExp):|^\\((garbage collector|program|idle|root)\\)$',
    file: '^(node:|internal/|native )',
  },
  'python-import': {
    title: "Python's import machinery",
    file: '^<frozen (importlib|runpy|zipimport)|/lib/python[0-9.]+/(runpy|importlib/.*)\\.py$',
  },
  'libc-start': {
    title: 'the start of programs and threads',
    name: '^(_start|__libc_start_main(_impl|@@.*)?|__libc_start_call_main|call_init|_dl_start_user|start_thread|__GI___clone|__clone3?|clone3?|thread_start|_init|__scrt_common_main.*)$',
  },
  libc: {
    title: 'the C library',
    module: '(^|/)(libc|libm|libpthread|ld-linux[^/]*|ld-musl[^/]*|libc-[0-9.]+)\\.so[0-9.]*$|(^|/)libc\\.so\\.6$',
  },
  jvm: {
    title: "the JVM's internals",
    module: '(^|/)lib(jvm|java|jimage|nio|net|verify)\\.so$',
    name: '^(java\\.lang\\.reflect|jdk\\.internal|sun\\.reflect|java\\.lang\\.invoke|sun\\.launcher|jdk\\.proxy[0-9]*)\\.|^(java/lang/reflect|jdk/internal|sun/reflect|java/lang/invoke|sun/launcher)/|^(call_stub|Interpreter|StubRoutines.*|JavaCalls::.*|JavaMain|thread_native_entry.*|Thread::call_run|JavaThread::.*)$',
  },
  'rust-runtime': {
    title: "Rust's runtime",
    name: '^(std::rt::|std::sys::backtrace::|std::sys_common::backtrace::|std::panicking::|std::panic::|core::ops::function::|std::sys::pal::unix::thread|std::sys::unix::thread|std::thread::Builder::|std::thread::spawn|rust_begin_unwind|__rust_try|__rust_begin_short_backtrace|<?alloc::boxed::Box<.*as core::ops::function)',
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
