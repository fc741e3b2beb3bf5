import { baseName } from '../unknown-name.ts';

/** Where a function comes from, as recorded; `''` where that isn't known. */
export interface CodePlace {
  readonly name: string;
  readonly file: string;
  readonly module: string;
}

/** The package a function belongs to, as its language has them; where none is known, its module, or `(no package known)`. */
export function packageOf({ module, ...place }: CodePlace): string {
  return knownPackage(place) ?? (module === '' ? '(no package known)' : baseName(module));
}

/** The package; undefined where none is known. */
export function knownPackage({ name, file }: Pick<CodePlace, 'name' | 'file'>): string | undefined {
  for (const { of, pattern, files, isClassPath } of RULES) {
    if (files && file !== '' && !files.test(file)) continue;
    const found = pattern.exec((of === 'file' ? file : name).slice(0, LONGEST))?.[1];
    if (found !== undefined) return isClassPath ? found.replaceAll('/', '.') : found;
  }
  return undefined;
}

const GO = /\.(?:go|s)$/;
const JVM = /\.(?:java|kt|scala|groovy|clj)$/;

/**
 * First fitting wins. Each finds the package in its first group. Names are of: Node's own modules; npm's folders; Python's `site-packages` and
 * standard library; Rust's crates, also of a method (`<crate::Type as Trait>::f`); Go's import paths (`net/http.(*Conn).serve`); Java's
 * packages (`java.util.HashMap.get`, `Ljava/util/HashMap;.get`). A name with a dot may be of any language: its file tells, where that is known.
 */
const RULES: readonly {
  readonly of: 'name' | 'file';
  readonly pattern: RegExp;
  readonly files?: RegExp;
  readonly isClassPath?: true;
}[] = [
  { of: 'file', pattern: /^(node:[a-z_]+)/ },
  { of: 'file', pattern: /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\// },
  { of: 'file', pattern: /.*\/(?:site|dist)-packages\/([^/]+?)(?:\.py)?(?:\/|$)/ },
  { of: 'file', pattern: /\/lib\/python\d[.\d]*\/([^/]+?)(?:\.py)?(?:\/|$)/ },
  { of: 'file', pattern: /\/registry\/src\/[^/]+\/([^/]+?)-\d[^/]*\// },
  { of: 'file', pattern: /\/rustc\/[0-9a-f]+\/library\/([^/]+)\// },
  { of: 'name', pattern: /^<?&?(?:mut )?([a-z_][a-z0-9_]*)::/ },
  { of: 'name', isClassPath: true, pattern: /^L?((?:[a-z_]\w*\/)*[a-z_]\w*)\/[A-Z][\w$]*/ },
  { of: 'name', files: GO, pattern: /^((?:[\w.~-]+\/)+[\w~-]+(?:\.v\d+)?)\.(?=[\w(])/ },
  { of: 'name', files: GO, pattern: /^([a-z]\w*)\.(?:\(\*?[\w[\].·…]+\)\.)?\w+(?:\.func\d+)*(?:\[\.\.\.\])?$/ },
  { of: 'name', files: JVM, pattern: /^((?:[a-z_]\w*\.)+[a-z_]\w*)\.[A-Z][\w$]*/ },
];

/** Of a longer path or name only the beginning is looked at. */
const LONGEST = 1000;
