import { MalformedInput } from '../importer.ts';
import { type ByteSource, bytesInMemory } from './byte-source.ts';
import { HAS_NO_MORE } from './json-keys.ts';
import { JsonStream } from './json-stream.ts';

/** What is seen of a JSON file's structure at its beginning. */
export interface JsonOutline {
  /**
   * Where values are, outermost first: `nodes[].callFrame.url`, and `[].ph` where an array is outermost. Down to DEPTH names; more of
   * the same place is one.
   */
  readonly paths: ReadonlySet<string>;
  /** By path: the first text there. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The outline of a file that starts with these bytes; without paths where they aren't JSON. */
export function jsonOutline(head: Uint8Array): JsonOutline {
  let outline = OUTLINES.get(head);
  if (!outline) {
    outline = outlineOf(bytesInMemory(head));
    OUTLINES.set(head, outline);
  }
  return outline;
}

/** All importers look at the same head, one after another. */
const OUTLINES = new WeakMap<Uint8Array, JsonOutline>();

function outlineOf(source: ByteSource): JsonOutline {
  const paths = new Set<string>();
  const texts = new Map<string, string>();
  try {
    walk(new JsonStream('JSON', source, { progress() {} }, { isLenient: true }), paths, texts);
  } catch (error) {
    // The head ends anywhere; what was seen until there counts.
    if (!(error instanceof MalformedInput)) throw error;
  }
  return { paths, texts };
}

function walk(json: JsonStream, paths: Set<string>, texts: Map<string, string>): void {
  const open: { path: string; isObject: boolean }[] = [];
  const take = (path: string) => {
    const kind = json.peek();
    paths.add(path);
    if ((kind === 'object' || kind === 'array') && open.length < DEPTH) {
      if (kind === 'object') json.enterObject();
      else json.enterArray();
      open.push({ path, isObject: kind === 'object' });
    } else if (kind === 'string') {
      const text = json.string();
      if (!texts.has(path)) texts.set(path, text);
    } else {
      json.skip();
    }
  };
  if (json.peek() !== 'object' && json.peek() !== 'array') return;
  take('');
  while (open.length > 0) {
    const { path, isObject } = open[open.length - 1];
    if (isObject) {
      const key = json.nextAnyKey();
      if (key === HAS_NO_MORE) open.pop();
      else take(path === '' ? json.textAt(key) : `${path}.${json.textAt(key)}`);
    } else if (json.nextElement()) {
      take(`${path}[]`);
    } else {
      open.pop();
    }
  }
}

const DEPTH = 6;
