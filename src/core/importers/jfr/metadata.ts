import { CutShort } from '../reading/byte-cursor.ts';
import { type JfrCursor, STRING } from './jfr-cursor.ts';

/** A type that a chunk describes: of an event, of a constant, or a primitive one. */
export interface JfrClass {
  readonly id: number;
  /** `jdk.ExecutionSample`, `java.lang.String`, `int` … */
  readonly name: string;
  readonly fields: readonly JfrField[];
}

export interface JfrField {
  readonly name: string;
  /** Id of its class. */
  readonly type: number;
  /** Whether a key of the class's constants is written, not the value. */
  readonly isConstant: boolean;
  readonly isArray: boolean;
  /** Unit of a duration or time, from the annotations Timespan and Timestamp: `TICKS`, `NANOSECONDS` … or `''`. */
  readonly unit: string;
}

/** Classes by id. */
export type JfrClasses = ReadonlyMap<number, JfrClass>;

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
}

/**
 * Reads a metadata event's body: a table of strings, then a tree of elements as in XML, each with its name, attributes and children.
 * (src/jdk.jfr/share/classes/jdk/jfr/internal/MetadataReader.java in the JDK)
 */
export function readMetadata(cursor: JfrCursor): JfrClasses {
  cursor.long(); // time
  cursor.long(); // duration
  cursor.long(); // metadata's id
  const strings: string[] = [];
  for (let left = cursor.count(); left > 0; left--) {
    cursor.byte();
    if (cursor.low === STRING.reference) throw new CutShort();
    strings.push(cursor.text(cursor.low));
  }
  return classesOf(readTree(cursor, strings));
}

/** Depth of a tree doesn't matter: open elements are on a list. */
function readTree(cursor: JfrCursor, strings: readonly string[]): Element {
  const word = () => {
    cursor.int();
    const text = strings[cursor.low];
    if (text === undefined) throw new CutShort();
    return text;
  };
  const open: { element: Element; left: number }[] = [];
  for (;;) {
    const name = word();
    const attributes = new Map<string, string>();
    for (let left = cursor.count(); left > 0; left--) attributes.set(word(), word());
    const element: Element = { name, attributes, children: [] };
    open.at(-1)?.element.children.push(element);
    open.push({ element, left: cursor.count() });
    for (let last = open.at(-1); last && last.left === 0; last = open.at(-1)) {
      open.pop();
      if (open.length === 0) return last.element;
    }
    const parent = open.at(-1);
    if (parent) parent.left--;
  }
}

function classesOf(root: Element): JfrClasses {
  const elements = root.children
    .filter(({ name }) => name === 'metadata')
    .flatMap(({ children }) => children.filter(({ name }) => name === 'class'));
  const names = new Map(elements.map(({ attributes }) => [numberOf(attributes, 'id'), className(attributes)]));
  const classes = new Map<number, JfrClass>();
  for (const { attributes, children } of elements) {
    const id = numberOf(attributes, 'id');
    const fields = children.filter(({ name }) => name === 'field').map((field) => fieldOf(field, names));
    classes.set(id, { id, name: className(attributes), fields });
  }
  return classes;
}

function fieldOf({ attributes, children }: Element, names: ReadonlyMap<number, string>): JfrField {
  const annotation = children.find((child) => {
    if (child.name !== 'annotation') return false;
    return /^(?:jdk|com\.oracle)\.jfr\.Time(?:span|stamp)$/.test(names.get(numberOf(child.attributes, 'class')) ?? '');
  });
  return {
    name: attributes.get('name') ?? '',
    type: numberOf(attributes, 'class'),
    isConstant: attributes.get('constantPool') === 'true',
    isArray: (attributes.get('dimension') ?? '0') !== '0',
    unit: annotation?.attributes.get('value') ?? '',
  };
}

function numberOf(attributes: ReadonlyMap<string, string>, name: string): number {
  return Number(attributes.get(name) ?? Number.NaN);
}

/** Names of JDK 9 and of Oracle's JDK 10 (`com.oracle.jdk.ExecutionSample`) as they are since. */
function className(attributes: ReadonlyMap<string, string>): string {
  const name = attributes.get('name') ?? '';
  return name.replace(/^com\.oracle\.jfr\.types\./, 'jdk.types.').replace(/^com\.oracle\.(jdk|jfr)\./, 'jdk.');
}
