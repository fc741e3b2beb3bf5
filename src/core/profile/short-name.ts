import { type NamePart, pathParts, type ScannedName, scanName } from './name-parts.ts';

/** Parts of a path that are kept; those that mean nothing by themselves, such as a lambda's, are not counted. */
const MOST_PARTS = 3;

/**
 * A short form of a function's name for display: template arguments left out, and of a long path the last parts.
 * `std::vector<int, std::allocator<int> >::push_back` → `std::vector<…>::push_back`, `<alloc::vec::Vec<T> as core::ops::Drop>::drop` →
 * `<Vec<…> as Drop>::drop`, `github.com/x/pkg.(*T).Run` → `pkg.(*T).Run`. Short of a short name is itself.
 */
export function shortName(name: string): string {
  const clones = cloneMarks(name);
  if (clones < name.length) return shortName(name.slice(0, clones)) + name.slice(clones);
  const about = ABOUT.exec(name);
  if (about) return about[0] + shortName(name.slice(about[0].length));
  const bare = withoutParameters(name).replace(/::h[0-9a-f]{16}$/, '');
  // Go writes a package's whole path before the name, Java's just-in-time compiler that of the class.
  if (bare.includes('/') && !/::|[\s<>]/.test(bare)) return bare.slice(bare.lastIndexOf('/') + 1);
  const scanned = scanName(bare);
  const parts = pathParts(scanned, 0, bare.length)
    .filter(({ from, to }) => to === bare.length || !INLINE_NAMESPACE.test(bare.slice(from, to)))
    .map((part) => shortPart(scanned, withoutArguments(scanned, part)));
  let first = parts.length;
  for (let counted = 0; first > 0 && counted < MOST_PARTS; first--) {
    if (!MEANS_NOTHING_ALONE.test(parts[first - 1])) counted++;
  }
  return parts.slice(first).join('::');
}

/**
 * A readable name without parameters, return type and the compiler's `[clone …]`, as `perf report` and `c++filt -p` have it:
 * `int ns::f<int>(int) const` → `ns::f<int>`. As there, the functions that a local name stands in keep theirs:
 * `main(int)::{lambda()#1}::operator()() const` → `main(int)::{lambda()#1}::operator()`.
 */
export function withoutParameters(fullName: string): string {
  const name = fullName.slice(0, cloneMarks(fullName));
  if (ABOUT.test(name)) return name;
  const scanned = scanName(name);
  const last = pathParts(scanned, 0, name.length).at(-1)!;
  const { to } = withoutArguments(scanned, last);
  return to === last.to ? name : name.slice(startOfPath(scanned, to), to);
}

/** What a demangler writes before the name that a symbol is about: `non-virtual thunk to `, `guard variable for `. */
const ABOUT = /^[a-z][a-z -]* (?:to|for) /;
/** Namespaces that a C++ library puts between, and that nobody writes. */
const INLINE_NAMESPACE = /^__(?:cxx11|1|ndk1|debug|v\d+)$/;
const MEANS_NOTHING_ALONE = /^(?:\{.*\}|'.*'|operator\(\)(?:<.*>)?|\(anonymous namespace\)|<…>|_)$/;
const QUALIFIERS = [' const', ' volatile', ' &', ' &&'];

/** Where the marks ` [clone .part.0]` of a name, or ` (.llvm.123)` as LLVM writes them, begin; its length where it has none. */
function cloneMarks(name: string): number {
  let end = name.length;
  for (;;) {
    const [opening, closing] = name[end - 1] === ']' ? [' [clone ', ']'] : [' (.', ')'];
    const start = name.lastIndexOf(opening, end - 1);
    if (start < 1 || name.indexOf(closing, start) !== end - 1) return end;
    end = start;
  }
}

/** A part without the parameters at its end: `f(int) const` → `f`. */
function withoutArguments({ text, next }: ScannedName, part: NamePart): NamePart {
  let { from, to } = part;
  for (let cut = true; cut; ) {
    cut = false;
    for (const qualifier of QUALIFIERS) {
      if (!text.endsWith(qualifier, to) || to - qualifier.length <= from) continue;
      to -= qualifier.length;
      cut = true;
    }
  }
  if (text[to - 1] !== ')') return part;
  let open = -1;
  for (let at = from; at < to; at = next[at]) if (text[at] === '(' && next[at] === to) open = at;
  // `(anonymous namespace)` is a whole part.
  if (open <= from) return part;
  // A conversion has no parameters; brackets at its end may belong to its type, a function pointer.
  const isConversion = /^operator [^n<dc]/.test(text.slice(from, from + 10));
  if (isConversion && (to - open > 2 || /[*&]\)$/.test(text.slice(open - 2, open)))) return part;
  return { from, to: open };
}

/** Where a name begins that ends at `to`: after the return type, that is after the last space outside brackets that stands for one. */
function startOfPath({ text, next }: ScannedName, to: number): number {
  let start = 0;
  for (let at = 0; at < to; at = next[at]) {
    // `operator<< <int>` and `f(int) const::{lambda()#1}` have spaces of their own.
    if (text[at] === ' ' && !/^ (?:<|(?:const|volatile|&&?)\b ?[^ ]*::)/.test(text.slice(at, at + 24))) start = at + 1;
  }
  return start;
}

/** A part without type arguments. */
function shortPart(name: ScannedName, { from, to }: NamePart): string {
  const { text, next } = name;
  if (text[from] === '{') return text.slice(from, to);
  if (text[from] === '<' && next[from] === to) return shortQualified(name, from, to);
  let short = '';
  for (let at = from; at < to; at = next[at]) {
    const isConversion = at === from && /^operator [^n<dc]/.test(text.slice(at, at + 10)) && next[at] > at + 9;
    if (isConversion) short += `operator ${shortType(name, at + 9, next[at])}`;
    else if (text[at] === '<' && next[at] > at + 1) short += '<…>';
    else if (!text.startsWith('[abi:', at)) short += text.slice(at, next[at]);
  }
  return short;
}

/**
 * Rust's `<Type as Trait>` and `<impl Trait for Type>`, and the bare `<Type>`, which stands for the type at the start of a name and else
 * for type arguments.
 */
function shortQualified(name: ScannedName, from: number, to: number): string {
  const { text, next } = name;
  const isImpl = text.startsWith('<impl ', from);
  const keyword = isImpl ? ' for ' : ' as ';
  const start = from + (isImpl ? 6 : 1);
  const lead = text.slice(from, start);
  for (let at = start; at < to - 1; at = next[at]) {
    if (!text.startsWith(keyword, at)) continue;
    return `${lead}${shortType(name, start, at)}${keyword}${shortType(name, at + keyword.length, to - 1)}>`;
  }
  if (isImpl) return `${lead}${shortType(name, start, to - 1)}>`;
  return from === 0 ? shortType(name, start, to - 1) : '<…>';
}

/** A type by the last part of its path: `&mut alloc::vec::Vec<T>` → `&mut Vec<…>`. */
function shortType(name: ScannedName, from: number, to: number): string {
  const prefix = /^(?:&(?:mut )?|\*(?:const|mut) |dyn ){0,8}/.exec(name.text.slice(from, Math.min(to, from + 64)))![0];
  const last = pathParts(name, from + prefix.length, to).at(-1)!;
  const isNested = name.text[last.from] === '<' && name.next[last.from] > last.from + 1;
  return prefix + (isNested ? '<…>' : shortPart(name, last));
}
