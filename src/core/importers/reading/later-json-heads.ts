import { HEAD_BYTES, MalformedInput, UNWATCHED } from '../importer.ts';
import { type ByteSource, readBytes } from './byte-source.ts';
import { OPEN_OBJECT, QUOTE } from './json-bytes.ts';
import { HAS_NO_MORE } from './json-keys.ts';
import { JsonStream } from './json-stream.ts';
import { utf8 } from './utf8.ts';

/**
 * Heads of what a JSON object would be without its first members, where these are longer than the head that importers look at: traces may
 * begin with much that is about them, such as the sources of all scripts. One for each long member, as far as MOST_BYTES.
 */
export function* laterJsonHeads(source: ByteSource): Generator<Uint8Array> {
  if (!mayHaveLaterHeads(readBytes(source, 0, HEAD_BYTES))) return;
  const json = new JsonStream('JSON', source, UNWATCHED, { isLenient: true });
  json.enterObject();
  let seen = 0;
  try {
    while (json.offset < MOST_BYTES && json.nextAnyKey() !== HAS_NO_MORE) {
      json.skip();
      if (json.offset - seen < HEAD_BYTES) continue;
      seen = json.offset;
      // From the next key on, as if it were the first.
      const rest = readBytes(source, seen, HEAD_BYTES);
      const key = rest.indexOf(QUOTE);
      if (key < 1) return;
      rest[key - 1] = OPEN_OBJECT;
      yield rest.subarray(key - 1);
    }
  } catch (error) {
    if (!(error instanceof MalformedInput)) throw error;
  }
}

/** Whether a file that starts like this may be an object whose first members are longer than that. */
export function mayHaveLaterHeads(head: Uint8Array): boolean {
  return head.length >= HEAD_BYTES && /^\ufeff?\s*\{\s*"/.test(utf8(head, 0, 64));
}

const MOST_BYTES = 1 << 28;
