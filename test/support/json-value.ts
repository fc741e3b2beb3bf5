import { HAS_NO_MORE } from '../../src/core/importers/reading/json-keys.ts';
import type { JsonStream } from '../../src/core/importers/reading/json-stream.ts';

/** The stream's next value as JSON.parse would give it; words are read by their text. For tests, so recursion will do. */
export function jsonValue(json: JsonStream): unknown {
  const kind = json.peek();
  if (kind === 'object') {
    const result: [string, unknown][] = [];
    json.enterObject();
    for (let key = json.nextAnyKey(); key !== HAS_NO_MORE; key = json.nextAnyKey()) {
      result.push([json.textAt(key), jsonValue(json)]);
    }
    return Object.fromEntries(result);
  }
  if (kind === 'array') {
    const result: unknown[] = [];
    json.enterArray();
    while (json.nextElement()) result.push(jsonValue(json));
    return result;
  }
  if (kind === 'string') return json.string();
  if (kind === 'number') return json.number();
  // The others read as `false`, null too: a generator of tests leaves those out.
  return json.boolean();
}
