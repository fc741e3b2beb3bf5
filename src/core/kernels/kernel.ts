/**
 * Loops that are gone through for every byte of a large file, compiled to WebAssembly: fast from the first line on, where JavaScript has to
 * run for half a second before it is. Sources are in assembly/, in AssemblyScript; docs and reasons in adr/0012.
 */
export interface Kernel {
  readonly memory: Memory;
}

interface Memory {
  readonly buffer: ArrayBuffer;
}

/** Those parts of what browsers and Node have that are used; no library of types without a browser or Node has it. */
declare function atob(base64: string): string;
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { readonly initial: number }) => Memory;
  Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: Memory }; readonly memory: { readonly full: () => never } },
  ) => { readonly exports: unknown };
};

const modules = new Map<string, object>();
/** Memories that nobody uses any more, all zero. For a small file, to get one from the system takes longer than to read the file. */
const idle: Memory[] = [];
/** Those of the kernels that `withKernels` will end; `undefined` outside of it. */
let lent: Memory[] | undefined;

/** A kernel with a memory of its own. `full` throws, where it needs more than there is. */
export function newKernel<K extends Kernel>(base64: string, full: () => never): K {
  let module = modules.get(base64);
  if (!module) {
    module = new WebAssembly.Module(fromBase64(base64));
    modules.set(base64, module);
  }
  const memory = (lent && idle.pop()) ?? new WebAssembly.Memory({ initial: INITIAL_PAGES });
  lent?.push(memory);
  return new WebAssembly.Instance(module, { env: { memory }, memory: { full } }).exports as K;
}

/** Does work whose kernels end with it: their memories are for others then, and nothing of what it gives may be in them. */
export function withKernels<T>(work: () => T): T {
  const outer = lent;
  lent = [];
  try {
    return work();
  } finally {
    for (const memory of lent) {
      if (memory.buffer.byteLength > MOST_KEPT_BYTES || idle.length === MOST_KEPT) continue;
      new Uint8Array(memory.buffer).fill(0);
      idle.push(memory);
    }
    lent = outer;
  }
}

/** What small files take. A compiled kernel says the same. */
export const INITIAL_PAGES = 10;
const MOST_KEPT_BYTES = 1 << 21;
const MOST_KEPT = 2;

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
