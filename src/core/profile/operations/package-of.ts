import { baseName } from '../unknown-name.ts';

/** Where a function comes from, as recorded; `''` where that isn't known. */
export interface CodePlace {
  readonly name: string;
  readonly file: string;
  readonly module: string;
}

/** The package a function belongs to, as its language has them; where none is known, its module, or `(no package known)`. */
export function packageOf({ name, file, module }: CodePlace): string {
  for (const { of, pattern } of RULES) {
    const match = pattern.exec((of === 'file' ? file : name).slice(0, LONGEST));
    if (match) return match.slice(1).find((part) => part !== undefined)!;
  }
  return module === '' ? '(no package known)' : baseName(module);
}

/**
 * First fitting wins. Each finds the package in its first group. Names are of: Node's own modules; npm's folders; Python's `site-packages` and
 * standard library; Rust's crates, also of a method (`<crate::Type as Trait>::f`); Go's import paths (`net/http.(*Conn).serve`); Java's
 * packages (`java.util.HashMap.get`).
 */
const RULES: readonly { readonly of: 'name' | 'file'; readonly pattern: RegExp }[] = [
  { of: 'file', pattern: /^(node:[a-z_]+)/ },
  { of: 'file', pattern: /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\// },
  { of: 'file', pattern: /.*\/(?:site|dist)-packages\/([^/]+?)(?:\.py)?(?:\/|$)/ },
  { of: 'file', pattern: /\/lib\/python\d[.\d]*\/([^/]+?)(?:\.py)?(?:\/|$)/ },
  { of: 'file', pattern: /\/registry\/src\/[^/]+\/([^/]+?)-\d[^/]*\// },
  { of: 'file', pattern: /\/rustc\/[0-9a-f]+\/library\/([^/]+)\// },
  { of: 'name', pattern: /^<?&?(?:mut )?([a-z_][a-z0-9_]*)::/ },
  { of: 'name', pattern: /^((?:[a-z_]\w*\/)*[a-z_]\w*)\/[A-Z][\w$]*/ },
  { of: 'name', pattern: /^((?:[\w.~-]+\/)+[\w~-]+(?:\.v\d+)?)\.(?=[\w(])/ },
  { of: 'name', pattern: /^([a-z]\w*)\.(?:\(\*?[\w[\].·…]+\)\.)?\w+(?:\.func\d+)*(?:\[\.\.\.\])?$/ },
  { of: 'name', pattern: /^((?:[a-z_]\w*\.)+[a-z_]\w*)\.[A-Z][\w$]*/ },
];

/** Of a longer path or name only the beginning is looked at. */
const LONGEST = 1000;
