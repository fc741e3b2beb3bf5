import { closingBracket, nameParts, nextPlace, operatorEnd } from './name-parts.ts';

/** Parts of a path that are kept; those that mean nothing by themselves, such as a lambda's, are not counted. */
const MOST_PARTS = 3;

/**
 * A short form of a function's name for display: template arguments left out, and of a long path the last parts.
 * `std::vector<int, std::allocator<int> >::push_back` → `std::vector<…>::push_back`, `<alloc::vec::Vec<T> as core::ops::Drop>::drop` →
 * `<Vec<…> as Drop>::drop`, `github.com/x/pkg.(*T).Run` → `pkg.(*T).Run`. Short of a short name is itself.
 */
export function shortName(name: string): string {
  const clone = / \[clone [^\]]*\](?: \[clone [^\]]*\])*$/.exec(name);
  if (clone) return shortName(name.slice(0, clone.index)) + clone[0];
  const about = ABOUT.exec(name);
  if (about) return about[0] + shortName(name.slice(about[0].length));
  const bare = withoutParameters(name).replace(/::h[0-9a-f]{16}$/, '');
  // Go writes a package's whole path before the name, Java's just-in-time compiler that of the class.
  if (!bare.includes('::') && /^[^\s<>]*\/[^\s<>]*$/.test(bare)) return bare.slice(bare.lastIndexOf('/') + 1);
  const parts = nameParts(bare)
    .filter((part, at, all) => !INLINE_NAMESPACE.test(part) || at === all.length - 1)
    .map((part, at) => shortPart(withoutArguments(part), at));
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
  const clone = / \[clone [^\]]*\](?: \[clone [^\]]*\])*$/.exec(fullName);
  if (clone) return withoutParameters(fullName.slice(0, clone.index));
  if (ABOUT.test(fullName)) return fullName;
  const parts = nameParts(fullName);
  const last = parts[parts.length - 1];
  const bare = withoutArguments(last);
  return bare === last ? fullName : withoutReturnType([...parts.slice(0, -1), bare].join('::'));
}

/** What a demangler writes before the name that a symbol is about: `non-virtual thunk to `, `guard variable for `. */
const ABOUT = /^[a-z][a-z -]* (?:to|for) /;
/** Namespaces that a C++ library puts between, and that nobody writes. */
const INLINE_NAMESPACE = /^__(?:cxx11|1|ndk1|debug|v\d+)$/;
const MEANS_NOTHING_ALONE = /^(?:\{.*\}|'.*'|operator\(\)(?:<.*>)?|\(anonymous namespace\)|<…>|_)$/;

/** A part without the parameters at its end: `f(int) const` → `f`. */
function withoutArguments(part: string): string {
  const end = part.replace(/(?<=\))(?: (?:const|volatile|&&?))+$/, '');
  if (!end.endsWith(')') || end === '(anonymous namespace)') return part;
  let open = -1;
  for (let at = 0; at < end.length; at = nextPlace(end, at)) if (end[at] === '(') open = at;
  if (open <= 0 || closingBracket(end, open) !== end.length - 1) return part;
  // A conversion to a function pointer ends with brackets that belong to its type; it has no parameters.
  if (/^operator [^n<dc]/.test(end) && !end.endsWith('()')) return part;
  return end.slice(0, open);
}

/** What stands after the last space outside brackets; an operator's own space and that of `f(int) const::{lambda()#1}` don't count. */
function withoutReturnType(name: string): string {
  let start = 0;
  for (let at = 0; at < name.length; at = nextPlace(name, at)) {
    if (name[at] === ' ' && !/^ (?:<|(?:const|volatile|&&?)\b ?[^ ]*::)/.test(name.slice(at, at + 24))) start = at + 1;
  }
  return name.slice(start);
}

function shortPart(part: string, at: number): string {
  if (part.startsWith('{')) return part;
  if (part.startsWith('<') && closingBracket(part, 0) === part.length - 1) return shortQualified(part.slice(1, -1), at);
  const operator = operatorEnd(part, 0);
  if (part.startsWith('operator ') && !/^operator (?:new|delete|co_await|<)/.test(part)) {
    return `operator ${shortType(part.slice(9))}`;
  }
  let short = part.slice(0, operator);
  for (let at = operator; at < part.length; ) {
    const next = nextPlace(part, at);
    if (part[at] === '<' && next > at + 1) short += '<…>';
    else if (!part.startsWith('[abi:', at)) short += part.slice(at, next);
    at = next;
  }
  return short;
}

/** Rust's `<Type as Trait>` and `<impl Trait for Type>`, and the bare `<Type>`, which stands for the type at the start and else for type arguments. */
function shortQualified(inner: string, at: number): string {
  const keyword = inner.startsWith('impl ') ? ' for ' : ' as ';
  const start = inner.startsWith('impl ') ? 5 : 0;
  for (let place = start; place < inner.length; place = nextPlace(inner, place)) {
    if (!inner.startsWith(keyword, place)) continue;
    const [left, right] = [inner.slice(start, place), inner.slice(place + keyword.length)];
    return `<${inner.slice(0, start)}${shortType(left)}${keyword}${shortType(right)}>`;
  }
  if (start > 0) return `<impl ${shortType(inner.slice(start))}>`;
  return at === 0 ? shortType(inner) : '<…>';
}

/** A type by the last part of its path: `&mut alloc::vec::Vec<T>` → `&mut Vec<…>`. */
function shortType(type: string): string {
  const prefix = /^(?:&(?:mut )?|\*(?:const|mut) |dyn )*/.exec(type)![0];
  const parts = nameParts(type.slice(prefix.length));
  return prefix + shortPart(parts[parts.length - 1], 1);
}
