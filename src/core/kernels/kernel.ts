/**
 * Loops that are gone through for every byte of a large file, compiled to WebAssembly: fast from the first line on, where JavaScript has to
 * run for half a second before it is. Sources are in assembly/, in AssemblyScript; docs and reasons in adr/0012.
 */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** The part of WebAssembly's interface that is used; no library of types without a browser or Node has it. */
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
  const end = text.indexOf('=') === -1 ? text.length : text.indexOf('=');
  const bytes = new Uint8Array((end * 3) >> 2);
  let bits = 0;
  for (let at = 0, out = 0; at < end; at++) {
    bits = (bits << 6) | DIGITS.indexOf(text[at]);
    if (at % 4 > 0) bytes[out++] = bits >> (6 - (at % 4) * 2);
  }
  return bytes;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
