/** What a method is called. */
export interface CodeName {
  readonly name: string;
  readonly fullName: string;
  readonly systemName: string;
  readonly file: string;
}

/**
 * Names of a Java method, from the JVM's names of its class (`java/util/Map$Entry`), itself and its types (`(Ljava/lang/Object;I)V`). JFR
 * records no file: it is derived from the class's outermost one, as compilers of Java want it to be.
 */
export function javaName(className: string, method: string, descriptor: string): CodeName {
  const owner = dotted(className);
  const dot = owner === '' || method === '' ? '' : '.';
  const name = `${owner}${dot}${method}`;
  const parameters = parameterTypes(descriptor);
  const slash = className === '' || method === '' ? '' : '.';
  return {
    name,
    fullName: parameters === null ? name : `${name}(${parameters.join(', ')})`,
    systemName: `${className}${slash}${method}${descriptor}`,
    file: derivedFile(className),
  };
}

/**
 * A class as it is written in a program: `java.util.Map$Entry`, `int[][]`. What a JVM appends to a hidden class (`/0x00007f81770902`) isn't
 * part of a package and stays as it is.
 */
export function dotted(className: string): string {
  const dimensions = className.search(/[^[]/);
  if (dimensions > 0) return elementType(className, dimensions) + '[]'.repeat(dimensions);
  const hidden = className.search(HIDDEN);
  const end = hidden === -1 ? className.length : hidden;
  return className.slice(0, end).replaceAll('/', '.') + className.slice(end);
}

/** `java/util/HashMap$Node` is in `java/util/HashMap.java`; `''` for what no source is compiled to. */
export function derivedFile(className: string): string {
  const hidden = className.search(HIDDEN);
  const whole = hidden === -1 ? className : className.slice(0, hidden);
  // With `.` for `/` where async-profiler or an old JDK wrote it so.
  const path = whole.includes('/') ? whole : whole.replaceAll('.', '/');
  const simple = path.lastIndexOf('/') + 1;
  const inner = path.indexOf('$', simple + 1);
  const outermost = inner === -1 ? path : path.slice(0, inner);
  const isMadeUp = path[simple] === '$' || path[simple] === undefined || path[0] === '[';
  return isMadeUp ? '' : `${outermost}.java`;
}

/** `/0x0000000800c03000`, `+0x000001c39a076320/458209687`, `/1234567`. */
const HIDDEN = /[/+.](?:0x[0-9a-f]+(?:\/\d+)?|\d+)$/;

/** Types of parameters without their packages; null where the descriptor isn't one. */
function parameterTypes(descriptor: string): string[] | null {
  const end = descriptor.indexOf(')');
  if (descriptor[0] !== '(' || end === -1) return null;
  const types: string[] = [];
  let at = 1;
  while (at < end) {
    const start = at;
    while (descriptor[at] === '[') at++;
    const dimensions = at - start;
    const semicolon = descriptor[at] === 'L' ? descriptor.indexOf(';', at) : at;
    if (semicolon === -1 || semicolon > end) return null;
    const type = elementType(descriptor.slice(at, semicolon + 1), 0);
    if (type === '') return null;
    types.push(type.slice(type.lastIndexOf('.') + 1) + '[]'.repeat(dimensions));
    at = semicolon + 1;
  }
  return types;
}

/** The type that starts at a place: `I`, `Ljava/lang/String;`. */
function elementType(text: string, at: number): string {
  if (text[at] === 'L') return text.slice(at + 1, text.endsWith(';') ? -1 : undefined).replaceAll('/', '.');
  return PRIMITIVES.get(text[at]) ?? '';
}

const PRIMITIVES = new Map([
  ['B', 'byte'],
  ['C', 'char'],
  ['D', 'double'],
  ['F', 'float'],
  ['I', 'int'],
  ['J', 'long'],
  ['S', 'short'],
  ['V', 'void'],
  ['Z', 'boolean'],
]);
