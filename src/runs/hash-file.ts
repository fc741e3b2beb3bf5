import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Size and hexadecimal SHA-256 of a file, read in pieces so that neither memory nor the event loop is held. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
