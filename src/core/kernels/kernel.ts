/**
 * Loops that are gone through for every byte of a large file, compiled to WebAssembly: fast from the first line on, where JavaScript has to
 * run for half a second before it is. Sources are in assembly/, in AssemblyScript; docs and reasons in adr/0012.
 */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** Those parts of what browsers and Node have that are used; no library of types without a browser or Node has it. */
declare function atob(base64: string): string;
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, () => never>>>>,
  ) => { readonly exports: unknown };
};

const modules = new Map<string, object>();

/** A kernel with a memory of its own, which goes when nothing refers to it any more. `full` throws, where it needs more than there is. */
export function newKernel<K extends Kernel>(base64: string, full: () => never): K {
  let module = modules.get(base64);
  if (!module) {
    module = new WebAssembly.Module(fromBase64(base64));
    modules.set(base64, module);
  }
  return new WebAssembly.Instance(module, { memory: { full } }).exports as K;
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
